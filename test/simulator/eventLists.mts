import seedrandom from 'seedrandom';
import { error, type Answer, type JsonObject } from './answers.mts';
import { driverOf, nestedDriver } from './drivers.mts';
import type { EventMedia } from './eventMedia.mts';
import type { Device } from './fleet.mts';
import type { Call, World } from './host.mts';
import { iso } from './motive.mts';
import { eventPage, workedOutEventPage } from './pages.mts';
import { idIn, isGiven, isListed } from './queries.mts';
import { withMedia } from './subEvents.mts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far back events go. */
const DAYS = 30;

/** One event of a kind begins in each slot of this length (ms), so that an event is the same whenever it is asked for. */
const SLOTS = { safety: 97 * MINUTE, speeding: 151 * MINUTE };

const SAFETY_TYPES = [
	'hard_brake',
	'hard_corner',
	'cell_phone',
	'tailgating',
	'seat_belt_violation',
	'crash',
	'unsafe_parking',
];
const SEVERITIES = ['low', 'medium', 'high', 'critical', null];
const PLACES = ['San Jose, CA', '3 mi W of Joliet, IL', 'Amarillo, TX', 'nil', null];

/** What an event is made of. */
interface Occasion {
	id: number;
	/** Milliseconds since the epoch. */
	at: number;
	/** When it was last changed, which the event itself does not say. */
	changedAt: number;
	device: Device;
	random: () => number;
	pick: <T>(choices: readonly T[]) => T | undefined;
}

/** What happened within the last 30 days, newest first. */
function occasions(kind: keyof typeof SLOTS, { fleet, clock }: World): Occasion[] {
	const now = clock.now();
	const length = SLOTS[kind];
	const driven = fleet.filter((device) => driverOf(device)).slice(0, 5);
	const last = Math.floor(now / length);
	return Array.from({ length: Math.floor((DAYS * DAY) / length) }, (_, index): Occasion[] => {
		const slot = last - index;
		const random = seedrandom(`${kind}/${String(slot)}`);
		const pick = <T,>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)];
		const at = slot * length + Math.floor(random() * length);
		const device = pick(driven);
		const changedAt = at + Math.floor(random() * 2 * DAY);
		return device && at <= now
			? [{ id: 1_000_000 + slot, at, changedAt, device, random, pick }]
			: [];
	}).flat();
}

/** Every ninth trip or so has nobody signed in. */
function driverIn({ device, random }: Occasion): JsonObject | null {
	const driver = driverOf(device);
	return driver && random() > 0.1 ? nestedDriver(driver) : null;
}

function nestedVehicle({ id, name }: Device): JsonObject {
	return {
		id,
		number: name,
		year: '2021',
		make: 'Kenworth',
		model: 'T680',
		vin: null,
		metric_units: false,
	};
}

function safetyEvent(occasion: Occasion): JsonObject {
	const { id, at, device, random, pick } = occasion;
	const type = pick(SAFETY_TYPES);
	return {
		id,
		type,
		acceleration: random(),
		start_time: iso(at),
		end_time: iso(at + 1_000 + Math.floor(random() * 20_000)),
		duration: 1,
		start_speed: 32.2,
		end_speed: 23.9,
		lat: 37 + random(),
		lon: -121 - random(),
		m_gps_lat: [37.41, 37.42],
		m_gps_lon: [-121.92, -121.93],
		location: pick(PLACES),
		intensity: '-7.1 mph/s',
		coaching_status: pick(['pending_review', 'coachable', 'coached']),
		primary_behavior: [type],
		driver: driverIn(occasion),
		vehicle: nestedVehicle(device),
		eld_device: { id: device.id - 900_000, identifier: 'AABL36XX000000', model: 'lbb-3.6ca' },
		metadata: { severity: pick(SEVERITIES), trigger: null, annotation_tags: [] },
	};
}

function speedingEvent(occasion: Occasion): JsonObject {
	const { id, at, device, random, pick } = occasion;
	const duration = 20 + Math.floor(random() * 300);
	const limit = pick([72.4, 88.5, 98]) ?? 98;
	const over = 8 + random() * 40;
	return {
		id,
		type: 'posted',
		status: 'valid',
		coaching_status: 'coachable',
		start_time: iso(at),
		end_time: iso(at + duration * 1_000),
		duration,
		speeding_distance_in_km: 5.4,
		max_over_speed_in_kph: over,
		avg_over_speed_in_kph: over / 2,
		min_posted_speed_limit_in_kph: limit,
		max_posted_speed_limit_in_kph: limit,
		avg_vehicle_speed: limit + over / 2,
		max_vehicle_speed: limit + over,
		start_lat: 43.15,
		start_lon: -78.71,
		end_lat: 43.16,
		end_lon: -78.72,
		driver: driverIn(occasion),
		eld_device: { id: device.id - 900_000, identifier: '01134453', model: 'lbb-3.55ca' },
		vehicle: { id: device.id, number: device.name, status: 'active', metric_units: false },
		metadata: { severity: pick(SEVERITIES) },
	};
}

/** The answer to `GET /v2/driver_performance_events`; an event counts as changed when its media come. */
export async function safetyEventPage(
	world: World,
	call: Call,
	media: EventMedia,
): Promise<Answer> {
	const { query, fault } = call;
	const now = world.clock.now();
	const lastChange = ({ at, changedAt }: Occasion): number => {
		const mediaAt = media.readyAt(at);
		return mediaAt <= now ? Math.max(changedAt, mediaAt) : changedAt;
	};
	if (isTooLong(call)) return error(400, 'Date range cannot be greater than 30 days');
	const events = occasions('safety', world)
		.filter((occasion) => isWithin(call, occasion.at) && !isOlder(call, lastChange(occasion)))
		.map((occasion) => ({
			event: safetyEvent(occasion),
			incident: { ...occasion, name: `event-${String(occasion.id)}` },
		}))
		.filter(
			({ event }) =>
				isListed(query, 'vehicle_ids[]', idIn(event, 'vehicle')) &&
				isListed(query, 'driver_ids[]', idIn(event, 'driver')) &&
				isGiven(query, 'event_types', event['type']),
		);
	return await workedOutEventPage(
		'driver_performance_events',
		events,
		call,
		async ({ event, incident }) => ({
			driver_performance_event: await withMedia(event, incident, media, fault.urlSeconds),
		}),
	);
}

/** The answer to `GET /v1/speeding_events`, which takes days only and ignores everything else. */
export function speedingEventPage(world: World, call: Call): Answer {
	if (isTooLong(call)) return error(400, 'Date range cannot be greater than 30 days');
	const events = occasions('speeding', world)
		.filter(({ at }) => isWithin(call, at))
		.map((occasion) => ({ speeding_event: speedingEvent(occasion) }));
	return eventPage('speeding_events', events, call);
}

/** Days are whole days in UTC, both included. */
function range({ query: { start_date: start, end_date: end } }: Call): {
	from: number;
	until: number;
} {
	return {
		from: typeof start === 'string' ? Date.parse(start) : -Infinity,
		until: typeof end === 'string' ? Date.parse(end) + DAY : Infinity,
	};
}

function isWithin(call: Call, at: number): boolean {
	const { from, until } = range(call);
	return at >= from && at < until;
}

function isTooLong(call: Call): boolean {
	const { from, until } = range(call);
	return Number.isFinite(until - from) && until - from > (DAYS + 1) * DAY;
}

function isOlder({ query: { updated_after: after } }: Call, changedAt: number): boolean {
	return typeof after === 'string' && changedAt < Date.parse(after);
}

import type { JsonObject } from './answers.mts';
import { driverOf, nestedDriver } from './drivers.mts';
import type { Device } from './fleet.mts';
import { iso } from './motive.mts';

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

/** What a record is made of. */
interface Occasion {
	id: number;
	/** Milliseconds since the epoch. */
	at: number;
	device: Device;
	/** Chance; the same for the same event. */
	random: () => number;
}

function chosen<T>(choices: readonly T[], random: () => number): T | undefined {
	return choices[Math.floor(random() * choices.length)];
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

/** A safety event as lists have it, without its media. */
export function safetyRecord(occasion: Occasion): JsonObject {
	const { id, at, device, random } = occasion;
	const type = chosen(SAFETY_TYPES, random);
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
		location: chosen(PLACES, random),
		intensity: '-7.1 mph/s',
		coaching_status: chosen(['pending_review', 'coachable', 'coached'], random),
		primary_behavior: [type],
		driver: driverIn(occasion),
		vehicle: nestedVehicle(device),
		eld_device: { id: device.id - 900_000, identifier: 'AABL36XX000000', model: 'lbb-3.6ca' },
		metadata: { severity: chosen(SEVERITIES, random), trigger: null, annotation_tags: [] },
	};
}

/** A speeding event as lists have it. */
export function speedingRecord(occasion: Occasion): JsonObject {
	const { id, at, device, random } = occasion;
	const duration = 20 + Math.floor(random() * 300);
	const limit = chosen([72.4, 88.5, 98], random) ?? 98;
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
		metadata: { severity: chosen(SEVERITIES, random) },
	};
}

import { error, type Answer } from './answers.mts';
import { incidentOf, type EventMedia } from './eventMedia.mts';
import type { Happenings } from './happenings.mts';
import type { Call, World } from './host.mts';
import { eventPage, workedOutEventPage } from './pages.mts';
import { idIn, isGiven, isListed } from './queries.mts';
import { withMedia } from './subEvents.mts';

const DAY = 24 * 60 * 60_000;

/** The most days that may be asked for. */
const DAYS = 30;

/** The answer to `GET /v2/driver_performance_events`; an event counts as changed when its media come. */
export async function safetyEventPage(
	{ clock }: Pick<World, 'clock'>,
	call: Call,
	happenings: Happenings,
	media: EventMedia,
): Promise<Answer> {
	const { query, fault } = call;
	if (isTooLong(call)) return error(400, 'Date range cannot be greater than 30 days');
	const now = clock.now();
	const events = happenings
		.listed('safety')
		.filter(({ at }) => isWithin(call, at))
		.map((happening) => ({ ...happening, incident: incidentOf(happening) }))
		.filter(({ record, changedAt, incident }) => {
			const comings = media.comings(incident).filter((at) => at <= now);
			return (
				!isOlder(call, Math.max(changedAt, ...comings)) &&
				isListed(query, 'vehicle_ids[]', idIn(record, 'vehicle')) &&
				isListed(query, 'driver_ids[]', idIn(record, 'driver')) &&
				isGiven(query, 'event_types', record['type']) &&
				!media.isLeftOut(query, incident)
			);
		});
	const asked = { seconds: fault.urlSeconds, links: media.isAsked(query) };
	return await workedOutEventPage(
		'driver_performance_events',
		events,
		call,
		async ({ record, incident }) => ({
			driver_performance_event: await withMedia(record, incident, media, asked),
		}),
	);
}

/** The answer to `GET /v1/speeding_events`, which takes days only and ignores everything else. */
export function speedingEventPage(call: Call, happenings: Happenings): Answer {
	if (isTooLong(call)) return error(400, 'Date range cannot be greater than 30 days');
	const events = happenings
		.listed('speeding')
		.filter(({ at }) => isWithin(call, at))
		.map(({ record }) => ({ speeding_event: record }));
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

import type { IDataObject } from 'n8n-workflow';

import { MotiveFailure } from '../../motive/failure';
import type { JsonObject } from '../../motive/json';
import { SAFETY_EVENTS } from '../../motive/lists';
import { allOf, byIds, startedFrom, startedUntil } from '../../parameters/filters';
import type { ReadRun } from '../../runs/read';
import { sharing } from '../../runs/session';
import { requestAll } from '../../transport/paging';
import type { SendRequest } from '../../transport/request';
import type { WantedEvent } from './parameters';

/** Lists are behind webhooks: an event that happened gets this long to be listed (ms). */
const LONGEST_UNLISTED_MS = 30_000;

/** Most vehicles that a list is asked for by: more do not fit into an address. */
const MOST_VEHICLES = 100;

/** Pause between two looks for it (ms). */
const PAUSE_MS = 5_000;

/** Finds the safety events that a run wants. */
export interface EventFinder {
	/** Says that an event will be looked for. */
	expect: (event: WantedEvent) => void;
	/**
	 * Finds an event in the list of those of its day. Motive tells links only where media are asked for, and may then leave
	 * out the events without any.
	 *
	 * @returns undefined when it is in neither list
	 */
	find: (request: SendRequest, event: WantedEvent) => Promise<JsonObject | undefined>;
}

/** Makes a finder that looks for all expected events of a day in the same list, which is read once for all of them. */
export function eventFinder(): EventFinder {
	const days = new Map<string, WantedEvent[]>();
	const share = sharing();
	return {
		expect(event) {
			days.set(dayOf(event), [...(days.get(dayOf(event)) ?? []), event]);
		},
		async find(request, event) {
			const query = queryOf(days.get(dayOf(event)) ?? [event]);
			const look = async (more: IDataObject) => {
				const [found] = await requestAll(share(request), SAFETY_EVENTS, {
					query: { ...query, ...more },
					accepts: ({ id }) => String(id) === String(event.id),
					limit: 1,
				});
				return found;
			};
			return (await look({ media_required: true })) ?? (await look({}));
		},
	};
}

/** What a list with all of these events is asked for by. */
function queryOf(events: readonly WantedEvent[]): IDataObject {
	const times = events.map(({ time }) => time);
	const vehicleIds = [...new Set(events.map(({ vehicleId }) => vehicleId))];
	const known = vehicleIds.filter((id) => id !== undefined);
	const isByVehicle = known.length === vehicleIds.length && known.length <= MOST_VEHICLES;
	// Only what they ask of Motive counts here.
	return allOf([
		startedFrom(Math.min(...times), 'UTC'),
		startedUntil(Math.max(...times), 'UTC'),
		...(isByVehicle ? [byIds(known, 'vehicle_ids', () => [])] : []),
	]).query;
}

/** The UTC day of an event. */
function dayOf({ time }: WantedEvent): string {
	return new Date(time).toISOString().slice(0, 10);
}

/**
 * Looks for an event until it is listed, or would be if it still stood.
 *
 * @param look finds nothing where the event is not listed
 */
export async function onceListed<Found>(
	look: () => Promise<Found | undefined>,
	{ clock, signal }: Pick<ReadRun<unknown>, 'clock' | 'signal'>,
): Promise<Found | undefined> {
	const deadline = clock.now() + LONGEST_UNLISTED_MS;
	for (;;) {
		const found = await look();
		if (found !== undefined || clock.now() >= deadline) return found;
		await clock.sleep(PAUSE_MS, signal);
	}
}

/** The failure of an event that is not listed. */
export function notListed({ id, time }: WantedEvent): MotiveFailure {
	const date = new Date(time).toISOString().slice(0, 10);
	return new MotiveFailure('notFound', {
		detail: `Motive lists no safety event ${id} around ${date}`,
	});
}

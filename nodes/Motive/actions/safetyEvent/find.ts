import type { IDataObject } from 'n8n-workflow';

import { MotiveFailure } from '../../motive/failure';
import type { JsonObject } from '../../motive/json';
import { SAFETY_EVENTS } from '../../motive/lists';
import { allOf, byIds, startedFrom, startedUntil } from '../../parameters/filters';
import type { ReadRun } from '../../runs/read';
import { requestAll } from '../../transport/paging';
import type { SendRequest } from '../../transport/request';
import type { WantedEvent } from './parameters';

/** Lists are behind webhooks: an event that happened gets this long to be listed (ms). */
const LONGEST_UNLISTED_MS = 30_000;

/** Pause between two looks for it (ms). */
const PAUSE_MS = 5_000;

/**
 * Finds a safety event in the list of those of its day. Motive tells links only where media are asked for, and may then
 * leave out the events without any.
 *
 * @returns undefined when it is in neither list
 */
export async function findEvent(
	request: SendRequest,
	{ id, time, vehicleId }: WantedEvent,
): Promise<JsonObject | undefined> {
	// Only what they ask of Motive counts here.
	const day = [startedFrom(time, 'UTC'), startedUntil(time, 'UTC')];
	const vehicle = vehicleId === undefined ? [] : [byIds([vehicleId], 'vehicle_ids', () => [])];
	const { query } = allOf([...day, ...vehicle]);
	const find = async (more: IDataObject) => {
		const [event] = await requestAll(request, SAFETY_EVENTS, {
			query: { ...query, ...more },
			accepts: (entry) => String(entry['id']) === String(id),
			limit: 1,
		});
		return event;
	};
	return (await find({ media_required: true })) ?? (await find({}));
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

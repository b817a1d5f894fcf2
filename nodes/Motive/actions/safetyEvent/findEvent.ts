import { readEventMedia, type EventAnswer } from '../../motive/eventMedia';
import { MotiveFailure } from '../../motive/failure';
import { readAll, SAFETY_EVENTS } from '../../transport/lists';
import type { MotiveApi } from '../../transport/request';
import { allOf, byIds, startedFrom, startedUntil } from '../../parameters/filters';

/** Which safety event is meant. Motive gives events out by day and vehicle only, not by id. */
export interface EventQuestion {
	id: number;
	/** When it happened (ms). */
	time: number;
	vehicleId?: number;
}

/**
 * Finds a safety event in the list of those of its day.
 *
 * @param read how to send a request that only reads
 * @throws MotiveFailure `notFound` when it is not in the list
 */
export async function findEvent(
	read: MotiveApi['send'],
	{ id, time, vehicleId }: EventQuestion,
): Promise<EventAnswer> {
	const day = [startedFrom(time), startedUntil(time)];
	const vehicle = vehicleId === undefined ? [] : [byIds([vehicleId], 'vehicle_ids', () => [])];
	const [event] = await readAll(read, SAFETY_EVENTS, {
		query: allOf([...day, ...vehicle]).query,
		accepts: (entry) => String(entry['id']) === String(id),
		limit: 1,
	});
	if (event === undefined) {
		const detail = `Motive lists no safety event ${id} around ${new Date(time).toISOString().slice(0, 10)}`;
		throw new MotiveFailure('notFound', { detail });
	}
	return readEventMedia(event);
}

import { asError, MotiveFailure } from '../../motive/failure';
import type { JsonObject } from '../../motive/json';
import { SAFETY_EVENTS } from '../../motive/lists';
import { allOf, byIds, startedFrom, startedUntil } from '../../parameters/filters';
import type { Clock } from '../../polling/clock';
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
 * @throws MotiveFailure `notFound` when it is in neither list
 */
export async function findEvent(
	request: SendRequest,
	{ id, time, vehicleId }: WantedEvent,
): Promise<JsonObject> {
	const day = [startedFrom(time), startedUntil(time)];
	const vehicle = vehicleId === undefined ? [] : [byIds([vehicleId], 'vehicle_ids', () => [])];
	const { query } = allOf([...day, ...vehicle]);
	const find = async (more: object) => {
		const [event] = await requestAll(request, SAFETY_EVENTS, {
			query: { ...query, ...more },
			accepts: (entry) => String(entry['id']) === String(id),
			limit: 1,
		});
		return event;
	};
	const event = (await find({ media_required: true })) ?? (await find({}));
	if (event !== undefined) return event;
	const date = new Date(time).toISOString().slice(0, 10);
	const detail = `Motive lists no safety event ${id} around ${date}`;
	throw new MotiveFailure('notFound', { detail });
}

/**
 * Looks for an event until it is listed, or would be if it still stood.
 *
 * @throws what `look` throws, at last also MotiveFailure `notFound`
 */
export async function onceListed<T>(
	look: () => Promise<T>,
	{ clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<T> {
	const deadline = clock.now() + LONGEST_UNLISTED_MS;
	for (;;) {
		try {
			return await look();
		} catch (error) {
			if (!isNotListed(error) || clock.now() >= deadline) throw asError(error);
		}
		await clock.sleep(PAUSE_MS, signal);
	}
}

/** Whether a failure says that an event is in no list. */
export function isNotListed(failure: unknown): boolean {
	return failure instanceof MotiveFailure && failure.kind === 'notFound';
}

import type { IPollFunctions } from 'n8n-workflow';

import { parseEvent } from '../motive/event';
import { mayPass } from '../motive/failure';
import type { JsonObject } from '../motive/json';
import { parseMoment } from '../motive/moment';
import { startedFrom, startedUntil } from '../parameters/filters';
import { RequestQueue } from '../polling/requestQueue';
import { executionClock, stopSignal } from '../transport/executionClock';
import { requestAll } from '../transport/paging';
import { connectToMotive, type SendRequest } from '../transport/request';
import type { EventKind } from './eventKinds';
import type { ListedEvent } from './eventMemory';
import type { SeenEvent } from './output';

/** The longest that a poll takes (ms): polls are at least a minute apart, and an activation has little more than that. */
const LONGEST_POLL_MS = 45_000;

/** An event of a list. */
export interface FoundEvent extends ListedEvent, SeenEvent {}

/** Which events are looked for. Moments are milliseconds since the epoch. */
export interface EventWindow {
	from: number;
	now: number;
	/** The page of the list to begin with. */
	page: number;
}

/** What was found, and the page at which to go on: 1 when the list was read to its end. */
export interface WindowReading {
	events: FoundEvent[];
	nextPage: number;
}

/**
 * Reads the list of one kind of event, from a page on: to its end, or as far as the time reaches that n8n gives a poll.
 * Motive takes whole days, so that there may be events that are older than the window.
 *
 * @throws MotiveFailure of any kind that an HTTP request can have; NodeOperationError for an unusable credential
 */
export async function readWindow(
	context: IPollFunctions,
	kind: EventKind,
	{ from, now, page: firstPage }: EventWindow,
): Promise<WindowReading> {
	const clock = executionClock;
	const { turns, request: send } = await connectToMotive(context, clock);
	const queue = new RequestQueue({ clock, turns, concurrency: 1 });
	const budget = timeFor(context);
	const [half, end] = [clock.now() + budget / 2, clock.now() + budget];
	const policy = { mayRepeat: mayPass, deadline: () => end, signal: stopSignal(context) };
	let nextPage = 1;
	const request: SendRequest = async (what) => {
		const page = firstPage - 1 + Number(what.query?.['page_no']);
		// Only the first half of the time is for new pages: one was seen to take half a minute.
		if (page > firstPage && clock.now() > half) {
			nextPage = page;
			return { [kind.list.plural]: [] };
		}
		const query = { ...what.query, page_no: page };
		const call = async () =>
			await send({ ...what, query, patience: Math.max(1, end - clock.now()) });
		return await queue.run(call, policy);
	};
	const zone = context.getTimezone();
	const days = { ...startedFrom(from, zone).query, ...startedUntil(now, zone).query };
	const records = await requestAll(request, kind.list, {
		query: { ...days, ...kind.query },
		accepts: kind.counts,
	});
	return { events: records.map((record) => toFoundEvent(record, kind, zone)), nextPage };
}

/** Milliseconds that this poll may take, as far as n8n says; before 2.41 it does not. */
function timeFor(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return Math.min(context.getPollBudgetMs?.() ?? LONGEST_POLL_MS, LONGEST_POLL_MS);
}

function toFoundEvent(record: JsonObject, { action }: EventKind, timeZone: string): FoundEvent {
	const event = parseEvent({ ...record, action }, timeZone);
	const at = parseMoment(event.occurred_at, timeZone);
	const { id, type, occurred_at, vehicle } = event;
	return {
		record,
		event,
		key: String(id ?? [type, occurred_at, vehicle.id].join(' ')),
		at: Number.isNaN(at) ? undefined : at,
	};
}

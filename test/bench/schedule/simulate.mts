import { pollAt } from '../../../nodes/Motive/polling/pollSchedule.ts';
import type { Schedule } from './schedules.mts';

/** How a batch went under a schedule. */
export interface SimulatedBatch {
	/** Requests per capture, the start included. */
	calls: number;
	/** Milliseconds between each picture being ready and being found, of those that were. */
	late: number[];
	/** Time until the last picture was found, divided by the time until it was ready. */
	overLimit: number;
}

/** One that is waited for; moments in milliseconds since the start of the batch. */
interface Waiting {
	startedAt: number;
	readyAt: number;
	/** When it was last looked at, or the answer to its start came. */
	askedAt: number;
	/** When the look began whose answer is under way, and what it will be. */
	answer?: { askedAt: number; isReady: boolean };
	/** When its next look begins, or the answer comes to that which is under way. */
	next: number;
}

/** The defaults of the node. */
const TIMEOUT_MS = 180_000;
const LONGEST_INTERVAL_MS = 10_000;
const CONCURRENCY = 10;

/** A request and its answer (ms). */
const ROUND_TRIP_MS = 50;

/**
 * Simulates a batch, without waiting.
 *
 * @param waits how long each capture takes (ms), `Infinity`: for ever
 */
export function simulate(waits: readonly number[], schedule: Schedule): SimulatedBatch {
	const late: number[] = [];
	let calls = waits.length;
	let now = 0;
	let lastFound = 0;
	let waiting = waits.map((wait, index): Waiting => {
		const startedAt = ROUND_TRIP_MS * (1 + Math.floor(index / CONCURRENCY));
		const next = startedAt + schedule.first();
		return { startedAt, readyAt: startedAt + wait, askedAt: startedAt, next };
	});
	const plan = (one: Waiting): void => {
		const { startedAt, askedAt, answer } = one;
		// Its first look is not moved.
		if (answer || askedAt === startedAt) return;
		const interval = schedule.interval(askedAt - startedAt, now - startedAt);
		const deadline = startedAt + TIMEOUT_MS;
		one.next = pollAt(interval, { askedAt, longestInterval: LONGEST_INTERVAL_MS, deadline });
	};
	for (let [one] = waiting; one; [one] = waiting) {
		for (const other of waiting) if (other.next < one.next) one = other;
		now = Math.max(now, one.next);
		const { startedAt, readyAt, askedAt, answer } = one;
		if (!answer) {
			calls++;
			one.answer = { askedAt: now, isReady: readyAt <= now + ROUND_TRIP_MS / 2 };
			one.next = now + ROUND_TRIP_MS;
			continue;
		}
		const { isReady } = answer;
		one.askedAt = answer.askedAt;
		if (isReady) {
			late.push(now - readyAt);
			lastFound = now;
		}
		delete one.answer;
		if (isReady || now >= startedAt + TIMEOUT_MS)
			waiting = waiting.filter((other) => other !== one);
		schedule.learn?.({ from: askedAt - startedAt, to: one.askedAt - startedAt, isDone: isReady });
		(schedule.learn ? waiting : [one]).forEach(plan);
	}
	const limit = Math.max(...waits.filter((wait) => wait < TIMEOUT_MS - ROUND_TRIP_MS));
	return { calls: calls / waits.length, late, overLimit: lastFound / limit };
}

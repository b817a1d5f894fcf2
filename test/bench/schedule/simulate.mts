import { SHORTEST_INTERVAL_MS } from '../../../nodes/Motive/polling/pollSchedule.ts';
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

/** One that is waited for; moments in milliseconds since the start. */
interface Waiting {
	startedAt: number;
	readyAt: number;
	lastLook?: number;
	nextLook: number;
}

/** The defaults of the node. */
const DEADLINE_MS = 180_000;
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
	let lastFound = 0;
	let waiting = waits.map((wait, index): Waiting => {
		const startedAt = ROUND_TRIP_MS * (1 + Math.floor(index / CONCURRENCY));
		return { startedAt, readyAt: startedAt + wait, nextLook: startedAt + schedule.first };
	});
	while (waiting.length > 0) {
		const one = waiting.reduce((first, other) => (other.nextLook < first.nextLook ? other : first));
		calls++;
		const now = one.nextLook + ROUND_TRIP_MS;
		const isReady = one.readyAt <= one.nextLook + ROUND_TRIP_MS / 2;
		const sinceLast = one.lastLook === undefined ? undefined : now - one.lastLook;
		const interval = schedule.next({ elapsed: now - one.startedAt, sinceLast, isReady });
		if (isReady) {
			late.push(now - one.readyAt);
			lastFound = now;
		}
		if (isReady || now >= DEADLINE_MS) waiting = waiting.filter((other) => other !== one);
		one.lastLook = now;
		one.nextLook = Math.min(
			now + Math.max(Math.min(interval, LONGEST_INTERVAL_MS), SHORTEST_INTERVAL_MS),
			DEADLINE_MS,
		);
	}
	const limit = Math.max(...waits.filter((wait) => wait < DEADLINE_MS - ROUND_TRIP_MS));
	return { calls: calls / waits.length, late, overLimit: lastFound / limit };
}

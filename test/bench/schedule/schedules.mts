import { PollSchedule, type Look } from '../../../nodes/Motive/polling/pollSchedule.ts';

/** A way to choose when to look next, made anew for each batch of the given size; lengths and ages in milliseconds. */
export interface Schedule {
	/** From the start to the first look at one more capture. */
	first(): number;
	/** Learns from a look, where the schedule does; it may change all intervals. */
	learn?(look: Look): void;
	/** Between two looks at a capture that was pending at the age of `lookedAt` and has another age now. */
	interval(lookedAt: number, age: number): number;
}

/** As many milliseconds as pass on average between the first look and the end, with the cameras of the benchmarks. */
const USUAL_WAIT_MS = 7_000;

/** The first look of schedules that look for all captures at the same age. */
const FIRST_MS = 3_000;

/** What the node did before: one pace for all ages, learned from the whole batch, and each look planned once. */
function onePace(): Schedule {
	let watched = 5 * USUAL_WAIT_MS;
	let done = 5;
	const planned = new Map<number, number>();
	return {
		first: () => FIRST_MS,
		learn: ({ from, to, isDone }) => {
			if (from > 0) {
				watched += to - from;
				if (isDone) done++;
			}
			planned.set(to, Math.min(watched / done / 4, to / 2));
		},
		interval: (lookedAt) => planned.get(lookedAt) ?? NaN,
	};
}

const fixed = (first: number, interval: (elapsed: number) => number) => (): Schedule => ({
	first: () => first,
	interval,
});

/** The schedules that were considered, by name. */
export const schedules: Readonly<Record<string, (jobs: number) => Schedule>> = {
	'takes turns, by age (ours)': (jobs) => new PollSchedule({ usualWait: USUAL_WAIT_MS, jobs }),
	'one pace for all ages (before)': onePace,
	'35 % of the time passed': fixed(FIRST_MS, (elapsed) => elapsed * 0.35),
	'50 % of the time passed': fixed(2_000, (elapsed) => elapsed / 2),
	'every 2 s': fixed(FIRST_MS, () => 2_000),
	'2 s, or 10 % of the time passed': fixed(FIRST_MS, (elapsed) => Math.max(2_000, elapsed / 10)),
	'square root of the time passed': fixed(FIRST_MS, (elapsed) => 700 * Math.sqrt(elapsed / 1_000)),
};

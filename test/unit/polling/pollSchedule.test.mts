import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	firstInterval,
	nextInterval,
	pollAt,
	POLLS_PER_WAIT,
	SHORTEST_INTERVAL_MS,
	USUAL_COUNT,
	usualExperience,
	withLook,
	type Experience,
} from '../../../nodes/Motive/polling/pollSchedule.ts';

const HOUR_MS = 3_600_000;
const USUAL_WAIT_MS = 7_000;

const limits = fc.record({
	now: fc.nat({ max: 2 * HOUR_MS }),
	longestInterval: fc.oneof(
		fc.integer({ min: 1, max: 120_000 }),
		fc.double({ min: 0, noNaN: true, minExcluded: true }),
	),
	deadline: fc.nat({ max: 4 * HOUR_MS }),
});
const interval = fc.double({ min: 0, max: HOUR_MS, noNaN: true });
const looks = fc.array(
	fc.record({ elapsed: fc.integer({ min: -5_000, max: 60_000 }), isDone: fc.boolean() }),
	{ maxLength: 300 },
);

function learned(all: ReadonlyArray<{ elapsed: number; isDone: boolean }>): Experience {
	return all.reduce(
		(known, { elapsed, isDone }) => withLook(known, elapsed, isDone),
		usualExperience(USUAL_WAIT_MS),
	);
}

/** The interval after a long wait. */
const intervalOf = (known: Experience) => nextInterval(known, Infinity);

/** All polls of a job that does not end before the deadline, if each is answered at once. */
function pollsOf(longestInterval: number, deadline: number): number[] {
	const polls: number[] = [];
	let known = usualExperience(USUAL_WAIT_MS);
	let next = pollAt(firstInterval(USUAL_WAIT_MS), { now: 0, longestInterval, deadline });
	while (next !== undefined) {
		const before = polls.at(-1);
		if (before !== undefined) known = withLook(known, next - before, false);
		polls.push(next);
		next = pollAt(nextInterval(known, next), { now: next, longestInterval, deadline });
	}
	return polls;
}

describe('pollAt', () => {
	it('is undefined exactly when the time is up', () => {
		fc.assert(
			fc.property(interval, limits, (wanted, within) => {
				expect(pollAt(wanted, within) === undefined).toBe(within.now >= within.deadline);
			}),
		);
	});

	it('is after now and never after the deadline', () => {
		fc.assert(
			fc.property(interval, limits, (wanted, within) => {
				const next = pollAt(wanted, within);
				fc.pre(next !== undefined);
				expect(next).toBeGreaterThan(within.now);
				expect(next).toBeLessThanOrEqual(within.deadline);
			}),
		);
	});

	it('keeps to the shortest and the longest interval, but for the last look', () => {
		fc.assert(
			fc.property(interval, limits, (wanted, within) => {
				const next = pollAt(wanted, within);
				fc.pre(next !== undefined && next !== within.deadline);
				expect(next - within.now).toBeGreaterThanOrEqual(SHORTEST_INTERVAL_MS);
				expect(next - within.now).toBeLessThanOrEqual(
					Math.max(SHORTEST_INTERVAL_MS, Math.ceil(within.longestInterval)),
				);
			}),
		);
	});
});

describe('The poll schedule of a single piece of work', () => {
	it('asks every two seconds at first, then ever more rarely, and once more at the deadline', () => {
		const polls = pollsOf(10_000, 600_000);
		expect(polls.slice(0, 6)).toEqual([3_000, 4_500, 6_325, 8_242, 10_255, 12_368]);
		expect(polls.slice(-3)).toEqual([589_378, 599_378, 600_000]);
	});

	it('waits longer the longer it has waited, up to the longest interval', () => {
		fc.assert(
			fc.property(fc.integer({ min: SHORTEST_INTERVAL_MS, max: 60_000 }), (longestInterval) => {
				const polls = pollsOf(longestInterval, HOUR_MS).slice(0, -1);
				const intervals = polls.slice(1).map((poll, index) => poll - (polls[index] ?? NaN));
				expect(intervals).toEqual(intervals.toSorted((one, other) => one - other));
				expect(Math.max(...intervals)).toBe(longestInterval);
			}),
		);
	});
});

describe('nextInterval', () => {
	it('lets nothing be late by more than half of the time that it took, whatever was learned', () => {
		fc.assert(
			fc.property(looks, fc.nat({ max: HOUR_MS }), (all, elapsed) => {
				expect(nextInterval(learned(all), elapsed)).toBeLessThanOrEqual(elapsed / 2);
			}),
		);
	});
});

describe('Experience', () => {
	it('is what is usual before anything was watched', () => {
		expect(intervalOf(usualExperience(USUAL_WAIT_MS))).toBe(USUAL_WAIT_MS / POLLS_PER_WAIT);
	});

	it('lies between what is usual and what was watched', () => {
		fc.assert(
			fc.property(looks, (all) => {
				const done = all.filter(({ isDone }) => isDone).length;
				fc.pre(done > 0);
				const seen = all.reduce((sum, { elapsed }) => sum + Math.max(0, elapsed), 0) / done;
				const wait = intervalOf(learned(all)) * POLLS_PER_WAIT;
				expect(wait).toBeGreaterThanOrEqual(Math.min(seen, USUAL_WAIT_MS) - 1e-6);
				expect(wait).toBeLessThanOrEqual(Math.max(seen, USUAL_WAIT_MS) + 1e-6);
			}),
		);
	});

	it('does not depend on the order of the looks', () => {
		fc.assert(
			fc.property(looks, (all) => {
				expect(learned(all.toReversed())).toEqual(learned(all));
			}),
		);
	});

	it('comes close to any pace once much more was watched than counts as usual', () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 600_000 }), (pace) => {
				const wait =
					intervalOf(learned(Array(100 * USUAL_COUNT).fill({ elapsed: pace, isDone: true }))) *
					POLLS_PER_WAIT;
				expect(Math.abs(wait - pace)).toBeLessThanOrEqual(Math.max(pace, USUAL_WAIT_MS) / 100);
			}),
		);
	});

	it('does not go back when the clock does', () => {
		expect(withLook({ watched: 5_000, done: 1 }, -4_000, false)).toEqual({
			watched: 5_000,
			done: 1,
		});
	});
});

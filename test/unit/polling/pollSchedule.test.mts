import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	pollAt,
	PollSchedule,
	SHORTEST_INTERVAL_MS,
	THRESHOLD,
	type Look,
} from '../../../nodes/Motive/polling/pollSchedule.ts';

const HOUR_MS = 3_600_000;
const USUAL_WAIT_MS = 7_000;

const limits = fc.record({
	askedAt: fc.nat({ max: 2 * HOUR_MS }),
	longestInterval: fc.oneof(
		fc.integer({ min: 1, max: 120_000 }),
		fc.double({ min: 0, noNaN: true, minExcluded: true }),
	),
	deadline: fc.nat({ max: 4 * HOUR_MS }),
});
const interval = fc.double({ min: 0, max: HOUR_MS, noNaN: true });
const age = fc.nat({ max: HOUR_MS });
const jobs = fc.integer({ min: 1, max: 1_000 });
const look = fc.record({ from: age, to: age, isDone: fc.boolean() });
const looks = fc.array(look, { maxLength: 100 });

/** The schedule of a batch that has seen these looks. */
function learned(all: readonly Look[], size = 100): PollSchedule {
	const schedule = new PollSchedule({ usualWait: USUAL_WAIT_MS, jobs: size });
	for (const one of all) schedule.learn(one);
	return schedule;
}

/** All polls of a job that is alone and does not end before the deadline, if each is answered at once. */
function pollsOf(longestInterval: number, deadline: number): number[] {
	const schedule = new PollSchedule({ usualWait: USUAL_WAIT_MS, jobs: 1 });
	const within = { longestInterval, deadline };
	const polls = [pollAt(schedule.first(), { askedAt: 0, ...within })];
	for (let [last = NaN] = polls; last < deadline; last = polls.at(-1) ?? NaN) {
		schedule.learn({ from: polls.at(-2) ?? 0, to: last, isDone: false });
		polls.push(pollAt(schedule.interval(last, last), { askedAt: last, ...within }));
	}
	return polls;
}

describe('pollAt', () => {
	it('is never after the deadline, and after the poll before unless that was at the deadline', () => {
		fc.assert(
			fc.property(interval, limits, (wanted, within) => {
				const next = pollAt(wanted, within);
				expect(next).toBeLessThanOrEqual(within.deadline);
				if (within.askedAt < within.deadline) expect(next).toBeGreaterThan(within.askedAt);
			}),
		);
	});

	it('keeps to the shortest and the longest interval, but for the last look', () => {
		fc.assert(
			fc.property(interval, limits, (wanted, within) => {
				const next = pollAt(wanted, within);
				fc.pre(next !== within.deadline);
				expect(next - within.askedAt).toBeGreaterThanOrEqual(SHORTEST_INTERVAL_MS);
				expect(next - within.askedAt).toBeLessThanOrEqual(
					Math.max(SHORTEST_INTERVAL_MS, Math.ceil(within.longestInterval)),
				);
			}),
		);
	});
});

describe('The poll schedule of a single piece of work', () => {
	it('asks about every two seconds at first, then ever more rarely, and once more at the deadline', () => {
		const polls = pollsOf(10_000, 600_000);
		expect(polls.slice(0, 6)).toEqual([3_000, 4_500, 6_273, 8_085, 10_092, 12_289]);
		expect(polls.slice(-3)).toEqual([582_883, 592_883, 600_000]);
	});

	it('waits at least as long after ten times the age, up to the longest interval', () => {
		fc.assert(
			fc.property(fc.integer({ min: 5_000, max: 60_000 }), (longestInterval) => {
				const polls = pollsOf(longestInterval, HOUR_MS).slice(0, -1);
				const intervals = polls.slice(1).map((poll, index) => poll - (polls[index] ?? NaN));
				for (const [index, poll] of polls.slice(0, -1).entries()) {
					const later = polls.findIndex((other) => other >= 10 * poll);
					const next = later < 0 ? longestInterval : (intervals[later] ?? longestInterval);
					expect(next).toBeGreaterThanOrEqual(intervals[index] ?? NaN);
				}
				expect(Math.max(...intervals)).toBe(longestInterval);
			}),
		);
	});
});

describe('The first looks of a batch', () => {
	const FIRST_MS = 3_000;

	it('begin with the usual one', () => {
		expect(learned([]).first()).toBe(FIRST_MS);
	});

	it('are spread over one doubling of the age, however many they are', () => {
		fc.assert(
			fc.property(jobs, (size) => {
				const schedule = learned([], size);
				const shares = Array.from({ length: size }, () => Math.log2(schedule.first() / FIRST_MS));
				const sorted = shares.toSorted((one, other) => one - other);
				const [least = NaN] = sorted;
				// Around the circle, as the looks after them begin where these end.
				const gaps = [...sorted.slice(1), least + 1].map(
					(at, index) => at - (sorted[index] ?? NaN),
				);
				// Two fifths of it before the usual one.
				expect(least).toBeGreaterThan(-0.4 - 1e-9);
				expect(sorted.at(-1)).toBeLessThan(0.6 + 1e-9);
				expect(Math.min(...gaps)).toBeGreaterThan(0);
				expect(Math.max(...gaps)).toBeLessThan(2 / size + 1e-9);
			}),
		);
	});
});

describe('interval', () => {
	it('is no longer than the age at its start, and half of it for work that is alone, whatever was learned', () => {
		fc.assert(
			fc.property(looks, age, age, jobs, (all, lookedAt, now, size) => {
				const longest = learned(all, size).interval(lookedAt, now);
				expect(longest).toBeLessThanOrEqual((lookedAt * size) / (size + 1));
				expect(learned(all, 1).interval(lookedAt, now)).toBeLessThanOrEqual(lookedAt / 2);
			}),
		);
	});

	it('is as long as work needs at its rate to reach the threshold, where that is sooner', () => {
		fc.assert(
			fc.property(looks, age, (all, now) => {
				const schedule = learned(all);
				expect(schedule.interval(Infinity, now) * schedule.rate(now)).toBeCloseTo(THRESHOLD);
			}),
		);
	});
});

describe('rate', () => {
	it('is the same for all ages before anything was seen', () => {
		fc.assert(
			fc.property(age, age, (one, other) => {
				expect(learned([]).rate(one)).toBe(learned([]).rate(other));
			}),
		);
	});

	it('rises at every age with work found done, and falls or stays with work found pending', () => {
		fc.assert(
			fc.property(looks, look, age, (all, next, at) => {
				const [before, after] = [learned(all).rate(at), learned([...all, next]).rate(at)];
				if (next.isDone) expect(after).toBeGreaterThanOrEqual(before);
				else expect(after).toBeLessThanOrEqual(before * (1 + 1e-12));
			}),
		);
	});

	it('does not depend on the order of the looks', () => {
		fc.assert(
			fc.property(looks, age, (all, at) => {
				const other = learned(all.toReversed()).rate(at);
				expect(learned(all).rate(at) / other).toBeCloseTo(1, 9);
			}),
		);
	});

	it('comes close to that of work which ends at any steady pace', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1_000, max: 600_000 }), (pace) => {
				const pending = { from: 0, to: 10 * pace, isDone: false };
				const done = Array.from({ length: 10_000 }, (_, index) => (index + 0.5) / 1_000);
				const all = done.map((share) => ({ from: 0, to: share * pace, isDone: true }));
				const schedule = learned([...Array<Look>(1_000).fill(pending), ...all]);
				expect(schedule.rate(5 * pace) * pace).toBeGreaterThan(0.9);
				expect(schedule.rate(5 * pace) * pace).toBeLessThan(1.1);
			}),
			{ numRuns: 20 },
		);
	});

	it('rises most at the age at which work was found done, and hardly at ages far from it', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1_000, max: HOUR_MS }), (at) => {
				const found = Array<Look>(10).fill({ from: 0, to: at, isDone: true });
				const usual = learned([]).rate(at);
				const rates = [1, 1.5, 3, 30].map((times) => learned(found).rate(at * times) / usual);
				expect(rates).toEqual(rates.toSorted((one, other) => other - one));
				expect(rates[0]).toBe(6);
				expect(rates[3]).toBeLessThan(1.01);
			}),
		);
	});

	it('takes a clock that went back for no time at all', () => {
		const back = { from: 9_000, to: 5_000, isDone: false };
		expect(learned([back]).rate(7_000)).toBe(learned([]).rate(7_000));
	});
});

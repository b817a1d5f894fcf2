import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	FIRST_POLL_MS,
	INTERVAL_SHARE,
	nextPollAt,
	SHORTEST_INTERVAL_MS,
	type PollMoment,
} from '../../../nodes/Motive/capture/pollSchedule.ts';

const HOUR_MS = 3_600_000;

const moment = fc.record({
	startedAt: fc.nat({ max: 2 * HOUR_MS }),
	now: fc.nat({ max: 2 * HOUR_MS }),
	longestInterval: fc.oneof(fc.integer({ min: 1, max: 120_000 }), fc.double({ min: 0, noNaN: true, minExcluded: true })),
	deadline: fc.nat({ max: 4 * HOUR_MS }),
});

/** All polls from the start to the deadline, when each is answered at once. */
function pollsOf({ longestInterval, deadline }: Pick<PollMoment, 'longestInterval' | 'deadline'>): number[] {
	const polls: number[] = [];
	for (let now: number | undefined = 0; now !== undefined; ) {
		now = nextPollAt({ startedAt: 0, now, longestInterval, deadline });
		if (now !== undefined) polls.push(now);
	}
	return polls;
}

describe('nextPollAt', () => {
	it('asks soon at first, then later and later, and once more at the deadline', () => {
		expect(pollsOf({ longestInterval: 10_000, deadline: 60_000 })).toEqual([
			3_000, 4_050, 5_468, 7_382, 9_966, 13_455, 18_165, 24_523, 33_107, 43_107, 53_107, 60_000,
		]);
	});

	it('is undefined exactly when the time is up', () => {
		fc.assert(
			fc.property(moment, (at) => {
				expect(nextPollAt(at) === undefined).toBe(at.now >= at.deadline);
			}),
		);
	});

	it('is after now and never after the deadline', () => {
		fc.assert(
			fc.property(moment, (at) => {
				const next = nextPollAt(at);
				fc.pre(next !== undefined);
				expect(next).toBeGreaterThan(at.now);
				expect(next).toBeLessThanOrEqual(at.deadline);
			}),
		);
	});

	it('keeps to the shortest and the longest interval, but for the last look', () => {
		fc.assert(
			fc.property(moment, (at) => {
				const next = nextPollAt(at);
				fc.pre(next !== undefined && next !== at.deadline);
				expect(next - at.now).toBeGreaterThanOrEqual(SHORTEST_INTERVAL_MS);
				expect(next - at.now).toBeLessThanOrEqual(Math.max(SHORTEST_INTERVAL_MS, Math.ceil(at.longestInterval)));
			}),
		);
	});

	it('waits longer the longer it has waited', () => {
		const times = fc.tuple(fc.integer({ min: FIRST_POLL_MS, max: HOUR_MS }), fc.nat({ max: HOUR_MS }));
		fc.assert(
			fc.property(times, fc.integer({ min: 1_000, max: HOUR_MS }), ([early, later], longestInterval) => {
				const interval = (now: number) => Number(nextPollAt({ startedAt: 0, now, longestInterval, deadline: Infinity })) - now;
				expect(interval(early + later)).toBeGreaterThanOrEqual(interval(early));
			}),
		);
	});

	it('finds every picture late by no more than a share of the time it took, or the longest interval', () => {
		fc.assert(
			fc.property(fc.integer({ min: FIRST_POLL_MS, max: HOUR_MS }), fc.integer({ min: 1_000, max: 60_000 }), (ready, longestInterval) => {
				const found = pollsOf({ longestInterval, deadline: 2 * HOUR_MS }).find((poll) => poll >= ready) ?? Infinity;
				const share = Math.max(SHORTEST_INTERVAL_MS, Math.ceil(ready * INTERVAL_SHARE));
				expect(found - ready).toBeLessThanOrEqual(Math.min(share, longestInterval));
			}),
		);
	});

	it('asks as often as the logarithm of the time when no interval is the longest', () => {
		fc.assert(
			fc.property(fc.integer({ min: FIRST_POLL_MS, max: 1_000 * HOUR_MS }), (deadline) => {
				const polls = pollsOf({ longestInterval: Infinity, deadline }).length;
				expect(polls).toBeLessThanOrEqual(2 + Math.log(deadline / FIRST_POLL_MS) / Math.log(1 + INTERVAL_SHARE));
			}),
		);
	});

	it('goes on when the clock is set back', () => {
		const next = nextPollAt({ startedAt: 10_000, now: 4_000, longestInterval: 5_000, deadline: 20_000 });
		expect(next).toBe(9_000);
	});
});

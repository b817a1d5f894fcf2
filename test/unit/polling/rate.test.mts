import { describe, expect, it } from 'vitest';

import { FIRST_INTERVAL_MS, LearnedRate } from '../../../nodes/Motive/polling/rate.ts';

/** Sends one request and finds out after what interval the next one may follow. */
function intervalAt(rate: LearnedRate, at: number): number {
	rate.send(at);
	return rate.earliest(1) - at;
}

/** Sends the next request at the first moment that is allowed, and has it taken after a second. */
function takeNext(rate: LearnedRate): void {
	const at = Math.max(0, rate.earliest(1));
	rate.taken(rate.send(at), at + 1_000);
}

/** A rate for which 100 ms per request were measured between refusals at 0 and at 2,000 ms. */
function measured(): LearnedRate {
	const rate = new LearnedRate();
	rate.refused(rate.send(0), 1_000, true);
	for (let at = 1_000; at < 2_000; at += 50) rate.send(at);
	rate.refused(rate.send(2_000), 3_000, true);
	return rate;
}

/** A rate that has come down to 5 ms per request, set by hand. */
function quick(): LearnedRate {
	const rate = new LearnedRate(5);
	for (let count = 0; count < 200; count++) takeNext(rate);
	return rate;
}

describe('The rate before the first refusal', () => {
	it('holds up only requests that are under way together', () => {
		const rate = new LearnedRate();
		expect(rate.earliest(0)).toBe(-Infinity);
		rate.send(1_000);
		expect(rate.earliest(0)).toBe(-Infinity);
		expect(rate.earliest(1)).toBe(1_000 + FIRST_INTERVAL_MS);
	});

	it('counts from the moment of a request, also where that was sent sooner than the others', () => {
		const rate = new LearnedRate();
		rate.send(0);
		expect(intervalAt(rate, 10)).toBe(FIRST_INTERVAL_MS);
	});
});

describe('The rate of an API that answers quickly', () => {
	/** The interval between requests after one that was answered after `took` milliseconds. */
	function intervalAfter(took: number): number {
		const rate = new LearnedRate();
		rate.taken(rate.send(0), took);
		rate.send(100);
		return intervalAt(rate, 100);
	}

	it.each([
		{ took: 0, interval: 2 },
		{ took: 4, interval: 2 },
		{ took: 20, interval: 10 },
		{ took: 50, interval: 25 },
		{ took: 3_000, interval: 25 },
	])('keeps half of the time of an answer between requests: %o', ({ took, interval }) => {
		const usual = intervalAfter(1_000);
		expect(intervalAfter(took) / usual).toBeCloseTo(interval / FIRST_INTERVAL_MS);
	});

	it('follows the last answer', () => {
		const rate = new LearnedRate();
		rate.taken(rate.send(0), 4);
		rate.taken(rate.send(100), 1_100);
		rate.send(200);
		expect(intervalAt(rate, 200)).toBe(FIRST_INTERVAL_MS);
	});

	it('does not matter once a limit is known', () => {
		const rate = measured();
		rate.taken(rate.send(3_000), 3_000);
		expect(intervalAt(rate, 3_100)).toBeCloseTo(100, 0);
	});
});

describe('The rate after the first refusal', () => {
	it('is what was taken until the end of the pause, for all requests', () => {
		const rate = new LearnedRate();
		for (const at of [0, 100]) rate.send(at);
		rate.refused(rate.send(200), 1_200, true);
		expect(rate.earliest(0)).toBe(1_200);
		rate.send(1_200);
		expect(rate.earliest(0)).toBe(1_200 + 1_200 / 2);
	});

	it('is learned also where the refusal may have another reason', () => {
		const rate = new LearnedRate();
		rate.send(0);
		rate.refused(rate.send(100), 1_100, false);
		rate.send(1_100);
		expect(rate.earliest(0)).toBe(2_200);
	});

	it.each([
		{ rest: 1_000, from: 0, taken: 2 },
		{ rest: 1_001, from: FIRST_INTERVAL_MS + 1_001, taken: 1 },
	])('counts anew after a rest of more than a second: %o', ({ rest, from, taken }) => {
		const rate = new LearnedRate();
		rate.send(0);
		const at = FIRST_INTERVAL_MS + rest;
		rate.send(at);
		rate.refused(rate.send(at), 9_000, true);
		expect(intervalAt(rate, 9_000)).toBe((9_000 - from) / taken);
	});

	it('takes no pause for a rest that is shorter than its interval', () => {
		const rate = new LearnedRate(3_000);
		rate.send(0);
		rate.send(5_000);
		rate.refused(rate.send(8_000), 20_000, true);
		expect(intervalAt(rate, 20_000)).toBe(20_000 / 2);
	});
});

describe('The rate after two refusals', () => {
	it('is what was taken between them', () => {
		const rate = measured();
		expect(rate.earliest(0)).toBe(3_000);
		expect(intervalAt(rate, 3_000)).toBe(100);
	});

	it('is a guess that is soon shortened when the second one may have another reason', () => {
		const rate = measured();
		rate.send(3_100);
		rate.refused(rate.send(3_200), 4_200, false);
		expect(intervalAt(rate, 4_200)).toBe(1_200);
		takeNext(rate);
		expect(intervalAt(rate, rate.earliest(0))).toBeCloseTo(1_200 * 0.9);
	});

	it('stays when the second one has another reason', () => {
		const rate = measured();
		rate.send(3_100);
		rate.alsoRefused(rate.send(3_200), 4_200);
		expect(rate.earliest(0)).toBe(4_200);
		expect(intervalAt(rate, 4_200)).toBe(100);
	});

	it('does not count others that were refused with the first one, but those that were sent before', () => {
		const rate = new LearnedRate();
		const [early, first, second, third] = [0, 0, 0, 0].map((at) => rate.send(at));
		if (!early || !first || !second || !third) throw new Error('Nothing was sent');
		rate.refused(first, 1_000, true);
		rate.alsoRefused(second, 1_000);
		rate.alsoRefused(third, 1_000);
		rate.alsoRefused(early, 1_000);
		for (let at = 1_000; at < 5_000; at += 1_000) rate.send(at);
		rate.refused(rate.send(5_000), 6_000, true);
		// Four were taken.
		expect(intervalAt(rate, 6_000)).toBe(5_000 / 4);
	});

	it('counts from the first one when nothing was taken between them', () => {
		const rate = measured();
		rate.refused(rate.send(3_000), 4_000, true);
		for (const at of [4_000, 4_500]) rate.send(at);
		rate.refused(rate.send(5_000), 6_000, true);
		// Since the refusal at 2,000 ms.
		expect(intervalAt(rate, 6_000)).toBe(3_000 / 2);
	});
});

describe('A pause', () => {
	it('lasts until the last moment that anybody was told', () => {
		const rate = new LearnedRate();
		const [first, second, third] = [0, 0, 0].map((at) => rate.send(at));
		if (!first || !second || !third) throw new Error('Nothing was sent');
		rate.refused(first, 5_000, true);
		rate.alsoRefused(second, 4_000);
		expect(rate.earliest(1)).toBe(5_000);
		rate.alsoRefused(third, 6_000);
		expect(rate.earliest(1)).toBe(6_000);
	});

	it('is no reason to send sooner than at the interval', () => {
		const rate = new LearnedRate(3_000);
		rate.refused(rate.send(0), 1_000, true);
		expect(rate.earliest(0)).toBe(3_000);
	});
});

describe('A timer that is late', () => {
	it('by some milliseconds does not slow the pace', () => {
		const rate = quick();
		const due = rate.earliest(0);
		rate.send(due + 3);
		expect(rate.earliest(0)).toBe(due + 5);
	});

	it('by more is not caught up with', () => {
		const rate = quick();
		const due = rate.earliest(0);
		rate.send(due + 9);
		expect(rate.earliest(0)).toBe(due + 9);
	});

	it.each([
		{ rate: quick(), onTime: 10 },
		{ rate: new LearnedRate(100), onTime: 100 },
	])('by more than $onTime ms means that the answer says nothing about the rate', (example) => {
		const { rate, onTime } = example;
		rate.send(Math.max(0, rate.earliest(0)));
		expect(rate.send(rate.earliest(0) + onTime).isEarly).toBe(true);
		expect(rate.send(rate.earliest(0) + onTime + 1).isEarly).toBe(false);
	});
});

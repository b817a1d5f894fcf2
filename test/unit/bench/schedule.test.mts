import { describe, expect, it } from 'vitest';

import { compareSchedules } from '../../bench/parts/schedule.mts';
import { cameras } from '../../bench/schedule/cameras.mts';
import type { Schedule } from '../../bench/schedule/schedules.mts';
import { simulate } from '../../bench/schedule/simulate.mts';

const every = (ms: number): Schedule => ({ first: () => ms, interval: () => ms });

describe('simulate', () => {
	it('finds each picture at the first look after it is ready', () => {
		// A poll takes 50 ms, and so does the start: polls are answered 2.05, 4.05 and 6.05 s after it.
		expect(simulate([4_000], every(2_000))).toEqual({
			calls: 3,
			late: [50],
			overLimit: 4_100 / 4_000,
		});
		expect(simulate([4_100], every(2_000))).toEqual({
			calls: 4,
			late: [1_950],
			overLimit: 6_100 / 4_100,
		});
	});

	it('waits for the slowest, and counts what every capture takes on average', () => {
		const { calls, late } = simulate([1_000, 9_000], every(5_000));
		expect(calls).toBe(2.5);
		expect(late).toEqual([4_050, 1_050]);
	});

	it('gives up at the deadline', () => {
		const { calls, late } = simulate([Infinity], every(10_000));
		expect(calls).toBe(19);
		expect(late).toEqual([]);
	});
});

describe('The schedule of the node, with the cameras of the benchmarks', () => {
	const resultsFor = (pattern: RegExp) => {
		const kinds = Object.entries(cameras).filter(([kind]) => pattern.test(kind));
		return compareSchedules({ 100: 20 }, Object.fromEntries(kinds));
	};
	const [ours, ...others] = resultsFor(/^usual/);

	it('asks as often as is allowed, and is in time', () => {
		expect(ours?.calls).toBeLessThanOrEqual(6);
		expect(ours?.lateMedian).toBeLessThanOrEqual(1.5);
		expect(ours?.overLimit).toBeLessThanOrEqual(1.05);
	});

	it('ends sooner than those that grow with the time passed', () => {
		const growing = others.filter(({ schedule }) => /^\d+ % of the time/.test(schedule));
		expect(growing).toHaveLength(2);
		for (const { overLimit } of growing) expect(overLimit).toBeGreaterThan(ours?.overLimit ?? NaN);
	});

	it('finds pictures of cameras that are all alike in time, with fewer calls than any other', () => {
		const [alike, ...rest] = resultsFor(/^all alike \(30 s\)/);
		expect(alike?.lateMedian).toBeLessThanOrEqual(1.5);
		for (const { calls } of rest) expect(calls).toBeGreaterThan(alike?.calls ?? NaN);
	});
});

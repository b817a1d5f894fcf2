import { describe, expect, it } from 'vitest';

import { MovingTimes } from '../../../nodes/Motive/polling/movingTimes.ts';
import { VirtualClock } from './virtualClock.mts';

/** Some who wait for moments (ms since the start) that a test can move, and when each of them went on. */
function waiters(...moments: number[]) {
	const clock = new VirtualClock();
	const stop = new AbortController();
	const times = new MovingTimes(clock, stop.signal);
	const start = clock.now();
	const went: Array<number | undefined> = moments.map(() => undefined);
	const all = Promise.allSettled(
		moments.map(async (_, index) => {
			await times.wait(() => start + (moments[index] ?? NaN));
			went[index] = clock.elapsed;
		}),
	);
	const at = (ms: number, act: () => void) => void clock.sleep(ms).then(act);
	return { clock, stop, times, moments, went, all, at };
}

describe('MovingTimes', () => {
	it('lets each go at its moment, in whatever order they came', async () => {
		const { clock, went, all } = waiters(500, 100, 900, 100, 0);
		await clock.run(all);
		expect(went).toEqual([500, 100, 900, 100, 0]);
	});

	it('lets those go sooner whose moment moves forward, and at once when it has passed', async () => {
		const { clock, times, moments, went, all, at } = waiters(5_000, 6_000, 7_000);
		at(1_000, () => {
			moments.splice(0, 2, 2_000, 300);
			times.move();
		});
		await clock.run(all);
		expect(went).toEqual([2_000, 1_000, 7_000]);
	});

	it('keeps those longer whose moment moves back', async () => {
		const { clock, times, moments, went, all, at } = waiters(2_000, 3_000);
		at(1_000, () => {
			moments.splice(0, 1, 4_000);
			times.move();
		});
		await clock.run(all);
		expect(went).toEqual([4_000, 3_000]);
	});

	it('asks for the moment again when it has come', async () => {
		const { clock, moments, went, all, at } = waiters(2_000);
		at(1_000, () => moments.splice(0, 1, 2_500));
		await clock.run(all);
		expect(went).toEqual([2_500]);
	});

	it('sleeps once, however many wait', () => {
		const { clock } = waiters(500, 900, 700);
		expect(clock.sleeping).toBe(1);
	});

	it('sleeps once still when moments have moved, and not at all when nobody waits', async () => {
		const { clock, times, moments, all, at } = waiters(2_000, 3_000);
		const counts: number[] = [];
		at(1_000, () => {
			moments.splice(0, 2, 4_000, 5_000);
			times.move();
		});
		at(1_500, () => counts.push(clock.sleeping));
		await clock.run(all);
		expect([...counts, clock.sleeping]).toEqual([1, 0]);
	});

	it('ends all waiting with the reason for which it is stopped', async () => {
		const { clock, stop, all, at } = waiters(5_000, 6_000);
		const reason = new Error('stopped by hand');
		at(1_000, () => stop.abort(reason));
		expect(await clock.run(all)).toEqual(Array(2).fill({ status: 'rejected', reason }));
		expect(clock.elapsed).toBe(1_000);
	});

	it('lets nobody wait once it is stopped', async () => {
		const { clock, stop, times } = waiters();
		const reason = new Error('stopped by hand');
		stop.abort(reason);
		await expect(clock.run(times.wait(() => clock.now() + 1_000))).rejects.toBe(reason);
		expect(clock.elapsed).toBe(0);
	});
});

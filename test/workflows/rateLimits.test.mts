import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { rateLimit } from '../simulator/limits.mts';
import {
	from,
	fromItem,
	pictureOf,
	POLL,
	POST,
	secondsAt,
	timesOf,
	useMotiveWorld,
	vehicleItems,
} from './motive.mts';

const world = useMotiveWorld();

const tooMany = (headers: Record<string, string> = {}) =>
	answers.error(429, 'Too Many Requests', headers);

describe('Too many requests', () => {
	it.each([
		['seconds', '7', 7],
		['a date', 'Wed, 01 Jul 2026 12:00:12 GMT', 12],
	])('wait as long as Motive asks, told in %s', async (_, header, seconds) => {
		world.simulator.faults.add({ on: POST, times: 1, answer: tooMany({ 'retry-after': header }) });
		await pictureOf(await world.run('capture', from('T-118')));
		expect(timesOf(world, POST)).toEqual([0, seconds]);
	});

	it('wait longer and longer when Motive does not say how long', async () => {
		world.simulator.faults.add({ on: POST, times: 4, answer: tooMany() });
		await pictureOf(await world.run('capture', from('T-118')));
		const times = timesOf(world, POST);
		const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
		expect(waits).toHaveLength(4);
		[1, 2, 4, 8].forEach((least, index) => {
			expect(waits[index]).toBeGreaterThanOrEqual(least);
			expect(waits[index]).toBeLessThanOrEqual(least * 1.25);
		});
	});

	it('are not waited for beyond the timeout', async () => {
		world.simulator.faults.add({ on: POST, answer: tooMany({ 'retry-after': '3600' }) });
		const run = await world.run('capture', { ...from('T-118'), options: { timeout: 60 } });
		expect(run.error?.message).toContain(
			'Too many requests for Motive right now and asks to wait for 1 hour',
		);
		expect(run.error?.description).not.toContain('waited');
		expect(run.took).toBeLessThanOrEqual(60_000);
		expect(timesOf(world, POST)).toEqual([0]);
	});

	it('at one start hold up all others', async () => {
		world.simulator.faults.add({
			on: POST,
			device: 'T-118',
			times: 1,
			answer: tooMany({ 'retry-after': '30' }),
		});
		await world.run(
			'capture',
			{ ...fromItem, options: { concurrency: 1 } },
			{ items: vehicleItems('T-118', 'T-119', 'T-120') },
		);
		expect(timesOf(world, POST).slice(0, 2)).toEqual([0, 30]);
		expect(world.simulator.captures).toHaveLength(3);
	});

	it('at one look hold up every request to Motive', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 50_000 });
		world.simulator.faults.add({
			on: POLL,
			device: 'T-119',
			skip: 1,
			times: 1,
			answer: tooMany({ 'retry-after': '20' }),
		});
		await world.run('capture', fromItem, {
			items: vehicleItems('T-118', 'T-119', 'T-120', 'T-121'),
		});
		const refusedAt = secondsAt(
			world.simulator.requests.find(({ status }) => status === 429)?.at ?? 0,
		);
		expect(refusedAt).toBeGreaterThan(3);
		const after = timesOf(world, POLL).filter((time) => time > refusedAt);
		expect(after[0]).toBe(refusedAt + 20);
	});

	it('are followed by one request that finds out whether the wait was long enough', async () => {
		const names = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123', 'T-124', 'VAN 7'];
		world.simulator.faults.add({ on: POST, times: 8, answer: tooMany({ 'retry-after': '10' }) });
		world.simulator.faults.add({ on: POST, delay: 300 });
		await world.run('start', fromItem, { items: vehicleItems(...names) });
		const times = timesOf(world, POST);
		const afterPause = times.filter((time) => time >= 10);
		expect(times.filter((time) => time < 1).length).toBeLessThanOrEqual(8);
		expect(afterPause.filter((time) => time < 10.3).length).toBe(1);
		expect(world.simulator.captures).toHaveLength(8);
	});

	it('come less often once the pace is known, for all executions with the same credential', async () => {
		world.simulator.faults.add(rateLimit({ perSecond: 2, burst: 10 }));
		const items = vehicleItems('T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123');
		await world.inTime(async () => {
			const run = async () =>
				await world.engine.runNode({
					parameters: { resource: 'imageCapture', operation: 'capture', ...fromItem },
					items,
				});
			await Promise.all([run(), run(), run(), run(), run()]);
		});
		expect(world.simulator.captures).toHaveLength(30);
		const refused = world.simulator.requests.filter(({ status }) => status === 429);
		expect(refused.length).toBeLessThanOrEqual(8);
	});

	it('do not come where the credential says how many are allowed', async () => {
		world.simulator.faults.add(rateLimit({ perSecond: 1, burst: 1 }));
		const { apiKey, url } = world.simulator;
		const items = vehicleItems('T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123');
		const run = await world.inTime(
			async () =>
				await world.engine.runNode({
					parameters: { resource: 'imageCapture', operation: 'capture', ...fromItem },
					items,
					credentials: { motiveApi: { apiKey, baseUrl: url, requestsPerMinute: 60 } },
				}),
		);
		expect(run.items).toHaveLength(6);
		expect(timesOf(world, POST)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(world.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
	});

	it('of another host do not hold up Motive', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 1_000 }, 'T-118');
		world.simulator.setLatency({ kind: 'constant', ms: 15_000 }, 'T-119');
		world.simulator.faults.add({
			on: 'GET image',
			times: 1,
			answer: tooMany({ 'retry-after': '60' }),
		});
		await world.run('capture', fromItem, { items: vehicleItems('T-118', 'T-119') });
		expect(
			timesOf(world, 'GET image')
				.filter((time) => time > 3)
				.every((time) => time >= 63),
		).toBe(true);
		expect(timesOf(world, POLL).at(-1)).toBeLessThan(22);
	});
});

it('A Motive that is down and says for how long is left alone that long', async () => {
	world.simulator.faults.add({
		on: POLL,
		times: 1,
		answer: answers.error(503, 'maintenance', { 'retry-after': '45' }),
	});
	await pictureOf(await world.run('capture', from('T-118')));
	const [first = NaN, second = NaN] = timesOf(world, POLL);
	expect(second - first).toBe(45);
});

it('A list that Motive does not give for an hour says so', async () => {
	const answer = tooMany({ 'retry-after': '3600' });
	world.simulator.faults.add({ on: 'GET /v1/vehicles', answer });
	const run = await world.run('getAll', { resource: 'vehicle' });
	expect(run.error?.message).toContain('asks to wait for 1 hour');
	expect(run.error?.description).toContain('The node has less time than that.');
	expect(run.error?.description).not.toContain('waited');
});

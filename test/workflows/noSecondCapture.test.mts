import { connect, createServer } from 'node:net';

import { parse } from 'flatted';
import getPort from 'get-port';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { logger } from '../engine/core.mts';
import type { NodeOptions } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import {
	capturesIn,
	firstRequestId,
	from,
	fromItem,
	pictureOf,
	POLL,
	POST,
	runStart,
	timesOf,
	useMotiveWorld,
	vehicleItems,
} from './motive.mts';

const world = useMotiveWorld();

const retry = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1_000,
} satisfies NodeOptions['node'];

function starts(): number {
	return world.simulator.received(POST).length;
}

describe('A start whose outcome is not known is not sent again', () => {
	const cases: Array<{ when: string; fault: Fault }> = [
		{
			when: 'the connection breaks before Motive did anything',
			fault: { connection: 'reset', effect: false },
		},
		{
			when: 'the connection breaks after Motive started',
			fault: { connection: 'reset', effect: true },
		},
		{ when: 'no answer comes', fault: { connection: 'hang' } },
		{ when: 'the answer breaks off', fault: { connection: 'cut' } },
		{ when: 'the answer stalls', fault: { connection: 'stall' } },
		{ when: 'Motive fails before it did anything', fault: { answer: answers.error(500) } },
		{ when: 'Motive fails after it started', fault: { answer: answers.error(500), effect: true } },
		{ when: 'a proxy fails', fault: { answer: answers.html(502), effect: true } },
		{
			when: 'Motive is down and says for how long',
			fault: { answer: answers.error(503, 'down', { 'retry-after': '5' }) },
		},
		{ when: 'a web page answers', fault: { answer: answers.html(200), effect: true } },
		{ when: 'the answer has no ID', fault: { answer: answers.fields({ request_id: undefined }) } },
	];

	it.each(cases)('when $when', async ({ fault }) => {
		world.simulator.faults.add({ ...fault, on: POST });
		const run = await world.run('capture', from('T-118'));
		expect(run.status).toBe('error');
		expect(starts()).toBe(1);
	});

	it.each(cases)('by Retry On Fail either, when $when', async ({ fault }) => {
		world.simulator.faults.add({ ...fault, on: POST, times: 1 });
		const run = await world.run('capture', from('T-118'), { node: retry });
		expect(run.error?.message).toMatch(/^It is not known whether Motive started/);
		expect(starts()).toBe(1);
	});

	it('by Retry On Fail either, when it is redirected, as it may have been taken all the same', async () => {
		world.simulator.faults.add({
			on: POST,
			times: 1,
			answer: answers.redirect('/elsewhere', 303),
			effect: true,
		});
		const run = await world.run('capture', from('T-118'), { node: retry });
		expect(run.error?.message).toMatch(/^It is not known whether Motive started/);
		expect(starts()).toBe(1);
	});

	it('but a new execution asks for a new picture', async () => {
		world.simulator.faults.add({ on: POST, times: 1, connection: 'reset', effect: true });
		await world.run('capture', from('T-118'));
		await pictureOf(await world.run('capture', from('T-118')));
		expect(starts()).toBe(2);
	});
});

describe('A start that surely had no effect is sent again', () => {
	it('when Motive gets too many requests', async () => {
		world.simulator.faults.add({ on: POST, times: 2, answer: answers.error(429) });
		await pictureOf(await world.run('capture', from('T-118')));
		expect([starts(), world.simulator.captures.length]).toEqual([3, 1]);
	});

	it('when nobody listens yet', async () => {
		const door = createServer((socket) => {
			const { hostname, port } = new URL(world.simulator.url);
			const behind = connect(Number(port), hostname);
			socket.on('error', () => behind.destroy()).pipe(behind);
			behind.on('error', () => socket.destroy()).pipe(socket);
		});
		const port = await getPort({ host: '127.0.0.1' });
		const run = await world.inTime(async () => {
			setTimeout(() => door.listen(port, '127.0.0.1'), 2_000);
			return await world.engine.runNode({
				parameters: { resource: 'imageCapture', operation: 'capture', ...from('T-118') },
				credentials: {
					motiveApi: { apiKey: world.simulator.apiKey, baseUrl: `http://127.0.0.1:${port}` },
				},
			});
		});
		door.close();
		await pictureOf(run);
		expect(timesOf(world, POST)).toHaveLength(1);
		expect(timesOf(world, POST)[0]).toBeGreaterThanOrEqual(2);
	});
});

describe('Retry On Fail', () => {
	const slow = { ...from('T-118'), positions: ['front_facing', 'rear'], options: { timeout: 20 } };

	it('goes on waiting for what was started, and starts nothing again', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 30_000 });
		const run = await world.run('capture', slow, { node: retry });
		expect(run.status).toBe('success');
		expect(capturesIn(run)).toEqual([1, 2]);
		expect(timesOf(world, POST)).toEqual([0, 1]);
		// The second try polls at once.
		expect(timesOf(world, POLL)).toContain(21);
	});

	it('ends with the IDs, after as many tries as there are', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await world.run('capture', slow, { node: retry });
		expect(run.error?.description).toContain(
			'Request ID 90301, Camera Type Dashcam; Request ID 90302, Camera Type Omnicam',
		);
		expect(starts()).toBe(2);
		expect(timesOf(world, POLL).at(-1)).toBe(62);
	});

	it('fetches a picture whose download failed, without a new capture', async () => {
		world.simulator.faults.add({ on: 'GET image', times: 5, connection: 'cut' });
		await pictureOf(await world.run('capture', from('T-118'), { node: retry }));
		expect(starts()).toBe(1);
	});

	it('starts anew what Motive declared failed, and only that', async () => {
		world.simulator.faults.add({
			on: POLL,
			device: 'T-119',
			times: 1,
			answer: answers.fields({ status: 'failed' }),
		});
		const run = await world.run('capture', fromItem, {
			items: vehicleItems('T-118', 'T-119', 'T-120'),
			node: retry,
		});
		expect(run.status).toBe('success');
		expect(capturesIn(run)).toEqual([1, 4, 3]);
		expect(starts()).toBe(4);
	});

	it('starts anew what Motive has lost', async () => {
		world.simulator.faults.add({
			on: POLL,
			skip: 2,
			times: 30,
			answer: answers.error(404, 'image capture not found'),
		});
		world.simulator.setLatency({ kind: 'constant', ms: 40_000 });
		const run = await world.run('capture', from('T-118'), { node: { ...retry, maxTries: 2 } });
		expect(timesOf(world, POST).length).toBe(2);
		expect(run.items[0]?.json['request_id'] ?? run.error?.message).toBe(firstRequestId + 1);
	});

	it('asks again for what Motive refused, and only for that', async () => {
		world.simulator.faults.add({
			on: POST,
			device: 'T-119',
			times: 1,
			answer: answers.error(422, 'try later'),
		});
		const run = await world.run('capture', fromItem, {
			items: vehicleItems('T-118', 'T-119'),
			node: retry,
		});
		expect(run.status).toBe('success');
		expect(world.simulator.captures.map(({ device }) => device.name)).toEqual(['T-118', 'T-119']);
	});

	it('starts nothing twice when failed items go on as items', async () => {
		world.simulator.setLatency({ kind: 'never' }, 'T-118');
		const run = await world.run(
			'capture',
			{ ...fromItem, options: { timeout: 20 } },
			{ items: vehicleItems('T-118', 'T-119'), node: { ...retry, onError: 'continueErrorOutput' } },
		);
		expect(run.outputs.map((items) => items.length)).toEqual([1, 1]);
		expect(starts()).toBe(2);
		// The first item failed three times.
		expect(timesOf(world, POLL).at(-1)).toBe(62);
	});

	it('keeps two items about the same vehicle apart', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 30_000 });
		const run = await world.run(
			'capture',
			{ ...fromItem, options: { timeout: 20 } },
			{ items: vehicleItems('T-118', 'T-118'), node: retry },
		);
		expect(capturesIn(run)).toEqual([1, 2]);
		expect(starts()).toBe(2);
	});

	it('also after Start starts nothing twice', async () => {
		world.simulator.faults.add({
			on: POST,
			device: 'T-119',
			times: 1,
			answer: answers.error(422, 'try later'),
		});
		const run = await world.run('start', fromItem, {
			items: vehicleItems('T-118', 'T-119'),
			node: retry,
		});
		expect(capturesIn(run)).toEqual([1, 2]);
		expect(starts()).toBe(3);
	});
});

describe('Every round of a loop', () => {
	const node = (
		name: string,
		type: string,
		rest: { parameters?: INodeParameters } & NodeOptions['node'] = {},
	) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		...rest,
	});

	/** Sends the item of T-118 three times through a camera node that retries. */
	async function threeRounds(settings: NodeOptions['node'] = {}): Promise<Run> {
		let rounds = 0;
		const parameters = {
			resource: 'imageCapture',
			operation: 'capture',
			...fromItem,
			options: { timeout: 20 },
		};
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		return await world.inTime(
			async () =>
				await world.engine.runWorkflow(
					{
						nodes: [
							node('Start', 'n8n-nodes-base.manualTrigger'),
							node('Camera', 'n8n-nodes-motive.motive', { ...retry, ...settings, parameters }),
							node('Again', 'test.again'),
						],
						connections: { Start: to('Camera'), Camera: to('Again'), Again: to('Camera') },
					},
					{
						items: vehicleItems('T-118'),
						standIns: { 'test.again': () => [++rounds < 3 ? vehicleItems('T-118') : []] },
					},
				),
		);
	}

	it('takes new pictures, and starts nothing twice within itself', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 30_000 });
		const run = await threeRounds();
		expect(run.status).toBe('success');
		expect(run.runs('Camera').map(capturesIn)).toEqual([[1], [2], [3]]);
		expect(starts()).toBe(3);
	});

	it('takes new pictures also after a round that got none', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await threeRounds({ onError: 'continueRegularOutput' });
		expect(run.runs('Camera').map(({ items }) => items[0]?.json['error'])).toEqual(
			[0, 1, 2].map(
				(before) =>
					`No picture after 20 seconds (dashcam image capture ${firstRequestId + before} of T-118, Front Facing, still pending)`,
			),
		);
		expect(starts()).toBe(3);
	});
});

it('An execution that succeeded remembers nothing of what it started', async () => {
	const run = await world.run('capture', from('T-118'), { node: retry });
	const stored = z.object({ executionData: z.object({ contextData: z.unknown() }) });
	const { executionData } = stored.parse(parse(run.stored));
	expect(executionData.contextData).toEqual({ 'node:Motive': { startedJobs: {} } });
});

describe('n8n’s log has what was started, for whoever looks for it after a crash', () => {
	const linesOf = async (operation: string, parameters: INodeParameters) => {
		const info = vi.spyOn(logger, 'info');
		await world.run(operation, parameters);
		const lines = info.mock.calls.map(([line]) => line);
		info.mockRestore();
		return lines;
	};

	it.each(['capture', 'start'])('%s', async (operation) => {
		expect(
			await linesOf(operation, { ...from('T-118'), positions: ['front_facing', 'rear'] }),
		).toEqual([
			'Motive started dashcam image capture 90301 of T-118, Front Facing (execution execution)',
			'Motive started omnicam image capture 90302 of T-118, Rear (execution execution)',
		]);
	});

	it('but nothing that Motive refused', async () => {
		world.simulator.faults.add({ on: POST, answer: answers.error(422) });
		expect(await linesOf('capture', from('T-118'))).toEqual([]);
	});
});

describe('An agent whose tool call is repeated', () => {
	const tool = (parameters: INodeParameters = {}) => ({
		parameters: { resource: 'imageCapture', operation: 'capture', ...from('T-118'), ...parameters },
		node: retry,
	});

	it('takes one picture in all tries', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const call = world.inTime(
			async () => await world.engine.runTool(tool({ options: { timeout: 20 } })),
		);
		await expect(call).rejects.toThrow('No picture after 20 seconds');
		expect(starts()).toBe(1);
		// It was tried three times.
		expect(timesOf(world, POLL).at(-1)).toBe(62);
	});

	it('takes a new picture with the next question', async () => {
		await world.inTime(async () => await world.engine.runTool(tool()));
		await world.inTime(async () => await world.engine.runTool(tool()));
		expect(starts()).toBe(2);
	});
});

describe('An execution that a person retries', () => {
	const impatient = { ...from('T-118'), options: { timeout: 20 } };

	it('goes on with what was started within the hour', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 30_000 });
		const failed = await world.run('capture', impatient);
		const retried = await world.run('capture', from('T-118'), { retryOf: failed });
		expect(retried.items.map(({ json }) => json['request_id'])).toEqual([firstRequestId]);
		expect(starts()).toBe(1);
	});

	it('takes a new picture a day later', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const failed = await world.run('capture', impatient);
		const started = failed.context['node:Motive']?.['startedJobs'] as Record<string, IDataObject>;
		for (const job of Object.values(started)) job['startedAt'] = runStart.getTime() - 86_400_000;
		world.simulator.setLatency({ kind: 'constant', ms: 7_000 });
		const retried = await world.run('capture', impatient, { retryOf: failed });
		expect(retried.items.map(({ json }) => json['request_id'])).toEqual([firstRequestId + 1]);
	});

	it('starts anew what nobody knows the outcome of, once for all tries of the retry', async () => {
		world.simulator.faults.add({ on: POST, times: 2, connection: 'reset', effect: true });
		const failed = await world.run('capture', impatient);
		expect(failed.error?.message).toMatch(/^It is not known whether Motive started/);
		const retried = await world.run('capture', impatient, { retryOf: failed, node: retry });
		expect(retried.error?.message).toMatch(/^It is not known whether Motive started/);
		expect(starts()).toBe(2);
	});
});

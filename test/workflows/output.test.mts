import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { from, fromItem, pictureOf, POLL, POST, useMotiveWorld, vehicleItems } from './motive.mts';

const world = useMotiveWorld();

const both = { ...fromItem, positions: ['rear', 'front_facing'] };
const perSource = { outputMode: 'source' };

describe('One item per image', () => {
	it('comes in the order of items and positions, each with the number of its input item', async () => {
		// Ready in reverse order.
		world.simulator.setLatency({ kind: 'constant', ms: 30_000 }, 'T-118');
		const run = await world.run('capture', both, { items: vehicleItems('T-118', 'T-119') });
		expect(
			run.items.map(({ binary, pairedItem }) => [binary?.['data']?.fileName, pairedItem]),
		).toEqual([
			['T-118_rear_90301.jpg', { item: 0 }],
			['T-118_front_facing_90303.jpg', { item: 0 }],
			['T-119_rear_90302.jpg', { item: 1 }],
			['T-119_front_facing_90304.jpg', { item: 1 }],
		]);
	});

	it('has its own picture', async () => {
		const run = await world.run('capture', both, { items: vehicleItems('T-118', 'T-119') });
		const pictures = await Promise.all(
			run.items.map(async (_, item) => (await pictureOf(run, item)).toString('base64')),
		);
		expect(new Set(pictures).size).toBe(4);
	});

	it('has the picture in the field that was chosen', async () => {
		const run = await world.run('capture', {
			...from('T-118'),
			options: { binaryProperty: 'photo' },
		});
		expect(Object.keys(run.items[0]?.binary ?? {})).toEqual(['photo']);
		await pictureOf(run, 0, 'photo');
	});

	it.each([
		['Yard/Mule #3', 'Yard-Mule-3_front_facing_90301.jpg'],
		['VAN 7', 'VAN-7_front_facing_90301.jpg'],
	])('has a file name made of the number %s', async (name, fileName) => {
		const run = await world.run('capture', from(name));
		expect(run.items[0]?.binary?.['data']?.fileName).toBe(fileName);
	});

	it('has a file name also when Motive tells only the ID of the vehicle', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.fields({ vehicle: { id: 1040021 } }) });
		const run = await world.run('capture', from('T-118'));
		expect(run.items[0]?.binary?.['data']?.fileName).toBe('vehicle-1040021_front_facing_90301.jpg');
	});

	it('keeps every field of the answer', async () => {
		const extra = { captured_at: '2026-07-01T12:00:05Z', overlay: { speed: 61 }, reason: null };
		world.simulator.faults.add({ on: POLL, answer: answers.fields(extra) });
		const run = await world.run('capture', from('T-118'));
		expect(run.items[0]?.json).toMatchObject(extra);
	});

	it('is not taken for a failed one when the answer has an error field', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.fields({ error: null }) });
		const run = await world.run('capture', from('T-118'), {
			node: {
				onError: 'continueErrorOutput',
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1_000,
			},
		});
		expect(run.outputs.map((items) => items.length)).toEqual([1, 0]);
		expect(run.items[0]?.json).not.toHaveProperty('error');
		expect(run.items[0]?.json).toHaveProperty('motive_error', null);
		expect(world.simulator.received(POST)).toHaveLength(1);
	});

	it('leads later nodes back to the item that it was made of', async () => {
		const node = (name: string, parameters: INodeParameters) => ({
			id: name,
			name,
			type: 'n8n-nodes-motive.motive',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			onError: 'continueRegularOutput' as const,
			parameters: { resource: 'imageCapture', ...parameters },
		});
		const requestId = '={{ $("Start").item.json.number.slice(2) }}';
		await world.inTime(
			async () =>
				await world.engine.runWorkflow(
					{
						nodes: [
							{ ...node('Start', {}), type: 'n8n-nodes-base.manualTrigger' },
							node('Camera', { operation: 'start', ...both }),
							node('Later', {
								operation: 'get',
								requestId,
								cameraType: 'dashcam',
								options: { concurrency: 1 },
							}),
						],
						connections: {
							Start: { main: [[{ node: 'Camera', type: 'main', index: 0 }]] },
							Camera: { main: [[{ node: 'Later', type: 'main', index: 0 }]] },
						},
					},
					{ items: vehicleItems('T-119', 'T-118') },
				),
		);
		expect(world.simulator.received(POLL).map(({ path }) => path)).toEqual(
			['119', '119', '118', '118'].map((id) => `/v1/image_captures/dashcam/${id}`),
		);
	});
});

describe('One item per input item', () => {
	it('has all pictures, in fields named after the positions', async () => {
		const run = await world.run(
			'capture',
			{ ...both, options: perSource },
			{ items: vehicleItems('T-118', 'T-119') },
		);
		expect(run.items).toHaveLength(2);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(Object.keys(run.items[1]?.binary ?? {})).toEqual(['rear', 'front_facing']);
		await pictureOf(run, 1, 'rear');
		expect(run.items[1]?.json).toMatchObject({
			vehicle: { id: 1040022, number: 'T-119' },
			state: 'ready',
			captures: [
				{ position: 'rear', state: 'ready', image: { fileName: 'T-119_rear_90302.jpg' } },
				{
					position: 'front_facing',
					state: 'ready',
					image: { fileName: 'T-119_front_facing_90304.jpg' },
				},
			],
		});
		expect(Object.keys(run.items[1]?.json ?? {})).toEqual([
			'vehicle',
			'state',
			'attachments',
			'captures',
		]);
	});

	it('names the asset', async () => {
		const run = await world.run('capture', { ...from('TRL-204'), options: perSource });
		expect(run.items[0]?.json).toMatchObject({
			asset: { id: 55301, name: 'TRL-204' },
			state: 'ready',
		});
	});

	const words = { ready: 'success', pending: 'queued', failed: 'failed' };
	it.each<[rear: keyof typeof words, front: keyof typeof words, together: string]>([
		['ready', 'pending', 'partial'],
		['ready', 'failed', 'partial'],
		['pending', 'failed', 'pending'],
		['pending', 'pending', 'pending'],
		['failed', 'failed', 'failed'],
	])('of which one is %s and one %s is %s', async (rear, front, together) => {
		for (const [position, state] of [
			['rear', rear],
			['front_facing', front],
		] as const) {
			if (state === 'ready') continue;
			world.simulator.faults.add({ on: POLL, position, answer: answers.failed(words[state]) });
		}
		const options = { ...perSource, whenUnavailable: 'output' };
		const run = await world.run('capture', { ...both, options }, { items: vehicleItems('T-118') });
		expect(run.items).toHaveLength(1);
		expect(run.items[0]?.json).toMatchObject({
			state: together,
			captures: [{ state: rear }, { state: front }],
		});
	});

	it('has the pictures that came, next to an error item for the one that did not', async () => {
		world.simulator.faults.add({ on: POLL, position: 'rear', answer: answers.failed() });
		const run = await world.run(
			'capture',
			{ ...both, options: perSource },
			{ items: vehicleItems('T-118'), node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items).toMatchObject([
			{
				json: { state: 'partial', captures: [{ position: 'front_facing' }] },
				pairedItem: { item: 0 },
			},
			{
				json: {
					error: 'Motive could not take the picture (omnicam image capture 90301 of T-118, Rear)',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(Object.keys(run.items[0]?.binary ?? {})).toEqual(['front_facing']);
	});
});

describe('The link to the picture', () => {
	it('is in the output by default', async () => {
		const run = await world.run('capture', from('T-118'));
		expect(run.items[0]?.json).toMatchObject({
			image: { url: expect.stringContaining('X-Amz-Signature') as unknown },
		});
	});

	it('is nowhere in the output when it is not wanted, but the picture is', async () => {
		const run = await world.run('capture', { ...from('T-118'), options: { includeUrl: false } });
		await pictureOf(run);
		expect(JSON.stringify(run.items)).not.toContain('http');
		expect(run.items[0]?.json).toMatchObject({
			images: { front_facing: { expires_at: '2026-07-01T13:00:08Z' } },
			image: { position: 'front_facing', fileName: 'T-118_front_facing_90301.jpg' },
		});
	});
});

import { expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	firstRequestId,
	from,
	fromItem,
	POST,
	timesOf,
	useMotiveWorld,
	vehicleItems,
} from './motive.mts';

const world = useMotiveWorld();

it('Start asks for the pictures and goes on without waiting', async () => {
	const run = await world.run('start', { ...from('T-118'), positions: ['front_facing', 'rear'] });
	expect(run.items).toEqual([
		{
			json: {
				request_id: firstRequestId,
				camera_type: 'dashcam',
				position: 'front_facing',
				status: 'pending',
				vehicle: { id: 1040021, number: 'T-118' },
				state: 'pending',
				requested_at: expect.any(String) as unknown,
				ready_at: null,
			},
			pairedItem: { item: 0 },
		},
		{
			json: {
				request_id: firstRequestId + 1,
				camera_type: 'omnicam',
				position: 'rear',
				status: 'pending',
				vehicle: { id: 1040021, number: 'T-118' },
				state: 'pending',
				requested_at: expect.any(String) as unknown,
				ready_at: null,
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(world.simulator.requests.map(({ route }) => route)).toEqual([POST, POST]);
});

it('Start says how to get the pictures later', async () => {
	const run = await world.run('start', { ...from('T-118'), positions: ['front_facing', 'rear'] });
	expect(run.hints).toMatchObject([
		{
			message:
				'The cameras are at work. Fetch the pictures in a later step with Get: Request ID 90301, Camera Type Dashcam; ' +
				'Request ID 90302, Camera Type Omnicam.',
			location: 'outputPane',
		},
	]);
});

it('names only the first of many captures that are still pending', async () => {
	world.simulator.setLatency({ kind: 'never' });
	await world.run('start', from('T-118'));
	const items = Array.from({ length: 500 }, () => ({ json: {} }));
	const parameters = { requestId: firstRequestId, cameraType: 'dashcam' };
	const run = await world.run('get', parameters, { items });
	expect(run.items).toHaveLength(500);
	const [hint] = run.hints;
	expect(hint?.message).toContain('90301 and 490 more, Camera Type Dashcam');
	expect(hint?.message.length).toBeLessThan(500);
});

it('Start keeps the order of the items, whatever the order of the answers', async () => {
	world.simulator.faults.add({ on: POST, device: 'T-118', delay: 5_000 });
	const run = await world.run('start', fromItem, {
		items: vehicleItems('T-118', 'T-119', 'T-120'),
	});
	expect(run.items.map(({ json, pairedItem }) => [json['vehicle'], pairedItem])).toEqual([
		[{ id: 1040021, number: 'T-118' }, { item: 0 }],
		[{ id: 1040022, number: 'T-119' }, { item: 1 }],
		[{ id: 1040023, number: 'T-120' }, { item: 2 }],
	]);
});

it('Start puts out a capture that failed at once, with its state', async () => {
	world.simulator.faults.add({ on: POST, answer: answers.fields({ status: 'error' }) });
	const run = await world.run('start', from('T-118'));
	expect(run.items[0]?.json).toMatchObject({ status: 'error', state: 'failed' });
	expect(run.hints).toEqual([]);
});

it('Start spaces the requests of one vehicle', async () => {
	await world.run('start', {
		...from('T-118'),
		positions: ['front_facing', 'driver_facing', 'rear'],
	});
	expect(timesOf(world, POST)).toEqual([0, 1, 2]);
});

import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	capturesIn,
	firstRequestId,
	from,
	fromItem,
	IMAGE,
	pictureOf,
	POLL,
	POST,
	timesOf,
	useMotiveWorld,
	vehicleItems,
} from './motive.mts';

const world = useMotiveWorld();

function bodies(): unknown[] {
	return world.simulator.received(POST).map(({ body }) => body);
}

function gaps(times: number[]): number[] {
	return times
		.slice(1)
		.map((time, index) => Math.round((time - (times[index] ?? 0)) * 1_000) / 1_000);
}

describe('Capture', () => {
	it('starts a capture, waits for it and puts out the picture', async () => {
		const run = await world.run('capture', from('T-118'));
		expect(run.status).toBe('success');
		expect(run.items).toHaveLength(1);
		const url: unknown = expect.stringMatching(/^http:.*X-Amz-Signature=/);
		const expires_at = '2026-07-01T13:00:08Z';
		const picture = await pictureOf(run);
		expect(run.items[0]?.json).toEqual({
			request_id: firstRequestId,
			camera_type: 'dashcam',
			position: 'front_facing',
			status: 'success',
			images: { front_facing: { url, expires_at } },
			vehicle: { id: 1040021, number: 'T-118' },
			state: 'ready',
			requested_at: '2026-07-01T12:00:00.000Z',
			ready_at: expect.stringMatching(/^2026-07-01T12:00:08/) as unknown,
			image: {
				position: 'front_facing',
				url,
				expires_at,
				fileName: 'T-118_front_facing_90301.jpg',
				mimeType: 'image/jpeg',
				fileSize: picture.length,
			},
		});
		expect(run.items[0]?.binary?.['data']).toMatchObject({
			fileName: 'T-118_front_facing_90301.jpg',
			mimeType: 'image/jpeg',
			fileExtension: 'jpg',
		});
		expect(run.hints).toEqual([]);
	});

	it('asks for exactly one vehicle and one position per request', async () => {
		await world.run('capture', { ...from('T-118'), positions: ['front_facing', 'side_left'] });
		expect(bodies()).toEqual([
			{ vehicle_id: 1040021, position: 'front_facing' },
			{ vehicle_id: 1040021, position: 'side_left' },
		]);
	});

	it('takes pictures of assets', async () => {
		const run = await world.run('capture', from('TRL-204'));
		expect(bodies()).toEqual([{ asset_id: 55301, position: 'rear' }]);
		expect(run.items[0]?.json).toMatchObject({
			camera_type: 'omnicam',
			asset: { id: 55301, name: 'TRL-204' },
		});
		expect(run.items[0]?.binary?.['data']?.fileName).toBe('TRL-204_rear_90301.jpg');
	});

	it('adds fields to the request, overrides them, and leaves out those that are null', async () => {
		const bodyJson =
			'{ "vehicle_id": null, "vehicle_number": "T-118", "position": "rear", "quality": { "width": 1920 } }';
		await world.run('capture', { ...from('T-118'), options: { bodyJson } });
		expect(bodies()).toEqual([
			{ vehicle_number: 'T-118', position: 'rear', quality: { width: 1920 } },
		]);
	});

	it('asks for the picture with the camera type that Motive gave, whatever it is', async () => {
		world.simulator.faults.add({
			on: POST,
			answer: answers.fields({ camera_type: 'ai_dashcam_plus' }),
		});
		await world.run('capture', from('T-118'));
		expect(world.simulator.received(POLL)[0]?.path).toBe(
			'/v1/image_captures/ai_dashcam_plus/90301',
		);
	});

	it('does without waiting where the answer to the start has the picture already', async () => {
		const images = { front_facing: { url: `${world.simulator.imageUrl}/nowhere` } };
		world.simulator.faults.add({ on: POST, answer: answers.fields({ status: 'success', images }) });
		const run = await world.run('capture', { ...from('T-118'), downloadImage: false });
		expect(run.items[0]?.json).toMatchObject({ state: 'ready' });
		expect(timesOf(world, POLL)).toEqual([]);
	});

	it('leaves the picture where it is when no download is wanted', async () => {
		const run = await world.run('capture', { ...from('T-118'), downloadImage: false });
		expect(run.items[0]?.json).toMatchObject({ state: 'ready' });
		expect(run.items[0]).not.toHaveProperty('binary');
		expect(timesOf(world, IMAGE)).toEqual([]);
	});
});

describe('The captures of several items', () => {
	it('are all started before the first is asked for', async () => {
		await world.run('capture', fromItem, {
			items: vehicleItems('T-118', 'T-119', 'T-120', 'T-121', 'T-122'),
		});
		const methods = world.simulator.requests
			.filter(({ host }) => host === 'api')
			.map(({ method }) => method);
		expect(methods.slice(0, 6)).toEqual(['POST', 'POST', 'POST', 'POST', 'POST', 'GET']);
		expect(methods.lastIndexOf('POST')).toBe(4);
	});

	it('take as long as the slowest, not as their sum', async () => {
		const names = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122'];
		names.forEach((name, index) =>
			world.simulator.setLatency({ kind: 'constant', ms: 10_000 * (index + 1) }, name),
		);
		const run = await world.run('capture', fromItem, { items: vehicleItems(...names) });
		expect(run.items).toHaveLength(5);
		expect(run.took).toBeGreaterThanOrEqual(50_000);
		expect(run.took).toBeLessThanOrEqual(60_000);
	});

	it('are downloaded as soon as each is ready', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 60_000 }, 'T-119');
		await world.run('capture', fromItem, { items: vehicleItems('T-119', 'T-118') });
		const [first = NaN, second = NaN] = timesOf(world, IMAGE);
		expect(first).toBeLessThan(10);
		expect(second).toBeGreaterThanOrEqual(60);
	});

	it('are never more requests at the same time than allowed', async () => {
		world.simulator.faults.add({ on: POST, delay: 2_000 });
		const names = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122'];
		await world.run(
			'capture',
			{ ...fromItem, options: { concurrency: 2 } },
			{ items: vehicleItems(...names) },
		);
		// Those that are under way together are a moment apart.
		expect(timesOf(world, POST)).toEqual([0, 0.025, 2, 2.025, 4]);
	});

	it('are spaced when they are of one vehicle, also when an item is there twice', async () => {
		const items = vehicleItems('T-118', 'T-118', 'T-118');
		const run = await world.run(
			'capture',
			{ ...fromItem, positions: ['front_facing', 'rear'] },
			{ items },
		);
		expect(run.items).toHaveLength(6);
		expect(timesOf(world, POST)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(capturesIn(run)).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('of one vehicle do not hold up those of another', async () => {
		await world.run('capture', fromItem, {
			items: vehicleItems('T-118', 'T-118', 'T-118', 'T-119'),
		});
		expect(timesOf(world, POST)).toEqual([0, 0, 1, 2]);
	});
});

describe('Between start and picture', () => {
	it('looks are close together at first, then further apart, and end with the picture', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 175_000 });
		const run = await world.run('capture', from('T-118'));
		const asked = timesOf(world, POLL);
		const waits = gaps(asked);
		expect(asked[0]).toBe(3);
		expect(Math.max(...waits.slice(0, 8))).toBeLessThan(3);
		expect(Math.min(...waits.slice(-8))).toBeGreaterThan(6);
		expect(Math.max(...waits)).toBe(10);
		// No sleep after the answer that counts.
		expect(timesOf(world, IMAGE)).toEqual([asked.at(-1)]);
		expect(run.took).toBe((asked.at(-1) ?? 0) * 1_000);
		expect(asked.filter((time) => time >= 175)).toHaveLength(1);
	});

	it('looks are never further apart than the longest polling interval', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 100_000 });
		await world.run('capture', { ...from('T-118'), options: { pollInterval: 4 } });
		expect(Math.max(...gaps(timesOf(world, POLL)))).toBe(4);
	});
});

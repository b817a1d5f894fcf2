import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	firstRequestId,
	from,
	IMAGE,
	pictureOf,
	POLL,
	secondsAt,
	timesOf,
	useMotiveWorld,
} from './motive.mts';

const world = useMotiveWorld();

/** Starts captures of T-118 that are ready after `ms`, also by the clock of the next run. */
async function started(ms: number, positions = ['front_facing']): Promise<void> {
	world.simulator.setLatency({ kind: 'constant', ms });
	await world.run('start', { ...from('T-118'), positions });
}

describe('Get without waiting', () => {
	it('puts out a capture that is ready, with its picture, after one request', async () => {
		await started(0);
		const run = await world.run('get', { requestId: firstRequestId });
		expect(run.items).toHaveLength(1);
		expect(run.items[0]?.json).toMatchObject({
			request_id: firstRequestId,
			status: 'success',
			state: 'ready',
		});
		expect((await pictureOf(run)).length).toBe(run.items[0]?.binary?.['data']?.bytes);
		expect([timesOf(world, POLL), timesOf(world, IMAGE)]).toEqual([[0], [0]]);
	});

	it('puts out a capture that is pending, so that a workflow can make its own loop', async () => {
		await started(60_000);
		const run = await world.run('get', { requestId: firstRequestId });
		expect(run.items).toEqual([
			{
				json: {
					request_id: firstRequestId,
					camera_type: 'dashcam',
					position: 'front_facing',
					status: 'pending',
					images: {},
					vehicle: { id: 1040021, number: 'T-118' },
					state: 'pending',
					requested_at: null,
					ready_at: null,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(timesOf(world, POLL)).toEqual([0]);
	});

	it('puts out a capture that failed, with its state', async () => {
		await started(0);
		world.simulator.faults.add({ on: POLL, answer: answers.failed('expired') });
		const run = await world.run('get', { requestId: firstRequestId });
		expect(run.status).toBe('success');
		expect(run.items[0]?.json).toMatchObject({ status: 'expired', state: 'failed' });
		expect(timesOf(world, POLL)).toEqual([0]);
	});

	it('leaves the picture where it is when no download is wanted', async () => {
		await started(0);
		const run = await world.run('get', { requestId: firstRequestId, downloadImage: false });
		expect(run.items[0]?.json).toMatchObject({
			state: 'ready',
			image: { position: 'front_facing' },
		});
		expect(run.items[0]).not.toHaveProperty('binary');
		expect(timesOf(world, IMAGE)).toEqual([]);
	});

	it('takes the ID and the camera type from each item', async () => {
		await started(0, ['front_facing', 'rear']);
		const run = await world.run(
			'get',
			{ requestId: '={{ $json.request_id }}', cameraType: '={{ $json.camera_type }}' },
			{
				items: [
					{ json: { request_id: ` ${firstRequestId + 1} `, camera_type: 'omnicam' } },
					{ json: { request_id: firstRequestId, camera_type: 'dashcam' } },
				],
			},
		);
		expect(run.items.map(({ json, pairedItem }) => [json['position'], pairedItem])).toEqual([
			['rear', { item: 0 }],
			['front_facing', { item: 1 }],
		]);
	});

	it('asks with a camera type that nobody here has heard of', async () => {
		await world.run('get', { requestId: firstRequestId, cameraType: '={{ "ai_dashcam_plus" }}' });
		expect(world.simulator.received(POLL).map(({ path }) => path)).toEqual([
			`/v1/image_captures/ai_dashcam_plus/${firstRequestId}`,
		]);
	});

	it('asks again when Motive fails for a moment', async () => {
		await started(0);
		world.simulator.faults.add({ on: POLL, times: 2, answer: answers.error(500) });
		world.simulator.faults.add({ on: POLL, times: 1, connection: 'reset' });
		await pictureOf(await world.run('get', { requestId: firstRequestId }));
		expect(timesOf(world, POLL)).toHaveLength(4);
	});
});

describe('Get that waits', () => {
	it('asks until the picture is there', async () => {
		await started(20_000);
		const run = await world.run('get', { requestId: firstRequestId, waitForImage: true });
		await pictureOf(run);
		const asked = timesOf(world, POLL);
		expect(asked[0]).toBe(0);
		expect(asked.at(-1)).toBeGreaterThanOrEqual(20);
		expect(asked.at(-1)).toBeLessThan(27);
		expect(timesOf(world, IMAGE)).toEqual([asked.at(-1)]);
	});

	it('asks once when the picture is there already', async () => {
		await started(0);
		await pictureOf(await world.run('get', { requestId: firstRequestId, waitForImage: true }));
		expect(timesOf(world, POLL)).toEqual([0]);
	});

	it('fails when the time is up', async () => {
		await started(600_000);
		const run = await world.run('get', {
			requestId: firstRequestId,
			waitForImage: true,
			options: { timeout: 30 },
		});
		expect(run.error?.message).toBe(
			'No picture after 30 seconds (dashcam image capture 90301 of T-118, Front Facing, still pending)',
		);
		expect(secondsAt(world.simulator.requests.at(-1)?.at ?? 0)).toBe(30);
	});

	it('never starts anything', async () => {
		await started(600_000);
		world.simulator.reset();
		await world.run(
			'get',
			{ requestId: firstRequestId, cameraType: 'dashcam', waitForImage: true },
			{ node: { retryOnFail: true, maxTries: 3 } },
		);
		expect(world.simulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
	});
});

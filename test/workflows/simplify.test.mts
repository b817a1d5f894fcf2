/** What users see of an image capture at first: one flat row, the same for Capture, Start and Get. */
import { describe, expect, it } from 'vitest';

import type { Run } from '../engine/run.mts';
import { firstRequestId, from, POLL, useMotiveWorld } from './motive.mts';

const world = useMotiveWorld();

const run = async (operation: string, parameters: Parameters<typeof world.run>[1]): Promise<Run> =>
	await world.run(operation, { simplify: true, ...parameters });

const row = {
	state: 'ready',
	vehicle_id: 1040021,
	vehicle_number: 'T-118',
	position: 'front_facing',
	file_name: `T-118_front_facing_${firstRequestId}.jpg`,
	requested_at: '2026-07-01T12:00:00.000Z',
	ready_at: expect.stringMatching(/^2026-07-01T12:00:0[789]\.\d{3}Z$/) as unknown,
	request_id: firstRequestId,
	camera_type: 'dashcam',
	status: 'success',
	url: expect.stringContaining('X-Amz-Signature') as unknown,
	url_expires_at: expect.stringMatching(/^2026-07-01T13:00/) as unknown,
};

describe('A simplified row', () => {
	it('is what a new node gives', async () => {
		const { items } = await world.inTime(
			async () =>
				await world.engine.runNode({
					parameters: { resource: 'imageCapture', operation: 'capture', ...from('T-118') },
				}),
		);
		expect(items[0]?.json).toEqual(row);
		expect(Object.keys(items[0]?.json ?? {})).toEqual(Object.keys(row));
	});

	it('of Start knows what was asked for, and not yet what comes of it', async () => {
		const { items } = await run('start', from('T-118'));
		expect(items[0]?.json).toEqual({
			...row,
			state: 'pending',
			status: 'pending',
			file_name: null,
			ready_at: null,
			url: null,
			url_expires_at: null,
		});
	});

	it('of Get does not know when somebody else asked', async () => {
		await run('start', from('T-118'));
		const { items } = await run('get', { requestId: firstRequestId, waitForImage: true });
		expect(items[0]?.json).toEqual({ ...row, requested_at: null });
	});

	it('of an asset names the asset', async () => {
		const { items } = await run('start', from('TRL-204'));
		expect(items[0]?.json).toMatchObject({ asset_id: 55301, asset_name: 'TRL-204' });
		expect(items[0]?.json).not.toHaveProperty('vehicle_id');
	});

	it('has no link where links are switched off', async () => {
		const { items } = await run('capture', { ...from('T-118'), options: { includeUrl: false } });
		expect(Object.keys(items[0]?.json ?? {})).toEqual(
			Object.keys(row).filter((name) => !name.startsWith('url')),
		);
	});

	it('says where the vehicle is, if that was asked for', async () => {
		const { items } = await run('capture', {
			...from('T-118'),
			options: { includeLocation: true },
		});
		expect(items[0]?.json).toMatchObject({
			location: expect.any(String) as unknown,
			lat: expect.any(Number) as unknown,
			lon: expect.any(Number) as unknown,
			located_at: expect.any(String) as unknown,
		});
	});
});

describe('One simplified item per input item', () => {
	it('names its files as mail nodes want them', async () => {
		const { items } = await run('capture', {
			...from('T-118'),
			positions: ['front_facing', 'rear'],
			options: { outputMode: 'source' },
		});
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			state: 'ready',
			vehicle_id: 1040021,
			vehicle_number: 'T-118',
			attachments: 'front_facing,rear',
			captures: [row, { position: 'rear' }],
		});
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['front_facing', 'rear']);
	});
});

describe('The camera type', () => {
	const typesAsked = () => world.simulator.received(POLL).map(({ path }) => path.split('/').at(-2));

	it('is found by itself', async () => {
		await run('start', { ...from('T-118'), positions: ['rear'] });
		const { items } = await run('get', { requestId: firstRequestId, waitForImage: true });
		expect(items[0]?.json).toMatchObject({ camera_type: 'omnicam', state: 'ready' });
		expect(typesAsked().slice(0, 2)).toEqual(['dashcam', 'omnicam']);
		// Once it is known, nothing else is asked.
		expect(new Set(typesAsked().slice(2))).toEqual(new Set(['omnicam']));
	});

	it('is told where it was chosen', async () => {
		await run('start', { ...from('T-118'), positions: ['rear'] });
		await run('get', { requestId: firstRequestId, cameraType: 'omnicam' });
		expect(typesAsked()).toEqual(['omnicam']);
	});

	it('of a capture that is not there is not guessed', async () => {
		const { error } = await run('get', { requestId: 999_999 });
		expect(error?.message).toBe('Motive has no image capture 999999');
		expect(typesAsked()).toEqual(['dashcam', 'omnicam']);
	});
});

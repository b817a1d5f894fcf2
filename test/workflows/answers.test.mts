import { describe, expect, it } from 'vitest';

import type { NodeOptions } from '../engine/engine.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import * as shapes from '../simulator/shapes.mts';
import {
	deviceNamed,
	firstRequestId,
	from,
	pictureOf,
	POLL,
	POST,
	timesOf,
	useMotiveWorld,
	vehicleByNumber,
} from './motive.mts';

const RECALL = 'POST /v1/video_recall_requests';
const RECALL_POLL = 'GET /v1/video_recall_requests/:id';

const world = useMotiveWorld({ recallLatency: { kind: 'constant', ms: 60_000 } });

async function captureWith(fault: Fault, parameters: NodeOptions['parameters'] = {}) {
	world.simulator.faults.add(fault);
	return await world.run('capture', { ...from('T-118'), ...parameters });
}

async function recallWith(fault: Fault, parameters: NodeOptions['parameters'] = {}) {
	world.simulator.faults.add(fault);
	return await world.run('create', {
		resource: 'videoRecall',
		recallFrom: 'vehicle',
		vehicleId: vehicleByNumber('T-118'),
		startTime: '2026-07-01T08:00:00Z',
		recallType: 'regular',
		duration: 1,
		cameraPositions: ['front_facing', 'driver_facing'],
		waitForVideo: true,
		...parameters,
	});
}

describe('An image capture is read', () => {
	it.each<[string, answers.Edit]>([
		['with "nil" for the links that are to come', shapes.nilLinks],
		['with its images as a list', shapes.listedImages],
		[
			'with its images as a list, and no position',
			answers.all(shapes.listedImages, shapes.withoutPosition),
		],
		['with its ids as text', shapes.idsAsText],
		['in a wrapper', answers.wrapped('image_capture')],
		['with a link at the look after the one at which it succeeds', shapes.lateLinks()],
		['without any status', answers.fields({ status: undefined })],
		[
			'with a failure for a status and its link',
			answers.onceReady(answers.fields({ status: 'error' })),
		],
	])('%s', async (_, answer) => {
		const run = await captureWith({ on: POLL, answer });
		await pictureOf(run);
		expect(run.items).toHaveLength(1);
		expect(run.items[0]?.json).toMatchObject({
			state: 'ready',
			position: 'front_facing',
			image: { position: 'front_facing', fileName: 'T-118_front_facing_90301.jpg' },
		});
	});

	it('with several images and no position: each is an image', async () => {
		const run = await captureWith(
			{
				on: POLL,
				brings: ['front_facing', 'driver_facing'],
				answer: shapes.withoutPosition,
			},
			{ positions: ['rear'] },
		);
		expect(run.items.map(({ json }) => json['image'])).toMatchObject([
			{ position: 'front_facing' },
			{ position: 'driver_facing' },
		]);
		expect(await pictureOf(run, 0)).not.toEqual(await pictureOf(run, 1));
	});

	it('with two images of one position: both are delivered', async () => {
		const run = await captureWith({ on: POLL, brings: ['front_facing', 'front_facing'] });
		expect(run.items.map(({ binary }) => binary?.['data']?.fileName)).toEqual([
			'T-118_front_facing_90301.jpg',
			'T-118_front_facing_90301_2.jpg',
		]);
		const links = run.items.map(({ json }) => (json['image'] as { url: string }).url);
		expect(new Set(links).size).toBe(2);
	});

	it('with two images of one position into two fields of one item', async () => {
		const run = await captureWith(
			{ on: POLL, brings: ['front_facing', 'front_facing'] },
			{ options: { outputMode: 'source' } },
		);
		expect(Object.keys(run.items[0]?.binary ?? {})).toEqual(['front_facing', 'front_facing_2']);
	});
});

describe('A capture that Motive calls ready without a link', () => {
	const withoutLink = answers.onceReady(answers.withoutFiles);

	it('is asked for again until its time is up, and then the message says so', async () => {
		const run = await captureWith({ on: POLL, answer: withoutLink }, { options: { timeout: 30 } });
		expect(run.error?.message).toContain(
			'Motive says that the picture is ready, but gives no link',
		);
		expect(timesOf(world, POLL).at(-1)).toBe(30);
	});

	it('comes out as pending where that is wanted', async () => {
		const run = await captureWith(
			{ on: POLL, answer: withoutLink },
			{ options: { timeout: 10, whenUnavailable: 'output' } },
		);
		expect(run.items[0]?.json).toMatchObject({ state: 'pending', status: 'success' });
	});
});

it('The status unknown is not the end while time is left', async () => {
	await pictureOf(
		await captureWith({
			on: POLL,
			times: 2,
			answer: answers.all(answers.withoutFiles, answers.fields({ status: 'Unknown' })),
		}),
	);
});

describe('Motive refuses in words, with a good status', () => {
	it.each([200, 201])(
		'HTTP %i at the start: its words are the message, and nothing is left open',
		async (status) => {
			const fault = {
				on: POST,
				answer: { status, headers: {}, body: { error_message: 'Camera is off' } },
			} as const;
			const run = await captureWith(fault, {});
			expect(run.error?.message).toContain('Motive refused');
			expect(run.error?.message).toContain('Camera is off');
			expect(run.error?.description).not.toContain('Base URL');
			expect(run.stored).not.toContain('startedAt');
		},
	);

	it('at a look', async () => {
		const run = await captureWith({
			on: POLL,
			answer: { body: { error_message: 'Camera is off' } },
		});
		expect(run.error?.message).toContain('Camera is off');
	});

	it('in place of a list', async () => {
		world.simulator.faults.add({
			on: 'GET /v1/vehicles',
			answer: { body: { error_message: 'Not in your plan' } },
		});
		const run = await world.run('getAll', { resource: 'vehicle' });
		expect(run.error?.message).toContain('Not in your plan');
	});

	it('in place of a vehicle', async () => {
		world.simulator.faults.add({
			on: 'GET /v1/vehicles/lookup',
			answer: { body: { error_message: 'Not in your plan' } },
		});
		const run = await world.run('capture', { vehicleId: vehicleByNumber('T-118') });
		expect(run.error?.message).toContain('Not in your plan');
	});

	it('without the key in them', async () => {
		const words = `Key ${world.simulator.apiKey} may not`;
		const run = await captureWith({ on: POST, answer: { body: { error_message: words } } });
		expect(run.error?.message).toContain('Key *** may not');
	});
});

describe('An answer about something else is never delivered', () => {
	/** Captures of two vehicles; the answers about that of T-118 are about the other. */
	const other = { params: { request_id: String(firstRequestId) } };

	it.each<[string, Fault]>([
		['another capture', { on: POLL, device: 'T-118', asked: other }],
		[
			'a capture of another vehicle',
			{
				on: POLL,
				device: 'T-118',
				answer: answers.fields({ vehicle: { id: deviceNamed('T-119').id, number: 'T-119' } }),
			},
		],
		[
			'a capture of an asset',
			{
				on: POLL,
				device: 'T-118',
				answer: answers.fields({
					vehicle: undefined,
					asset: { id: deviceNamed('TRL-204').id, name: 'TRL-204' },
				}),
			},
		],
	])('%s', async (_, fault) => {
		await world.run('start', from('T-119'));
		const passing = await captureWith({ ...fault, times: 1 });
		await pictureOf(passing);
		expect(passing.items[0]?.json).toMatchObject({ vehicle: { number: 'T-118' } });

		const run = await captureWith(fault);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('Motive answered with');
		expect(world.simulator.received('GET image')).toHaveLength(1);
	});

	it('another recall', async () => {
		const run = await recallWith({ on: RECALL_POLL, answer: answers.fields({ id: 'ffffff' }) });
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('Motive answered with another video recall, ffffff');
	});
});

describe('A camera type that is no plain word', () => {
	it.each(['..', '../../v1/companies', 'dash/cam', 'a b', '%2e%2e'])(
		'%s gets into no path',
		async (type) => {
			const run = await captureWith({ on: POST, answer: answers.fields({ camera_type: type }) });
			expect(run.error?.message).toContain('camera type');
			expect(world.simulator.requests.map(({ route }) => route)).toEqual([POST]);
		},
	);
});

describe('A video recall', () => {
	it.each<[string, answers.Edit]>([
		[
			'with a word that nobody knows and all its links',
			answers.onceReady(answers.fields({ status: 'completed' })),
		],
		['with "nil" for the links that are to come', shapes.nilLinks],
		['with its cameras as a map', shapes.listsAsMaps],
		['with links at the look after the one at which it succeeds', shapes.lateLinks()],
		[
			'that Motive still calls pending although all videos that were asked for are there',
			answers.onceReady(answers.fields({ status: 'pending' })),
		],
	])('%s is ready', async (_, answer) => {
		const run = await recallWith({ on: RECALL_POLL, answer });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json['video'])).toMatchObject([
			{ position: 'front_facing' },
			{ position: 'driver_facing' },
		]);
		expect(timesOf(world, RECALL_POLL).at(-1)).toBeLessThan(150);
	});

	it('with two videos of one camera brings both', async () => {
		const run = await recallWith(
			{ on: RECALL_POLL, brings: ['rear', 'rear'] },
			{ cameraPositions: ['rear'] },
		);
		expect(run.items.map(({ json }) => json['video'])).toMatchObject([
			{ position: 'rear', fileName: 'T-118_rear_8f0c1a.mp4' },
			{ position: 'rear', fileName: 'T-118_rear_8f0c1a_2.mp4' },
		]);
		const links = run.items.map(({ json }) => (json['video'] as { url: string }).url);
		expect(new Set(links).size).toBe(2);
	});

	it('waits for the video of the second camera', async () => {
		const onlyFirst = answers.edit((body) => ({
			...body,
			status: 'processing',
			cameras: (body['cameras'] as unknown[]).slice(0, 1),
		}));
		const run = await recallWith({
			on: RECALL_POLL,
			times: 2,
			skip: 1,
			answer: answers.onceReady(onlyFirst),
		});
		expect(run.items).toHaveLength(2);
	});

	it('whose ID is no plain word is refused', async () => {
		const run = await recallWith({ on: RECALL, answer: answers.fields({ id: '..' }) });
		expect(run.error?.message).toContain('recall ID');
		expect(world.simulator.requests.map(({ route }) => route)).toEqual([RECALL]);
		const get = await world.run('get', { resource: 'videoRecall', recallId: '..' });
		expect(get.error?.message).toContain('Recall ID must be one word');
	});
});

describe('An answer that is out of all proportion is a clear failure', () => {
	it.each<[string, answers.Edit]>([
		['3,000 levels deep', shapes.nested(3_000)],
		['buried 3,000 levels deep', shapes.buried(3_000)],
		['of 5 MB', shapes.padded(5_000_000)],
	])('%s', async (_, answer) => {
		const run = await captureWith({ on: POLL, answer });
		expect(run.error?.message).toMatch(/is nested too deeply|is larger than 4 MB/);
		expect(run.items).toEqual([]);
	});

	it('and the next one counts', async () => {
		await pictureOf(await captureWith({ on: POLL, times: 1, answer: shapes.nested(3_000) }));
	});

	it('as a refusal, too', async () => {
		const answer = {
			status: 400,
			headers: {},
			body: `{"errors":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
		};
		const run = await captureWith({
			on: POST,
			answer: { ...answer, headers: { 'content-type': 'application/json' } },
		});
		expect(run.error?.message).toContain('Motive refused');
	});
});

import { describe, expect, it } from 'vitest';

import type { NodeOptions } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import { credentialsIn, from, timesOf, useMotiveWorld, vehicleByNumber } from './motive.mts';

const CREATE = 'POST /v1/video_recall_requests';
const ASK = 'GET /v1/video_recall_requests/:id';
const VIDEO = 'GET video';

const world = useMotiveWorld({ recallLatency: { kind: 'constant', ms: 240_000 } });

const footage = { startTime: '2026-07-01T08:00:00Z', recallType: 'regular', duration: 1 };
const retry = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1_000,
} satisfies NodeOptions['node'];

async function recall(
	parameters: NodeOptions['parameters'],
	rest: Partial<NodeOptions> = {},
): Promise<Run> {
	const vehicle = { recallFrom: 'vehicle', vehicleId: vehicleByNumber('T-118') };
	return await world.run(
		'create',
		{ resource: 'videoRecall', ...vehicle, ...footage, ...parameters },
		rest,
	);
}

const bodies = () => world.simulator.received(CREATE).map(({ body }) => body);

describe('Create', () => {
	it('asks for the video and goes on at once', async () => {
		const run = await recall({ cameraPositions: ['front_facing', 'rear'] });
		expect(bodies()).toEqual([
			{
				vehicle_number: 'T-118',
				start_time: '2026-07-01T08:00:00.000Z',
				duration: 1,
				recall_type: 'regular',
				camera_positions: ['front_facing', 'rear'],
			},
		]);
		expect(run.items).toMatchObject([
			{ json: { id: '8f0c1a', state: 'pending' }, pairedItem: { item: 0 } },
		]);
		expect(run.hints.map(({ message }) => message).join()).toContain('8f0c1a');
		expect(world.simulator.received(ASK)).toEqual([]);
	});

	it.each([[['all']], [['all', 'rear']], [['All Cameras']], [[]], [undefined]])(
		'asks for all cameras where %j is chosen',
		async (positions) => {
			await recall(positions === undefined ? {} : { cameraPositions: positions });
			expect(bodies()).toHaveLength(1);
			expect(bodies()[0]).not.toHaveProperty('camera_positions');
		},
	);

	it('waits for the videos and puts each into an item of its own', async () => {
		const run = await recall({
			waitForVideo: true,
			cameraPositions: ['front_facing', 'driver_facing'],
		});
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json['video'])).toMatchObject([
			{
				position: 'front_facing',
				fileName: 'T-118_front_facing_8f0c1a.mp4',
				mimeType: 'video/mp4',
			},
			{
				position: 'driver_facing',
				fileName: 'T-118_driver_facing_8f0c1a.mp4',
				mimeType: 'video/mp4',
			},
		]);
		for (const { binary, pairedItem } of run.items) {
			const bytes = await run.file(binary?.['data']);
			expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp');
			expect(binary?.['data']?.bytes).toBe(bytes.length);
			expect(pairedItem).toEqual({ item: 0 });
		}
		expect(world.simulator.received(VIDEO).flatMap((request) => credentialsIn(request))).toEqual(
			[],
		);
	});

	it('names a vehicle picked by its ID, and an asset, as Motive wants them', async () => {
		const { vehicleId } = from('T-119');
		await recall({ vehicleId: vehicleId ?? null });
		await recall({ recallFrom: 'asset', ...from('TRL-204') });
		expect(bodies()).toMatchObject([{ vehicle_number: 'T-119' }, { asset_name: 'TRL-204' }]);
	});

	it('is asked for less often the longer it takes, and not after it is ready', async () => {
		await recall({ waitForVideo: true, downloadVideo: false });
		const times = timesOf(world, ASK);
		const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		expect(Math.max(...gaps)).toBeLessThanOrEqual(31);
		expect(times.filter((at) => at >= 240)).toHaveLength(1);
	});
});

describe('What Motive would refuse is refused before any request', () => {
	it.each([
		[
			'a moment in the future',
			{ startTime: '2026-07-02T08:00:00Z' },
			'Start Time is in the future',
		],
		['no moment', { startTime: '={{ "" }}' }, 'Start Time must be a date and time'],
		[
			'a length that there is not',
			{ duration: 7 },
			'Duration must be one of: 1 Minute, 2 Minutes, 3 Minutes, but is “7”',
		],
		[
			'a timelapse that is too short',
			{ recallType: 'timelapse', duration: 1 },
			'Duration must be one of: 5 Minutes, 10 Minutes, 15 Minutes, 30 Minutes, ',
		],
		[
			'a camera that there is not',
			{ cameraPositions: ['front_facing', 'roof'] },
			'Camera Positions has “roof”',
		],
	])('%s', async (_, parameters, message) => {
		const run = await recall(parameters);
		expect(run.error?.message).toContain(message);
		expect(world.simulator.requests).toEqual([]);
	});
});

describe('A recall is never asked for twice', () => {
	it('by Retry On Fail: the next try goes on with the one that was started', async () => {
		world.simulator.faults.add({ on: VIDEO, times: 2, answer: { status: 403 } });
		const run = await recall(
			{ waitForVideo: true, cameraPositions: ['front_facing'] },
			{ node: retry },
		);
		expect(run.error).toBeUndefined();
		expect(run.items[0]?.binary?.['data']?.mimeType).toBe('video/mp4');
		expect(bodies()).toHaveLength(1);
	});

	it('even when its start time comes from the clock and is another one in the next try', async () => {
		world.simulator.faults.add({ on: VIDEO, times: 2, answer: { status: 403 } });
		const startTime = '={{ $now.minus({ hours: 4 }).toISO() }}';
		await recall(
			{ startTime, waitForVideo: true, cameraPositions: ['front_facing'] },
			{ node: retry },
		);
		expect(bodies()).toHaveLength(1);
	});

	it('when nobody knows what became of the request', async () => {
		world.simulator.faults.add({ on: CREATE, times: 1, connection: 'reset', effect: true });
		const run = await recall({}, { node: retry });
		expect(run.error?.message).toBe(
			'It is not known whether Motive started the video recall of T-118',
		);
		expect(run.error?.description).toContain('use up minutes of the quota twice');
		expect(bodies()).toHaveLength(1);
	});
});

describe('When there is no video', () => {
	it('Motive says that it failed', async () => {
		world.simulator.faults.add({ on: ASK, answer: answers.failed() });
		const run = await recall({ waitForVideo: true });
		expect(run.error?.message).toBe('Motive could not recall the video (video recall 8f0c1a)');
	});

	it('the time is up, and the text says how to get it later', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await recall({ waitForVideo: true, options: { timeout: 60 } });
		expect(run.error?.message).toBe(
			'No video after 60 seconds (video recall 8f0c1a, still pending)',
		);
		expect(run.error?.description).toContain('Fetch the video later with Get: Recall ID 8f0c1a.');
	});

	it('the item goes on where that is wanted', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const options = { timeout: 60, whenUnavailable: 'output' };
		const run = await recall({ waitForVideo: true, options });
		expect(run.items).toMatchObject([
			{ json: { id: '8f0c1a', state: 'pending', status: 'pending' } },
		]);
	});

	it('of one camera, those of the others come all the same', async () => {
		world.simulator.faults.add({ on: VIDEO, position: 'rear', answer: { status: 403 } });
		const parameters = { waitForVideo: true, cameraPositions: ['front_facing', 'rear'] };
		const run = await recall(parameters, { node: { onError: 'continueRegularOutput' } });
		expect(run.items).toMatchObject([
			{
				json: { video: { position: 'front_facing' } },
				binary: { data: { mimeType: 'video/mp4' } },
			},
			{ json: { error: 'The host of the video answered HTTP 403 (video recall 8f0c1a, Rear)' } },
		]);
	});
});

describe('The videos of a recall', () => {
	const withVideos = (
		status: string,
		change: (first: answers.JsonObject) => answers.JsonObject[],
	) =>
		answers.onceReady(
			answers.edit(({ cameras, ...rest }) => {
				const [first] = Array.isArray(cameras) ? (cameras as answers.JsonObject[]) : [];
				return { ...rest, status, cameras: change(first ?? {}) };
			}),
		);

	it('are all delivered under names of their own, also under a new status word', async () => {
		const answer = withVideos('finalised', (first) => [
			first,
			first,
			{ ...first, position: undefined },
		]);
		world.simulator.faults.add({ on: ASK, answer });
		const run = await recall({ waitForVideo: true });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json['video'])).toMatchObject([
			{ position: 'front_facing', fileName: 'T-118_front_facing_8f0c1a.mp4' },
			{ position: 'front_facing', fileName: 'T-118_front_facing_8f0c1a_2.mp4' },
			{ fileName: 'T-118_8f0c1a.mp4' },
		]);
		expect(run.hints).toEqual([]);
	});

	it('are told of where one has no link', async () => {
		const withoutLink = { position: 'rear', download_url: null };
		const answer = withVideos('success', (first) => [first, withoutLink]);
		world.simulator.faults.add({ on: ASK, answer });
		const run = await recall({ waitForVideo: true });
		expect(run.items).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			'Motive gave no link to: video recall 8f0c1a (Rear)',
		]);
	});
});

describe('Get', () => {
	const get = async (parameters: NodeOptions['parameters']) =>
		await world.run('get', { resource: 'videoRecall', recallId: '8f0c1a', ...parameters });

	it('fetches a recall as it is, and waits for it where asked to', async () => {
		await recall({ cameraPositions: ['front_facing'] });
		const asItIs = await get({});
		expect(asItIs.items).toMatchObject([{ json: { state: 'pending' } }]);
		const waited = await get({
			waitForVideo: true,
			options: { binaryProperty: 'clip', includeUrl: false },
		});
		expect(waited.items[0]?.binary?.['clip']?.mimeType).toBe('video/mp4');
		expect(waited.stored).not.toContain('X-Amz-Signature');
	});

	it('says what is wrong with an ID that Motive does not know', async () => {
		const run = await get({});
		expect(run.error?.message).toBe('Motive has no video recall 8f0c1a');
		expect(run.error?.description).toContain('Check the vehicle, the asset or the recall ID');
	});
});

it('Get Quota tells how many minutes are left', async () => {
	await recall({});
	const run = await world.run('getQuota', { resource: 'videoRecall' });
	const { regular } = world.simulator.recallQuota;
	expect(run.items).toMatchObject([
		{
			json: {
				regular: { used_minutes: 1, total_minutes: regular, remaining_minutes: regular - 1 },
			},
		},
	]);
});

it('Fifty items about one asset read the list of assets once', async () => {
	const assetId = { __rl: true, mode: 'id', value: '55301' };
	const run = await world.run(
		'create',
		{
			resource: 'videoRecall',
			recallFrom: 'asset',
			assetId,
			...footage,
			startTime: '={{ $json.at }}',
		},
		{ items: Array.from({ length: 50 }, (_, minute) => ({ json: { at: timeAt(minute) } })) },
	);
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(50);
	expect(world.simulator.received('GET /v1/assets')).toHaveLength(1);
});

/** A moment of the morning, so many minutes after eight. */
function timeAt(minute: number): string {
	return new Date(Date.parse(footage.startTime) + minute * 60_000).toISOString();
}

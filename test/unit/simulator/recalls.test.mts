import { describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { iso } from '../../simulator/motive.mts';
import { isRecord } from '../../simulator/values.mts';
import { makeVideo } from '../../simulator/videos.mts';
import { useSimulator } from './harness.mts';

const POST = 'POST /v1/video_recall_requests';
const GET = 'GET /v1/video_recall_requests/:id';
const MINUTE = 60_000;

const { clock, client, simulator } = useSimulator();

const recall = async (changes: object = {}) =>
	await client().call('POST', '/v1/video_recall_requests', {
		vehicle_number: 'T-118',
		start_time: '2026-07-01T12:00:00Z',
		duration: 1,
		recall_type: 'regular',
		camera_positions: ['front_facing', 'driver_facing'],
		...changes,
	});
const poll = async () => await client().call('GET', '/v1/video_recall_requests/8f0c1a');

/** The videos of a finished recall, by position. */
function videosIn({ data }: { data: unknown }): Record<string, string> {
	const cameras: unknown[] =
		isRecord(data) && Array.isArray(data['cameras']) ? data['cameras'] : [];
	return Object.fromEntries(
		cameras
			.filter(isRecord)
			.map((camera) => [String(camera['position']), String(camera['download_url'])]),
	);
}

describe('a video recall', () => {
	it('is pending until its time has come, then has a video of each camera', async () => {
		simulator().setLatency({ kind: 'constant', ms: 4 * MINUTE });
		const started = await recall();
		const common = {
			id: '8f0c1a',
			primary_entity: 'vehicle',
			vehicle: { id: 1040021, number: 'T-118' },
			start_time: '2026-07-01T12:00:00Z',
			end_time: '2026-07-01T12:01:00Z',
			recall_type: 'regular',
			created_at: iso(clock.now()),
		};
		expect([started.status, started.data]).toEqual([201, { ...common, status: 'pending' }]);
		clock.forward(4 * MINUTE - 1);
		expect((await poll()).data).toEqual({ ...common, status: 'pending', cameras: [] });
		clock.forward(1);
		const ready = await poll();
		expect(ready.data).toMatchObject({ ...common, status: 'success' });
		expect(Object.keys(videosIn(ready))).toEqual(['front_facing', 'driver_facing']);
		const startedAt = clock.now() - 4 * MINUTE;
		expect(simulator().recalls).toMatchObject([
			{ id: '8f0c1a', startedAt, readyAt: clock.now(), polls: 2, duration: 1 },
		]);
	});

	it('takes some minutes if nothing else is said, the same in every run', async () => {
		await recall();
		const wait = Number(simulator().recalls[0]?.readyAt) - clock.now();
		expect(wait / MINUTE).toBeGreaterThan(0.5);
		simulator().reset();
		await recall();
		expect(Number(simulator().recalls[0]?.readyAt) - clock.now()).toBe(wait);
	});

	it.each([
		['T-118', ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear']],
		[
			'T-120',
			['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear', 'front_narrow_facing'],
		],
		['TRL-204', ['side_left', 'side_right', 'rear']],
	])('of %s is of all its cameras if none is named', async (name, positions) => {
		const source =
			simulator().device(name).kind === 'asset'
				? { vehicle_number: undefined, asset_name: name }
				: { vehicle_number: name };
		simulator().setLatency({ kind: 'constant', ms: 0 });
		expect((await recall({ ...source, camera_positions: undefined })).status).toBe(201);
		expect(Object.keys(videosIn(await poll()))).toEqual(positions);
	});

	it.each([
		[400, 'exactly one', { vehicle_number: undefined }],
		[400, 'exactly one', { asset_name: 'TRL-204' }],
		[400, 'start_time', { start_time: undefined }],
		[400, 'start_time', { start_time: 'yesterday' }],
		[400, 'start_time', { start_time: '2026-07-02 12:00' }],
		[400, 'future', { start_time: '2036-07-02T18:00:01Z' }],
		[400, '1, 2, 3', { duration: 5 }],
		[400, '1, 2, 3', { duration: '1' }],
		[400, '5, 10, 15', { duration: 1, recall_type: 'timelapse' }],
		[400, 'recall_type', { recall_type: 'toString' }],
		[400, 'camera_positions', { camera_positions: [] }],
		[400, 'camera_positions', { camera_positions: ['front_facing', 'roof'] }],
		[400, 'camera_positions', { camera_positions: 'rear' }],
		[404, 'vehicle', { vehicle_number: 'T-999' }],
		[404, 'vehicle', { vehicle_number: 'TRL-204' }],
		[404, 'asset', { vehicle_number: undefined, asset_name: 'T-118' }],
		[422, 'deactivated', { vehicle_number: 'T-127' }],
		[422, 'no camera', { vehicle_number: 'T-126', camera_positions: undefined }],
		[422, 'rear', { vehicle_number: 'T-121', camera_positions: ['rear'] }],
		[422, 'Smart', { vehicle_number: 'T-123', camera_positions: undefined, duration: 2 }],
		[
			422,
			'Smart',
			{
				vehicle_number: 'T-123',
				camera_positions: undefined,
				duration: 5,
				recall_type: 'timelapse',
			},
		],
	])('is refused with %i (%s): %j', async (status, word, changes) => {
		const answer = await recall(changes);
		expect([answer.status, answer.data]).toEqual([
			status,
			{ error_message: expect.stringContaining(word) as string },
		]);
		expect(simulator().recalls).toHaveLength(0);
	});

	it('is refused a second time, unless something else is meant', async () => {
		expect((await recall()).status).toBe(201);
		const again = await recall({
			start_time: '2026-07-01T14:00:00+02:00',
			camera_positions: ['rear'],
		});
		expect([again.status, again.data]).toEqual([
			409,
			{ error_message: 'This video was recalled already' },
		]);
		expect((await recall({ duration: 2 })).status).toBe(201);
		expect((await recall({ vehicle_number: 'T-119' })).status).toBe(201);
	});

	it('is unknown under another id', async () => {
		expect((await poll()).status).toBe(404);
		expect((await client().call('GET', '/v1/video_recall_requests/1040021')).status).toBe(404);
	});
});

describe('the quota', () => {
	const quota = async () => (await client().call('GET', '/v1/video_recall_requests/quota')).data;

	it('counts minutes, refuses what is more, and is new every month', async () => {
		simulator().recallQuota.regular = 4;
		await recall({ duration: 3 });
		await recall({ duration: 10, recall_type: 'timelapse' });
		expect(await quota()).toEqual({
			quota_info: {
				regular: { used_minutes: 3, remaining_minutes: 1, total_minutes: 4 },
				timelapse: { used_minutes: 10, remaining_minutes: 590, total_minutes: 600 },
			},
		});
		const refused = await recall({ duration: 2 });
		expect([refused.status, refused.data]).toMatchObject([
			422,
			{ error_message: expect.stringContaining('quota') as string },
		]);
		expect((await recall({ duration: 1 })).status).toBe(201);
		clock.forward(31 * 24 * 60 * MINUTE);
		expect((await recall({ duration: 2 })).status).toBe(201);
	});

	it('is the usual one after a reset', async () => {
		expect(await quota()).toHaveProperty('quota_info.regular.total_minutes', 300);
	});
});

describe('a recalled video', () => {
	const finished = async () => {
		simulator().setLatency({ kind: 'constant', ms: 0 });
		await recall();
		return videosIn(await poll());
	};

	it('is an MP4 file of its camera behind a presigned URL, fetched without credentials', async () => {
		const { front_facing: front = '', driver_facing: driver = '' } = await finished();
		const { status, headers, data } = await client().download(front);
		expect([status, headers['content-type']]).toEqual([200, 'video/mp4']);
		expect(data.subarray(4, 8).toString()).toBe('ftyp');
		expect(data.includes('recall 8f0c1a: T-118, front_facing')).toBe(true);
		expect((await client().download(driver)).data.includes('driver_facing')).toBe(true);
		const [received] = simulator().received('GET video');
		expect(received).toMatchObject({
			host: 'images',
			path: '/motive-captures/videos/8f0c1a/front_facing.mp4',
			status: 200,
		});
		expect(received?.headers).not.toHaveProperty('x-api-key');
	});

	it('can be had after its time under a fresh URL only', async () => {
		const { front_facing: url = '' } = await finished();
		clock.forward(3_601_000);
		expect((await client().download(url)).status).toBe(403);
		expect((await client().download(videosIn(await poll())['front_facing'] ?? '')).status).toBe(
			200,
		);
	});

	it('is padded to the byte with boxes of which each has its right length', () => {
		for (const bytes of [0, 23_000, 100_000]) {
			const video = makeVideo('whose', { bytes });
			const names: string[] = [];
			let at = 0;
			for (; at < video.length; at += video.readUInt32BE(at))
				names.push(video.toString('latin1', at + 4, at + 8));
			expect([names, at]).toEqual([['ftyp', 'moov', 'free', 'mdat', 'free'], video.length]);
			if (bytes > 50_000) expect(video).toHaveLength(bytes);
		}
	});
});

describe('faults of video recalls', () => {
	it('know whose recall it is, by name, id and file', async () => {
		simulator().setLatency({ kind: 'constant', ms: 0 });
		await recall({ vehicle_number: 'T-119' });
		const { front_facing: front = '', driver_facing: driver = '' } = videosIn(await poll());
		simulator().faults.add({
			device: 'T-119',
			position: 'front_facing',
			answer: answers.error(503),
		});
		expect([
			(await client().download(front)).status,
			(await client().download(driver)).status,
		]).toEqual([503, 200]);
		simulator().faults.add({ device: 'T-119', answer: answers.error(502) });
		expect([(await poll()).status, (await recall({ vehicle_number: 'T-119' })).status]).toEqual([
			502, 502,
		]);
		expect([(await client().download(driver)).status, (await recall()).status]).toEqual([502, 201]);
	});

	it('change the shape of a true answer', async () => {
		await recall();
		simulator().faults.add({ on: GET, times: 1, answer: answers.wrapped('video_recall_request') });
		simulator().faults.add({
			on: GET,
			times: 1,
			answer: answers.whilePending(answers.fields({ status: 'Queued' })),
		});
		simulator().faults.add({ on: GET, answer: answers.failed('error') });
		expect((await poll()).data).toMatchObject({ video_recall_request: { id: '8f0c1a' } });
		expect((await poll()).data).toHaveProperty('status', 'Queued');
		clock.forward(60 * MINUTE);
		expect((await poll()).data).toMatchObject({ status: 'error', cameras: [] });
	});

	it.each([
		[false, 0],
		[true, 1],
	])('reset a connection (work done: %s)', async (effect, started) => {
		simulator().faults.add({ on: POST, connection: 'reset', effect });
		await expect(recall()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(simulator().recalls).toHaveLength(started);
	});

	it('hand out URLs that have expired already, or break off in a video', async () => {
		simulator().setLatency({ kind: 'constant', ms: 0 });
		await recall();
		simulator().faults.add({ on: GET, times: 1, urlSeconds: -5 });
		expect((await client().download(videosIn(await poll())['front_facing'] ?? '')).status).toBe(
			403,
		);
		simulator().faults.add({ on: 'GET video', connection: 'cut' });
		await expect(client().download(videosIn(await poll())['front_facing'] ?? '')).rejects.toThrow(
			/aborted|reset/,
		);
	});
});

import { describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { EventMedia, usualEventMedia } from '../../simulator/eventMedia.mts';
import { isRecord } from '../../simulator/values.mts';
import { useSimulator } from './harness.mts';

const LIST = 'GET /v2/driver_performance_events';
const HOUR = 3_600_000;

const { clock, client, simulator } = useSimulator();

/** The events of the first page, newest first, out of their wrappers. */
async function events(query = '') {
	const { data } = await client().call('GET', `/v2/driver_performance_events?per_page=100${query}`);
	const rows: unknown[] =
		isRecord(data) && Array.isArray(data['driver_performance_events'])
			? data['driver_performance_events']
			: [];
	return rows
		.filter(isRecord)
		.map((row) => row['driver_performance_event'])
		.filter(isRecord);
}

function inside(value: unknown, ...names: string[]): unknown {
	return names.reduce((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
}

const video = (event: unknown, name = 'front_facing_plain_url') =>
	inside(event, 'camera_media', 'downloadable_videos', name);
const picture = (event: unknown) =>
	inside(event, 'camera_media', 'downloadable_images', 'front_facing_jpg_url');
const statusOf = (event: unknown) => inside(event, 'camera_media', 'auto_transcode_status');

/** The first of the events whose field is a text. */
async function firstUrl(field: (event: unknown) => unknown): Promise<string> {
	return String(
		(await events()).map((event) => field(event)).find((value) => typeof value === 'string'),
	);
}

describe('media of safety events', () => {
	it('are not there until their time has come, which can be set', async () => {
		simulator().eventMedia.notBefore = clock.now() + HOUR;
		const [before] = await events();
		expect(before?.['camera_media']).toMatchObject({
			available: false,
			uploaded_at: null,
			auto_transcode_status: 'not started',
			downloadable_videos: {
				front_facing_plain_url: null,
				driver_facing_plain_url: null,
				dual_facing_enhanced_url: null,
			},
			downloadable_images: { front_facing_jpg_url: null, driver_facing_jpg_url: null },
		});
		clock.forward(HOUR);
		const after = (await events()).find(({ id }) => id === before?.['id']);
		expect(after?.['camera_media']).toMatchObject({
			available: true,
			auto_transcode_status: 'success',
			cam_positions: ['front_facing', 'driver_facing'],
			downloadable_videos: {
				front_facing_plain_url: expect.any(String) as string,
				front_facing_enhanced_url: null,
			},
		});
	});

	it('come some time after each event', async () => {
		simulator().eventMedia.transcodeMs = 24 * HOUR;
		const rows = await events();
		const isOld = ({ start_time: start }: Record<string, unknown>) =>
			clock.now() - Date.parse(String(start)) >= 24 * HOUR;
		expect(rows.map((row) => statusOf(row) === 'success')).toEqual(rows.map(isOld));
		expect(new Set(rows.map(statusOf))).toEqual(new Set(['success', 'not started']));
	});

	it('make an event count as changed', async () => {
		simulator().eventMedia.notBefore = clock.now() + 100 * HOUR;
		clock.forward(100 * HOUR);
		const since = new Date(clock.now()).toISOString();
		const changed = (await events(`&updated_after=${since}`)).length;
		simulator().eventMedia.notBefore = Infinity;
		expect(changed).toBeGreaterThan((await events(`&updated_after=${since}`)).length);
	});

	it('are real files behind presigned URLs', async () => {
		const film = await client().download(await firstUrl(video));
		expect([film.status, film.headers['content-type']]).toEqual([200, 'video/mp4']);
		expect(film.data.subarray(4, 8).toString()).toBe('ftyp');
		expect(film.data.toString('latin1')).toMatch(/event-\d+: T-\d+, front_facing_plain, 2026-/);
		const still = await client().download(await firstUrl(picture));
		expect([still.status, still.headers['content-type']]).toEqual([200, 'image/jpeg']);
		expect([
			simulator().received('GET video').length,
			simulator().received('GET image').length,
		]).toEqual([1, 1]);
	});

	it('have no pictures here and there', async () => {
		const rows = (await events()).filter((event) => statusOf(event) === 'success');
		expect(rows.some((event) => picture(event) === null)).toBe(true);
		expect(rows.every((event) => typeof video(event) === 'string')).toBe(true);
	});

	it('expire after two days or as set, and are there again when the list is', async () => {
		const usual = await firstUrl(video);
		clock.forward(48 * HOUR - 1000);
		expect((await client().download(usual)).status).toBe(200);
		clock.forward(2000);
		expect((await client().download(usual)).status).toBe(403);
		simulator().eventMedia.urlSeconds = 60;
		const short = await firstUrl(video);
		expect((await client().download(short)).status).toBe(200);
		clock.forward(61_000);
		expect((await client().download(short)).status).toBe(403);
		expect((await client().download(await firstUrl(video))).status).toBe(200);
	});

	it('can be given out expired, and be struck by the faults of their vehicle', async () => {
		simulator().faults.add({ on: LIST, times: 1, urlSeconds: -5 });
		expect((await client().download(await firstUrl(video))).status).toBe(403);
		const event = (await events()).find((each) => typeof video(each) === 'string');
		const device = String(inside(event, 'vehicle', 'number'));
		simulator().faults.add({
			on: 'GET video',
			device,
			position: 'front_facing',
			answer: answers.error(503),
		});
		expect((await client().download(String(video(event)))).status).toBe(503);
		expect((await client().download(String(video(event, 'driver_facing_plain_url')))).status).toBe(
			200,
		);
		expect((await client().download(String(video(event, 'dual_facing_enhanced_url')))).status).toBe(
			200,
		);
	});

	it('are those of each part where an event is made of several', async () => {
		const rows = await events();
		const several = rows.find(
			(event) => event['aggregated'] === true && statusOf(event) === 'success',
		);
		const parts = inside(several, 'sub_event_metadata', 'sub_events');
		const urls = (Array.isArray(parts) ? parts : []).map((part: unknown) => String(video(part)));
		expect(urls.length).toBeGreaterThan(1);
		const paths = [video(several), ...urls].map((url) => new URL(String(url)).pathname);
		expect(new Set(paths).size).toBe(urls.length + 1);
		expect((await client().download(urls[1] ?? '')).status).toBe(200);
		expect(rows.find((event) => event['aggregated'] === false)).not.toHaveProperty(
			'sub_event_metadata',
		);
	});

	it('are missing without a dashcam, and of one camera with one', async () => {
		const unused = (): never => {
			throw new Error('no file is wanted');
		};
		const media = new EventMedia({
			settings: { ...usualEventMedia, notBefore: Infinity },
			now: () => 0,
			url: unused,
			video: () => file,
			still: () => file,
		});
		const file = {
			key: 'k',
			type: 'video/mp4' as const,
			device: simulator().device('T-125'),
			make: unused,
		};
		const of = async (name: string) =>
			await media.of({ name: 'event-1', id: 1, at: 0, device: simulator().device(name) });
		expect(await of('T-125')).toBeNull();
		const single = await of('T-123');
		expect(single).toMatchObject({
			cam_positions: ['front_facing'],
			downloadable_images: { front_facing_jpg_url: null },
		});
		expect(single?.['downloadable_videos']).not.toHaveProperty('driver_facing_plain_url');
	});
});

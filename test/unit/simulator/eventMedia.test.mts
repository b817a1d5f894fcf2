import { beforeEach, describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { asOfLiveFleets, EventMedia, usualEventMedia } from '../../simulator/eventMedia.mts';
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

/** Most of the tests want links whenever they list events, and videos of all of them. */
beforeEach(() => {
	Object.assign(simulator().eventMedia, { linksOnRequest: false, clips: 'all' });
});

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
			await media.of({
				name: 'event-1',
				id: 1,
				at: 0,
				device: simulator().device(name),
				type: 'crash',
			});
		expect(await of('T-125')).toBeNull();
		const single = await of('T-123');
		expect(single).toMatchObject({
			cam_positions: ['front_facing'],
			downloadable_images: { front_facing_jpg_url: null },
		});
		expect(single?.['downloadable_videos']).not.toHaveProperty('driver_facing_plain_url');
	});
});

describe('media as live fleets have them', () => {
	const MINUTE = 60_000;
	const only = async (query = '') => (await events(query))[0];
	const settings = () => simulator().eventMedia;
	const alone = () => Object.assign(simulator().events.lists, { usual: false });

	it('have links only where they are asked for', async () => {
		settings().linksOnRequest = true;
		const [without] = (await events()).filter((event) => statusOf(event) === 'success');
		expect(without?.['camera_media']).toMatchObject({
			available: true,
			cam_type: 'dc54',
			downloadable_videos: { front_facing_plain_url: null },
		});
		const asked = (await events('&media_required=true')).find(({ id }) => id === without?.['id']);
		expect(video(asked)).toMatch(/^http:/);
		const whole = (await events('&media_required=true')).find(
			(event) => event['aggregated'] === true && statusOf(event) === 'success',
		);
		const parts = inside(whole, 'sub_event_metadata', 'sub_events');
		expect(video(Array.isArray(parts) ? parts[0] : undefined)).toMatch(/^http:/);
	});

	it('may leave events without media out where media are asked for', async () => {
		alone();
		simulator().events.happen();
		settings().leaveOut = true;
		expect([(await events()).length, (await events('&media_required=true')).length]).toEqual([
			1, 0,
		]);
		clock.forward(10 * MINUTE);
		expect(await events('&media_required=true')).toHaveLength(1);
		settings().footage = 'null';
		expect(await events('&media_required=true')).toHaveLength(0);
	});

	it('are stills without a video for most hard brakes', async () => {
		Object.assign(settings(), asOfLiveFleets);
		const rows = (await events('&media_required=true')).filter(
			(event) => inside(event, 'camera_media', 'available') === true,
		);
		const brakes = rows.filter(({ type }) => type === 'hard_brake');
		const silent = brakes.filter((event) => video(event) === null);
		expect(silent.length).toBeGreaterThan(brakes.length / 2);
		expect(silent.length).toBeLessThan(brakes.length);
		expect(new Set(silent.map(statusOf))).toEqual(new Set(['not started']));
		expect(silent.every((event) => typeof picture(event) === 'string')).toBe(true);
		const others = rows.filter(({ type }) => type !== 'hard_brake');
		expect(others.every((event) => typeof video(event) === 'string')).toBe(true);
	});

	it('are usual', () => {
		expect(usualEventMedia).toMatchObject(asOfLiveFleets);
	});

	it('come one after the other, the stills first', async () => {
		alone();
		const id = simulator().events.happen();
		expect(id % 3).not.toBe(0);
		Object.assign(settings(), { stillsMs: MINUTE, transcodeMs: 20 * MINUTE });
		const seen = [];
		for (const minutes of [0, 1, 19]) {
			clock.forward(minutes * MINUTE);
			const event = await only();
			seen.push([statusOf(event), typeof picture(event), typeof video(event)]);
			expect(inside(event, 'camera_media', 'available')).toBe(minutes > 0);
		}
		expect(seen).toEqual([
			['not started', 'object', 'object'],
			['in progress', 'string', 'object'],
			['success', 'string', 'string'],
		]);
	});

	it('count as changes each time that some come', async () => {
		alone();
		simulator().events.happen();
		Object.assign(settings(), { stillsMs: MINUTE, transcodeMs: 20 * MINUTE });
		const changed = async () => {
			const since = new Date(clock.now() - 1000).toISOString();
			return (await events(`&updated_after=${since}`)).length;
		};
		const seen = [await changed()];
		for (const minutes of [1, 5, 14, 1]) {
			clock.forward(minutes * MINUTE);
			seen.push(await changed());
		}
		expect(seen).toEqual([1, 1, 0, 1, 0]);
	});

	it.each([
		['null', null],
		['unavailable', { available: false, uploaded_at: null, auto_transcode_status: 'not started' }],
	] as const)('never come where footage is %s', async (footage, media) => {
		alone();
		simulator().events.happen();
		settings().footage = footage;
		clock.forward(24 * HOUR);
		const seen = (await only())?.['camera_media'];
		if (media === null) expect(seen).toBeNull();
		else expect(seen).toMatchObject(media);
	});

	it('are several of one position, one without and one that is null, under keys', async () => {
		alone();
		simulator().events.happen();
		settings().more = 'keys';
		clock.forward(HOUR);
		const media = (await only())?.['camera_media'];
		const url = expect.stringMatching(/^http:/) as string;
		expect(media).toMatchObject({
			downloadable_videos: {
				front_facing_plain_url: url,
				front_facing_enhanced_url: url,
				plain_url: url,
			},
			downloadable_images: {
				front_facing_jpg_url: url,
				front_facing_2_jpg_url: url,
				jpg_url: url,
				driver_facing_2_jpg_url: null,
			},
		});
		const links = ['downloadable_videos', 'downloadable_images']
			.flatMap((name) => Object.values(Object(inside(media, name)) as object) as unknown[])
			.filter((link) => typeof link === 'string');
		expect(new Set(links.map((link) => new URL(link).pathname)).size).toBe(9);
		for (const link of links) expect((await client().download(link)).status).toBe(200);
	});

	it('are the same in lists', async () => {
		alone();
		simulator().events.happen();
		settings().more = 'lists';
		clock.forward(HOUR);
		const images = inside(await only(), 'camera_media', 'downloadable_images');
		const url = expect.stringMatching(/^http:/) as string;
		expect(images).toEqual([
			{ position: 'front_facing', url },
			{ position: 'driver_facing', url },
			{ position: 'front_facing', url },
			{ url },
			{ position: 'driver_facing', url: null },
		]);
	});

	it('have links for ten minutes', async () => {
		settings().urlSeconds = 600;
		const link = await firstUrl(video);
		clock.forward(599_000);
		expect((await client().download(link)).status).toBe(200);
		clock.forward(2000);
		expect((await client().download(link)).status).toBe(403);
	});
});

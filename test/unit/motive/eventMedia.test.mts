import { describe, expect, it, vi } from 'vitest';

import {
	eventName,
	parseEventMedia,
	wantedMedia,
	type WantedMedia,
} from '../../../nodes/Motive/motive/eventMedia.ts';

const url = 'https://media.example/file?X-Amz-Signature=abc';

const eventWith = (camera_media: unknown, more: object = {}) => ({
	id: 3328319,
	camera_media,
	...more,
});
const videos = (links: object) => ({ downloadable_videos: links });
const stills = { downloadable_images: { front_facing_jpg_url: url } };

const MINUTE = 60_000;
const began = Date.parse('2026-07-02T18:00:00Z');

/** The state of an event that began at `began`, looked at for the first time a minute later unless said otherwise. */
function stateOf(camera: unknown, wanted: Partial<WantedMedia> = {}) {
	const told = parseEventMedia(eventWith(camera, { start_time: '2026-07-02T18:00:00Z' }));
	const usual: WantedMedia = {
		types: ['image', 'video'],
		now: began + MINUTE,
		waited: 0,
		isLast: false,
		isPatient: false,
	};
	return wantedMedia(told, { ...usual, ...wanted }).state;
}

describe('How far the media are', () => {
	it.each([
		['no camera at all', null, 'pending'],
		['nothing said and nothing there', {}, 'pending'],
		['not begun', { auto_transcode_status: 'not started' }, 'pending'],
		[
			'under way, with a first video',
			{ auto_transcode_status: 'in_progress', ...videos({ front_facing_plain_url: url }) },
			'pending',
		],
		[
			'done, with a video',
			{ auto_transcode_status: 'success', ...videos({ front_facing_plain_url: url }) },
			'ready',
		],
		[
			'done, without any',
			{ auto_transcode_status: 'success', ...videos({ front_facing_plain_url: null }) },
			'pending',
		],
		['nothing said, with a video', videos({ front_facing_plain_url: url }), 'ready'],
		[
			'given up, with a video',
			{ auto_transcode_status: 'failed', ...videos({ front_facing_plain_url: url }) },
			'ready',
		],
		['given up, without any', { auto_transcode_status: 'failed' }, 'failed'],
	])('%s', (_, camera, state) => {
		expect(stateOf(camera)).toBe(state);
	});

	it.each<[string, object, Partial<WantedMedia>, string]>([
		['stills are there, and videos not begun', {}, {}, 'pending'],
		['only they are wanted', {}, { types: ['image'] }, 'ready'],
		['videos are not begun for long', {}, { now: began + 2 * MINUTE }, 'ready'],
		[
			'the camera sent the stills just now',
			{ uploaded_at: '2026-07-02T18:09:00Z' },
			{ now: began + 10 * MINUTE },
			'pending',
		],
		['nobody asks again', {}, { isLast: true }, 'ready'],
		[
			'only videos are wanted, and nobody asks again',
			{},
			{ types: ['video'], isLast: true },
			'pending',
		],
	])('stills where %s', (_, camera, wanted, state) => {
		const status = { auto_transcode_status: 'not started' };
		expect(stateOf({ ...status, ...stills, ...camera }, wanted)).toBe(state);
	});

	it('stills do not wait for videos that nobody wants', () => {
		const camera = { auto_transcode_status: 'in progress', ...stills };
		expect(stateOf(camera, { types: ['image'] })).toBe('ready');
		expect(stateOf(camera)).toBe('pending');
		expect(stateOf(camera, { types: ['video'] })).toBe('pending');
	});

	it('videos are waited for by who wants only stills that may be cut from them', () => {
		const camera = { auto_transcode_status: 'in progress', ...videos({ plain_url: url }) };
		expect(stateOf(camera, { types: ['image'] })).toBe('pending');
	});

	it('stills and a video are all there is where nothing says that more will come', () => {
		expect(stateOf({ ...stills, ...videos({ plain_url: url }) })).toBe('ready');
	});

	it('stills do not wait for videos that Motive has given up', () => {
		expect(stateOf({ auto_transcode_status: 'failed', ...stills })).toBe('ready');
	});

	it('one of what is wanted is enough where nobody asks again', () => {
		const camera = { auto_transcode_status: 'in progress', ...stills, ...videos({ a_url: url }) };
		expect(stateOf(camera, { types: ['video'], isLast: true })).toBe('ready');
	});

	it('a word that nobody knows does not hide the videos', () => {
		const camera = { auto_transcode_status: 'finalised', ...videos({ plain_url: url }) };
		expect(stateOf(camera)).toBe('ready');
	});

	it.each<[string, unknown, Partial<WantedMedia>, string]>([
		['without a camera, once it was waited for', null, { waited: 2 * MINUTE }, 'failed'],
		['without a camera, before', null, { waited: MINUTE }, 'pending'],
		['with a camera, soon after', {}, { waited: 5 * MINUTE, now: began + 5 * MINUTE }, 'pending'],
		['with a camera, long after', {}, { waited: 2 * MINUTE, now: began + 12 * MINUTE }, 'failed'],
		[
			'with a camera, long after, where there is time for it',
			{},
			{ waited: 59 * MINUTE, now: began + 60 * MINUTE, isPatient: true },
			'pending',
		],
		[
			'without a camera, where there is time for it',
			null,
			{ waited: 2 * MINUTE, isPatient: true },
			'failed',
		],
		[
			'with a camera, and no word of it, long after',
			{ auto_transcode_status: null },
			{ waited: 2 * MINUTE, now: began + 12 * MINUTE },
			'failed',
		],
		[
			'with a camera, just before it is long after',
			{},
			{ waited: 2 * MINUTE, now: began + 12 * MINUTE - 1 },
			'pending',
		],
		['with a camera, at the first look', {}, { now: began + 12 * MINUTE }, 'pending'],
		[
			'that Motive works on, long after',
			{ auto_transcode_status: 'in progress' },
			{ waited: 2 * MINUTE, now: began + 12 * MINUTE },
			'pending',
		],
	])('nothing %s', (_, camera, wanted, state) => {
		const said = camera && { available: false, auto_transcode_status: 'not started', ...camera };
		expect(stateOf(said, wanted)).toBe(state);
	});
});

describe('Which media there are', () => {
	it('images first, under the names that Motive gives them', () => {
		const camera = {
			...videos({
				front_facing_plain_url: url,
				dual_facing_enhanced_url: url,
				front_facing_enhanced_url: 'nil',
			}),
			downloadable_images: { front_facing_jpg_url: url, driver_facing_jpg_url: null },
		};
		expect(parseEventMedia(eventWith(camera)).media).toEqual([
			{ name: 'front_facing', type: 'image', url },
			{ name: 'front_facing_plain', type: 'video', url },
			{ name: 'dual_facing_enhanced', type: 'video', url },
		]);
	});

	it('under distinct names, and what has no link apart', () => {
		const front = { position: 'front_facing', url };
		const { media, missing } = parseEventMedia(
			eventWith({
				downloadable_images: [front, front, { url }, { position: 'rear', url: null }],
				downloadable_videos: [front, front],
			}),
		);
		expect(media.map(({ name }) => name)).toEqual([
			'front_facing',
			'front_facing_2',
			'image',
			'front_facing_video',
			'front_facing_video_2',
		]);
		expect(missing).toEqual([{ name: 'rear', type: 'image' }]);
		const thrice = parseEventMedia(eventWith({ downloadable_videos: [front, front, front] }));
		expect(thrice.media.map(({ name }) => name)).toEqual([
			'front_facing',
			'front_facing_2',
			'front_facing_3',
		]);
	});

	it('only those that are wanted', () => {
		const told = parseEventMedia(
			eventWith({
				downloadable_images: [{ position: 'rear', url }, { position: 'front_facing' }],
				downloadable_videos: [{ position: 'rear', url }, { position: 'front_facing' }],
			}),
		);
		for (const type of ['image', 'video'] as const) {
			const wanted = { types: [type], now: began, waited: 0, isLast: false, isPatient: false };
			const { media, missing } = wantedMedia(told, wanted);
			expect([...media, ...missing].map((medium) => medium.type)).toEqual([type, type]);
		}
	});

	it('without the end of the key, or else by their type', () => {
		const names = (links: object) =>
			parseEventMedia(eventWith({ downloadable_images: links })).media.map(({ name }) => name);
		expect(names({ rear_jpg_url: url, jpg_url: url, url_rear: url })).toEqual([
			'rear',
			'image',
			'url_rear',
		]);
	});

	it('of any camera, where only a sub-event has one', () => {
		const hasCamera = (event: object) => parseEventMedia({ id: 1, ...event }).hasCamera;
		expect(hasCamera({ sub_events: [{ camera_media: { available: false } }] })).toBe(true);
		expect(hasCamera({ sub_events: [{}] })).toBe(false);
	});

	it('those of sub-events as well, each with the number of its own', () => {
		const sub_events = [
			{ camera_media: videos({ front_facing_plain_url: url }) },
			'junk',
			{ camera_media: videos({ front_facing_plain_url: url }) },
		];
		const names = (event: object) =>
			parseEventMedia({ id: 1, ...event }).media.map(({ name }) => name);
		const expected = ['sub_event_1_front_facing_plain', 'sub_event_3_front_facing_plain'];
		expect(names({ sub_event_metadata: { sub_events } })).toEqual(expected);
		expect(names({ sub_events })).toEqual(expected);
	});

	it.each([[undefined], ['text'], [[]], [{ downloadable_videos: [], downloadable_images: 7 }]])(
		'none in %j',
		(camera) => {
			expect(parseEventMedia(eventWith(camera)).media).toEqual([]);
		},
	);
});

it.each([
	'2026-07-02T18:00:00Z',
	'2026-07-02T18:00:00',
	'2026-07-02 18:00:00',
	'2026-07-02T20:00:00+02:00',
])('An event begins at the same moment wherever n8n runs, for %s', (start_time) => {
	vi.stubEnv('TZ', 'America/Los_Angeles');
	expect(parseEventMedia(eventWith({}, { start_time })).beganAt).toBe(began);
	vi.unstubAllEnvs();
});

it('An event is called by its ID, and has no word where Motive says none', () => {
	const told = parseEventMedia({ id: 3328319 });
	expect(told).toMatchObject({ id: '3328319', status: '' });
	expect(parseEventMedia({}).id).toBe('');
	expect(eventName(told)).toBe('safety event 3328319');
});

it('Names the vehicle, as lists and as webhooks name it', () => {
	expect(parseEventMedia(eventWith({}, { vehicle: { number: 'T-118' } })).sourceName).toBe('T-118');
	expect(parseEventMedia(eventWith({}, { current_vehicle: { number: 'T-118' } })).sourceName).toBe(
		'T-118',
	);
	expect(parseEventMedia(eventWith({})).sourceName).toBeNull();
});

import { describe, expect, it } from 'vitest';

import { parseEventMedia } from '../../../nodes/Motive/motive/eventMedia.ts';

const url = 'https://media.example/file?X-Amz-Signature=abc';

const eventWith = (camera_media: unknown, more: object = {}) => ({
	id: 3328319,
	camera_media,
	...more,
});
const videos = (links: object) => ({ downloadable_videos: links });

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
		expect(parseEventMedia(eventWith(camera)).state).toBe(state);
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

it('Names the vehicle, as lists and as webhooks name it', () => {
	expect(parseEventMedia(eventWith({}, { vehicle: { number: 'T-118' } })).sourceName).toBe('T-118');
	expect(parseEventMedia(eventWith({}, { current_vehicle: { number: 'T-118' } })).sourceName).toBe(
		'T-118',
	);
	expect(parseEventMedia(eventWith({})).sourceName).toBeNull();
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { captureName, parseImageCapture } from '../../../nodes/Motive/motive/imageCapture.ts';
import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';

const URL = 'https://bucket.s3.amazonaws.com/90312.jpg?X-Amz-Signature=abc';
const EXPIRES = '2026-07-02T18:41:09Z';

const pending = {
	request_id: 90312,
	camera_type: 'dashcam',
	position: 'front_facing',
	status: 'pending',
	vehicle: { id: 1040021, number: 'T-118' },
};
const images = { front_facing: { url: URL, expires_at: EXPIRES } };
const ready = { ...pending, status: 'success', images };

describe('parseImageCapture', () => {
	it('reads a finished capture', () => {
		expect(parseImageCapture(ready)).toEqual({
			requestId: 90312,
			cameraType: 'dashcam',
			position: 'front_facing',
			status: 'success',
			state: 'ready',
			images: [
				{ name: 'front_facing', position: 'front_facing', nth: 1, url: URL, expiresAt: EXPIRES },
			],
			source: { kind: 'vehicle', id: 1040021, name: 'T-118' },
			sourceName: 'T-118',
			json: ready,
		});
	});

	it.each([
		['flat', ready],
		['wrapped in image_capture', { image_capture: ready }],
		['wrapped in a key that nobody has seen yet', { data: ready }],
	])('reads an answer that is %s', (_, body) => {
		expect(parseImageCapture(body)).toEqual(parseImageCapture(ready));
	});

	it.each([{ request_id: 7 }, { status: 'pending' }, { images }])(
		'does not take the only field %j for a wrapper',
		(body) => {
			expect(parseImageCapture(body, { requestId: 7, cameraType: 'dashcam' }).json).toBe(body);
		},
	);

	it.each([
		['absent', {}],
		['null', { images: null }],
		['empty', { images: {} }],
		['a list', { images: [] }],
		['null inside', { images: { front_facing: null } }],
		['without an address', { images: { front_facing: { url: '' } } }],
		['with null for an address', { images: { front_facing: { url: null } } }],
	])('is pending while the images are %s', (_, part) => {
		const answer = parseImageCapture({ ...pending, ...part });
		expect(answer.state).toBe('pending');
		expect(answer.images).toEqual([]);
	});

	it.each(['success', 'SUCCESS'])('is pending with the status %j and no link', (status) => {
		expect(parseImageCapture({ ...pending, status })).toMatchObject({ state: 'pending', status });
	});

	it('is ready whatever the status when there is an address', () => {
		const word = fc.oneof(fc.string(), fc.constantFrom('failed', 'expired', 'unknown'));
		fc.assert(
			fc.property(word, (status) => parseImageCapture({ ...ready, status }).state === 'ready'),
		);
	});

	it('takes an image without an address for none', () => {
		const withoutUrl = { front_facing: { expires_at: EXPIRES } };
		expect(parseImageCapture({ ...pending, images: withoutUrl }).state).toBe('pending');
	});

	it.each(['pending', 'failed', '', undefined, null, 7])(
		'is ready with an address and the status %j',
		(status) => {
			expect(parseImageCapture({ ...ready, status })).toMatchObject({
				state: 'ready',
				status: status === undefined || status === null ? '' : String(status),
			});
		},
	);

	it('keeps the word of Motive as it is', () => {
		expect(parseImageCapture({ ...pending, status: 'Timed Out' })).toMatchObject({
			status: 'Timed Out',
			state: 'failed',
		});
	});

	it('takes the images of the position, and whatever came where there is none', () => {
		const both = { rear: { url: 'https://x/rear' }, front_facing: { url: URL } };
		const names = (position: unknown, images: unknown = both) =>
			parseImageCapture({ ...ready, position, images }).images.map(({ name }) => name);
		expect(names('front_facing')).toEqual(['front_facing']);
		expect(names('side_left')).toEqual(['rear', 'front_facing']);
		expect(names(null)).toEqual(['rear', 'front_facing']);
		expect(names('front_facing', { front: { url: URL } })).toEqual(['front']);
		expect(names('rear', [{ url: URL }, { url: URL }])).toEqual(['rear', 'rear_2']);
		expect(names(null, [{ url: URL }])).toEqual(['image']);
	});

	it.each([
		[{ vehicle: { id: 7, number: 'T-118' } }, 'T-118'],
		[{ vehicle: { id: 7, number: '' } }, 'vehicle-7'],
		[{ vehicle: { id: 7 } }, 'vehicle-7'],
		[{ vehicle: {} }, null],
		[{ vehicle: undefined, asset: { id: 8, name: 'TRL-204' } }, 'TRL-204'],
		[{ vehicle: null, asset: { id: '8' } }, 'asset-8'],
		[{ vehicle: undefined }, null],
	])('names the source of %j', (part, name) => {
		expect(parseImageCapture({ ...pending, ...part }).sourceName).toBe(name);
	});

	it('has the position of its only image where nobody has named one', () => {
		const positionOf = (images: unknown, position: unknown = null) =>
			parseImageCapture({ ...pending, position, images }).position;
		const rear = { rear: { url: URL } };
		expect(positionOf(rear)).toBe('rear');
		expect(positionOf(rear, 'front_facing')).toBe('front_facing');
		expect(positionOf({ ...rear, ...images })).toBe('');
		expect(positionOf({})).toBe('');
		expect(positionOf([{ url: URL }])).toBe('');
	});

	it('fills in from what was asked for what the answer leaves out', () => {
		const asked = {
			requestId: 7,
			cameraType: 'omnicam',
			position: 'rear',
			source: { kind: 'vehicle' as const, id: 8, name: 'T-8' },
		};
		expect(parseImageCapture({ images: [{ url: URL }] }, asked)).toMatchObject({
			...asked,
			state: 'ready',
			sourceName: 'T-8',
			images: [{ position: 'rear' }],
		});
	});

	it('keeps the camera type that was asked for, which belongs into the path', () => {
		const asked = { requestId: 90312, cameraType: 'omnicam', position: 'rear' };
		expect(parseImageCapture(pending, asked)).toMatchObject({
			cameraType: 'omnicam',
			position: 'front_facing',
		});
	});

	it.each([
		[{ requestId: 90313 }, 'Motive answered with another image capture, 90312'],
		[
			{ source: { kind: 'vehicle' as const, id: 7, name: null } },
			'Motive answered with the image capture of another vehicle or asset, T-118',
		],
	])('refuses an answer about another one than %j', (asked, message) => {
		expect(() => parseImageCapture(ready, asked)).toThrow(message);
	});

	it.each(['..', '.', 'a/b', 'a b', '%2e%2e', '\u2025'])(
		'refuses the camera type %j, which would lead to another path',
		(camera_type) => {
			expect(() => parseImageCapture({ ...pending, camera_type })).toThrow('camera type');
		},
	);

	it('reads a request id that comes as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), (id) => {
				expect(parseImageCapture({ ...pending, request_id: String(id) }).requestId).toBe(id);
			}),
		);
	});

	it.each([0, -1, 1.5, '', '1.5', '-1', '1e3', 'nil', null, true, [7], Number.NaN, '9'.repeat(30)])(
		'does not take %j for a request id',
		(id) => {
			expect(() => parseImageCapture({ ...pending, request_id: id })).toThrow(
				'The answer has no request ID',
			);
			expect(parseImageCapture({ ...pending, request_id: id }, { requestId: 7 }).requestId).toBe(7);
		},
	);

	it('says what is missing', () => {
		expect(() => parseImageCapture({ ...pending, camera_type: null })).toThrow(
			'The answer to request 90312 does not name a camera type',
		);
	});

	it.each([undefined, null, '', '<html>', 7, [], [ready]])(
		'cannot read %j, even when all is known that it should say',
		(body) => {
			expect(() => parseImageCapture(body, { requestId: 7, cameraType: 'dashcam' })).toThrow(
				/^unreadable$/,
			);
		},
	);

	it('answers something whole or throws a MotiveFailure, whatever comes in', () => {
		const value = fc.oneof(fc.jsonValue(), fc.anything());
		const capture = fc.record(
			{
				request_id: value,
				camera_type: value,
				position: value,
				status: value,
				images: value,
				vehicle: value,
				asset: value,
			},
			{ requiredKeys: [] },
		);
		const body = fc.oneof(value, capture, fc.record({ image_capture: capture }));
		const question = fc.record(
			{ requestId: fc.constant(7), cameraType: fc.constant('dashcam') },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, question, (answer, asked) => {
				try {
					const read = parseImageCapture(answer, asked);
					expect(Number.isSafeInteger(read.requestId) && read.requestId > 0).toBe(true);
					expect(read.cameraType).toMatch(/^[\w-]+$/);
					expect(read.state === 'ready').toBe(read.images.length > 0);
					expect(new Set(read.images.map(({ name }) => name)).size).toBe(read.images.length);
				} catch (error) {
					expect(error).toBeInstanceOf(MotiveFailure);
					expect(error).toMatchObject({ kind: 'unreadable' });
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('captureName', () => {
	const key = { requestId: 7, cameraType: 'dashcam' };

	it.each([
		[key, 'dashcam image capture 7'],
		[{ ...key, cameraType: 'auto' }, 'image capture 7'],
		[{ ...key, sourceName: 'T-118' }, 'dashcam image capture 7 of T-118'],
		[{ ...key, sourceName: null, position: 'rear' }, 'dashcam image capture 7, Rear'],
		[
			{ ...key, sourceName: 'T-118', position: 'front_facing' },
			'dashcam image capture 7 of T-118, Front Facing',
		],
	])('of %j is %j', (capture, name) => {
		expect(captureName(capture)).toBe(name);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { imageBaseName, parseImageCapture } from '../../../nodes/Motive/motive/imageCapture.ts';
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
			image: { position: 'front_facing', url: URL, expires_at: EXPIRES },
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
		expect(answer.image?.url).toBeUndefined();
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
				status: typeof status === 'string' ? status : '',
			});
		},
	);

	it('keeps the word of Motive as it is', () => {
		expect(parseImageCapture({ ...pending, status: 'Timed Out' })).toMatchObject({
			status: 'Timed Out',
			state: 'failed',
		});
	});

	it('takes the image of the position, and not of another', () => {
		const both = { rear: { url: 'https://x/rear' }, front_facing: { url: URL } };
		expect(parseImageCapture({ ...ready, images: both }).image?.url).toBe(URL);
		expect(parseImageCapture({ ...ready, position: 'side_left', images: both }).image).toBeNull();
	});

	it('takes the only image there is, whatever its name', () => {
		expect(parseImageCapture({ ...ready, images: { front: { url: URL } } }).image).toEqual({
			position: 'front',
			url: URL,
		});
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

	it('fills in from what was asked for what the answer leaves out', () => {
		const question = { requestId: 7, cameraType: 'omnicam', position: 'rear' };
		expect(parseImageCapture({ status: 'success' }, question)).toMatchObject({
			...question,
			state: 'ready',
		});
		expect(parseImageCapture(pending, question)).toMatchObject({
			requestId: 90312,
			cameraType: 'dashcam',
			position: 'front_facing',
		});
	});

	it('reads a request id that comes as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), (id) => {
				expect(parseImageCapture({ ...pending, request_id: String(id) }).requestId).toBe(id);
			}),
		);
	});

	it.each([0, -1, 1.5, '', '1.5', '-1', '1e3', ' 7', null, true, [7], Number.NaN, '9'.repeat(30)])(
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
					expect(read.cameraType).not.toBe('');
					expect(read.state === 'ready' || read.image?.url === undefined).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(MotiveFailure);
					expect(error).toMatchObject({ kind: 'unreadable' });
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('imageBaseName', () => {
	it('is made of what a person recognises', () => {
		expect(imageBaseName(parseImageCapture(ready))).toBe('T-118_front_facing_90312');
		expect(imageBaseName(parseImageCapture({ ...ready, vehicle: { id: 7 } }))).toBe(
			'vehicle-7_front_facing_90312',
		);
		expect(imageBaseName(parseImageCapture({ ...ready, vehicle: undefined }))).toBe(
			'front_facing_90312',
		);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readCapture, stateOf } from '../../../nodes/Motive/motive/imageCapture.ts';
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

const FINAL_FAILURES = [
	'failed',
	'failure',
	'error',
	'expired',
	'cancelled',
	'canceled',
	'timeout',
	'timed_out',
	'unknown',
];

describe('stateOf', () => {
	it.each(['success', 'SUCCESS', ' Success\n'])('%j is ready', (status) => {
		expect(stateOf(status, undefined)).toBe('ready');
	});

	it.each([
		...FINAL_FAILURES,
		'Failed',
		' ERROR ',
		'Timed Out',
		'timed-out',
		'TIMED_OUT',
		'Unknown',
	])('%j is failed', (status) => {
		expect(stateOf(status, undefined)).toBe('failed');
	});

	it.each([
		'pending',
		'Pending',
		'processing',
		'in_progress',
		'queued',
		'submitted',
		'',
		'successful?',
		'not failed',
	])('%j is pending', (status) => {
		expect(stateOf(status, undefined)).toBe('pending');
	});

	it('is pending for every word that nobody has seen yet', () => {
		const known = new Set([...FINAL_FAILURES, 'success']);
		const word = fc.string().filter(
			(text) =>
				!known.has(
					text
						.trim()
						.toLowerCase()
						.replaceAll(/[\s-]+/g, '_'),
				),
		);
		fc.assert(fc.property(word, (status) => stateOf(status, undefined) === 'pending'));
	});

	it('is ready whatever the word when there is an address', () => {
		const word = fc.oneof(fc.string(), fc.constantFrom(...FINAL_FAILURES));
		fc.assert(
			fc.property(word, (status) => stateOf(status, { position: 'rear', url: URL }) === 'ready'),
		);
	});

	it('takes an image without an address for none', () => {
		expect(stateOf('pending', { position: 'rear', expires_at: EXPIRES })).toBe('pending');
	});

	it('does not care for the case of a word, nor for how its parts are joined', () => {
		const spelled = fc
			.constantFrom(...FINAL_FAILURES, 'success')
			.chain((word) =>
				fc.tuple(
					fc.constant(word),
					fc.mixedCase(fc.constant(word)),
					fc.constantFrom('_', ' ', '-', ' - '),
					fc.constantFrom('', ' ', '\t\n'),
				),
			);
		fc.assert(
			fc.property(spelled, ([word, mixed, joint, margin]) => {
				const other = `${margin}${mixed.replaceAll('_', joint)}${margin}`;
				expect(stateOf(other, undefined)).toBe(stateOf(word, undefined));
			}),
		);
	});
});

describe('readCapture', () => {
	it('reads a finished capture', () => {
		expect(readCapture(ready)).toEqual({
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
		expect(readCapture(body)).toEqual(readCapture(ready));
	});

	it.each([{ request_id: 7 }, { status: 'pending' }, { images }])(
		'does not take the only field %j for a wrapper',
		(body) => {
			expect(readCapture(body, { requestId: 7, cameraType: 'dashcam' }).json).toBe(body);
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
		const answer = readCapture({ ...pending, ...part });
		expect(answer.state).toBe('pending');
		expect(answer.image?.url).toBeUndefined();
	});

	it.each(['pending', 'failed', '', undefined, null, 7])(
		'is ready with an address and the status %j',
		(status) => {
			expect(readCapture({ ...ready, status })).toMatchObject({
				state: 'ready',
				status: typeof status === 'string' ? status : '',
			});
		},
	);

	it('keeps the word of Motive as it is', () => {
		expect(readCapture({ ...pending, status: 'Timed Out' })).toMatchObject({
			status: 'Timed Out',
			state: 'failed',
		});
	});

	it('takes the image of the position, and not of another', () => {
		const both = { rear: { url: 'https://x/rear' }, front_facing: { url: URL } };
		expect(readCapture({ ...ready, images: both }).image?.url).toBe(URL);
		expect(readCapture({ ...ready, position: 'side_left', images: both }).image).toBeUndefined();
	});

	it('takes the only image there is, whatever its name', () => {
		expect(readCapture({ ...ready, images: { front: { url: URL } } }).image).toEqual({
			position: 'front',
			url: URL,
		});
	});

	it.each([
		[{ vehicle: { id: 7, number: 'T-118' } }, 'T-118'],
		[{ vehicle: { id: 7, number: '' } }, 'vehicle-7'],
		[{ vehicle: { id: 7 } }, 'vehicle-7'],
		[{ vehicle: {} }, undefined],
		[{ vehicle: undefined, asset: { id: 8, name: 'TRL-204' } }, 'TRL-204'],
		[{ vehicle: null, asset: { id: '8' } }, 'asset-8'],
		[{ vehicle: undefined }, undefined],
	])('names the source of %j', (part, name) => {
		expect(readCapture({ ...pending, ...part }).sourceName).toBe(name);
	});

	it('fills in from the question what the answer leaves out', () => {
		const question = { requestId: 7, cameraType: 'omnicam', position: 'rear' };
		expect(readCapture({ status: 'success' }, question)).toMatchObject({
			...question,
			state: 'ready',
		});
		expect(readCapture(pending, question)).toMatchObject({
			requestId: 90312,
			cameraType: 'dashcam',
			position: 'front_facing',
		});
	});

	it('reads a request id that comes as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), (id) => {
				expect(readCapture({ ...pending, request_id: String(id) }).requestId).toBe(id);
			}),
		);
	});

	it.each([0, -1, 1.5, '', '1.5', '-1', '1e3', ' 7', null, true, [7], Number.NaN, '9'.repeat(30)])(
		'does not take %j for a request id',
		(id) => {
			expect(() => readCapture({ ...pending, request_id: id })).toThrow(
				'The answer has no request ID',
			);
			expect(readCapture({ ...pending, request_id: id }, { requestId: 7 }).requestId).toBe(7);
		},
	);

	it('says what is missing', () => {
		expect(() => readCapture({ ...pending, camera_type: null })).toThrow(
			'The answer to request 90312 does not name a camera type',
		);
	});

	it.each([undefined, null, '', '<html>', 7, [], [ready]])(
		'cannot read %j, even when all is known that it should say',
		(body) => {
			expect(() => readCapture(body, { requestId: 7, cameraType: 'dashcam' })).toThrow(
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
					const read = readCapture(answer, asked);
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

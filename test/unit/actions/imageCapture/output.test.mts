import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { captureRow, commonState } from '../../../../nodes/Motive/actions/imageCapture/output.ts';
import { parseImageCapture } from '../../../../nodes/Motive/motive/imageCapture.ts';
import type { State } from '../../../../nodes/Motive/motive/jobAnswer.ts';
import { outputJson } from '../../../../nodes/Motive/runs/items.ts';

const URL = 'https://bucket.example/90312.jpg?X-Amz-Signature=5f1d';
const ready = {
	request_id: 90312,
	camera_type: 'dashcam',
	position: 'front_facing',
	status: 'success',
	images: { front_facing: { url: URL, expires_at: '2026-07-02T18:41:09Z' } },
	vehicle: { id: 1040021, number: 'T-118' },
};
const file = {
	name: 'front_facing',
	stored: {
		binary: { data: '', mimeType: 'image/jpeg' },
		fileName: 'T-118_front_facing_90312.jpg',
		mimeType: 'image/jpeg',
		fileSize: 482113,
	},
};

/** Answers with any further fields, also those that mean something to n8n or to the node. */
const OWN = ['error', 'state', 'image', 'requested_at', 'ready_at'];
const field = fc.oneof(fc.string(), fc.constantFrom(...OWN, 'status', 'captured_at'));
const answer = fc
	.dictionary(field, fc.jsonValue())
	.map((other) => ({ ...other, request_id: 90312, camera_type: 'dashcam' }));

describe('captureRow', () => {
	it('is the answer, with its state and the picture', () => {
		expect(captureRow(parseImageCapture(ready), { file })).toEqual({
			...ready,
			state: 'ready',
			requested_at: null,
			ready_at: null,
			image: {
				position: 'front_facing',
				url: URL,
				expires_at: '2026-07-02T18:41:09Z',
				fileName: 'T-118_front_facing_90312.jpg',
				mimeType: 'image/jpeg',
				fileSize: 482113,
			},
		});
	});

	it('has no picture while there is none', () => {
		const pending = { ...ready, status: 'pending', images: {} };
		expect(captureRow(parseImageCapture(pending), {})).toEqual({
			...pending,
			state: 'pending',
			requested_at: null,
			ready_at: null,
		});
	});

	it('has no file where none was fetched', () => {
		const { image } = captureRow(parseImageCapture(ready), {});
		expect(image).toEqual({
			position: 'front_facing',
			url: URL,
			expires_at: '2026-07-02T18:41:09Z',
		});
	});

	it('is about the image of the file', () => {
		const images = [
			{ position: 'rear', url: `${URL}1` },
			{ position: 'rear', url: `${URL}2` },
		];
		const capture = parseImageCapture({ ...ready, position: null, images });
		expect(captureRow(capture, { file: { name: 'rear_2' } })).toMatchObject({
			image: { position: 'rear', url: `${URL}2` },
		});
	});

	it('names the camera of the image where Motive names none', () => {
		const images = { rear: { url: URL }, side_left: { url: URL } };
		const { request_id, camera_type, status } = ready;
		const capture = parseImageCapture({ request_id, camera_type, status, images });
		expect(captureRow(capture, { file: { name: 'side_left' } })).toMatchObject({
			position: 'side_left',
		});
	});

	it('fills in what the answer leaves out and what was asked for says', () => {
		const asked = { requestId: 90312, cameraType: 'omnicam', position: 'rear' };
		expect(captureRow(parseImageCapture({ status: 'pending' }, asked), {})).toEqual({
			request_id: 90312,
			camera_type: 'omnicam',
			position: 'rear',
			status: 'pending',
			state: 'pending',
			requested_at: null,
			ready_at: null,
		});
	});

	it('drops nothing that Motive says', () => {
		fc.assert(
			fc.property(answer, (body) => {
				const values = Object.values(captureRow(parseImageCapture(body), {}));
				for (const value of Object.values(body)) expect(values).toContainEqual(value);
			}),
			{ numRuns: 300 },
		);
	});

	it('names the fields of Motive as Motive does, but for those that mean something else here', () => {
		fc.assert(
			fc.property(answer, (body) => {
				const json = captureRow(parseImageCapture(body), {});
				for (const [key, value] of Object.entries(body))
					if (!OWN.includes(key)) expect(json[key]).toEqual(value);
			}),
		);
	});

	it('keeps fields of Motive that have the name of one of its own', () => {
		const json = captureRow(parseImageCapture({ ...ready, state: 'TX', image: 'small' }), {});
		expect(json).toMatchObject({
			state: 'ready',
			motive_state: 'TX',
			image: { position: 'front_facing' },
			motive_image: 'small',
		});
	});

	it('never looks like a failed item', () => {
		fc.assert(
			fc.property(answer, fc.jsonValue(), (body, error) => {
				const json = captureRow(parseImageCapture({ ...body, error }), {});
				expect(json).not.toHaveProperty('error');
				expect(json['motive_error']).toEqual(error);
			}),
		);
	});

	it('has no address where none is wanted', () => {
		const json = outputJson(
			captureRow(parseImageCapture({ ...ready, links: [URL, { more: URL }] }), { file }),
			false,
		);
		expect(JSON.stringify(json)).not.toContain('http');
		expect(json).toMatchObject({
			images: { front_facing: { expires_at: '2026-07-02T18:41:09Z' } },
			image: { position: 'front_facing', fileName: 'T-118_front_facing_90312.jpg' },
		});
	});
});

describe('commonState', () => {
	const state = fc.constantFrom<State>('ready', 'pending', 'failed');

	it.each<[State[], string]>([
		[['ready', 'ready'], 'ready'],
		[['ready', 'failed'], 'partial'],
		[['pending', 'ready'], 'partial'],
		[['pending', 'failed'], 'pending'],
		[['failed', 'failed'], 'failed'],
	])('of %j is %s', (states, common) => {
		expect(commonState(states)).toBe(common);
	});

	it('does not depend on the order', () => {
		fc.assert(
			fc.property(fc.array(state, { minLength: 1 }), (states) => {
				expect(commonState(states.toReversed())).toBe(commonState(states));
				expect(commonState(states.toSorted())).toBe(commonState(states));
			}),
		);
	});

	it('is ready only when every picture is there', () => {
		fc.assert(
			fc.property(fc.array(state, { minLength: 1 }), (states) => {
				expect(commonState(states) === 'ready').toBe(!states.some((each) => each !== 'ready'));
			}),
		);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import { parseVideoRecall } from '../../../nodes/Motive/motive/videoRecall.ts';

const recall = {
	id: '8f0c1a',
	status: 'success',
	vehicle: { id: 1040021, number: 'T-118' },
	cameras: [
		{ position: 'front_facing', download_url: 'https://x/front' },
		{ position: 'driver_facing', download_url: 'https://x/driver' },
	],
};

describe('parseVideoRecall', () => {
	it('reads a finished recall', () => {
		expect(parseVideoRecall(recall)).toEqual({
			id: '8f0c1a',
			status: 'success',
			state: 'ready',
			videos: [
				{ position: 'front_facing', url: 'https://x/front' },
				{ position: 'driver_facing', url: 'https://x/driver' },
			],
			sourceName: 'T-118',
			json: recall,
		});
	});

	it('reads an answer that is wrapped in a single key', () => {
		expect(parseVideoRecall({ video_recall_request: recall })).toEqual(parseVideoRecall(recall));
	});

	it.each([
		['pending', 'pending'],
		['Processing', 'pending'],
		['', 'pending'],
		['failed', 'failed'],
		['Error', 'failed'],
		['SUCCESS', 'ready'],
	])('with the status %j is %s, whichever videos are there', (status, state) => {
		expect(parseVideoRecall({ ...recall, status }).state).toBe(state);
	});

	it.each([
		undefined,
		null,
		'none',
		{},
		[
			null,
			7,
			{},
			{ position: 'rear' },
			{ position: 'rear', download_url: null },
			{ download_url: 'https://x' },
		],
	])('has no videos in %j', (cameras) => {
		expect(parseVideoRecall({ ...recall, cameras }).videos).toEqual([]);
	});

	it('takes a number for an id, and the one that was asked for when there is none', () => {
		expect(parseVideoRecall({ ...recall, id: 77 }).id).toBe('77');
		expect(parseVideoRecall({ status: 'pending' }, '8f0c1a').id).toBe('8f0c1a');
		expect(() => parseVideoRecall({ status: 'pending' })).toThrow('The answer has no recall ID');
	});

	it('answers something whole or throws a MotiveFailure, whatever comes in', () => {
		const value = fc.oneof(fc.jsonValue(), fc.anything());
		const answer = fc.record(
			{ id: value, status: value, cameras: value, vehicle: value, asset: value },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(value, answer), (body) => {
				try {
					expect(parseVideoRecall(body).id).not.toBe('');
				} catch (error) {
					expect(error).toBeInstanceOf(MotiveFailure);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

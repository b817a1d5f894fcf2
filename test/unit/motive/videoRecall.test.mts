import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import { parseVideoRecall, recallName } from '../../../nodes/Motive/motive/videoRecall.ts';

const recall = {
	id: '8f0c1a',
	status: 'success',
	vehicle: { id: 1040021, number: 'T-118' },
	cameras: [
		{ position: 'front_facing', download_url: 'https://x/front' },
		{ position: 'driver_facing', download_url: 'https://x/driver' },
	],
};

const front = {
	name: 'front_facing',
	position: 'front_facing',
	nth: 1,
	url: 'https://x/front',
	expiresAt: null,
};
const driver = {
	name: 'driver_facing',
	position: 'driver_facing',
	nth: 1,
	url: 'https://x/driver',
	expiresAt: null,
};

describe('parseVideoRecall', () => {
	it('reads a finished recall', () => {
		expect(parseVideoRecall(recall)).toEqual({
			id: '8f0c1a',
			status: 'success',
			state: 'ready',
			videos: [front, driver],
			missing: [],
			positions: [],
			source: { kind: 'vehicle', id: 1040021, name: 'T-118' },
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
		['', 'ready'],
		['completed', 'ready'],
		['unknown', 'ready'],
		['failed', 'ready'],
		['SUCCESS', 'ready'],
	])('with the status %j and all the links that it names is %s', (status, state) => {
		expect(parseVideoRecall({ ...recall, status }).state).toBe(state);
	});

	it.each([
		['pending', 'pending'],
		['completed', 'pending'],
		['failed', 'ready'],
		['success', 'ready'],
	])('with the status %j and only some of the links is %s', (status, state) => {
		const cameras = [...recall.cameras, { position: 'rear', download_url: 'nil' }];
		expect(parseVideoRecall({ ...recall, status, cameras })).toMatchObject({
			state,
			videos: [front, driver],
			missing: ['rear'],
		});
	});

	it.each([
		['pending', 'pending'],
		['completed', 'pending'],
		['failed', 'failed'],
		['success', 'pending'],
	])('with the status %j and no link is %s', (status, state) => {
		expect(parseVideoRecall({ ...recall, status, cameras: [] }).state).toBe(state);
	});

	it('is ready when all videos that were asked for are there, whatever the word', () => {
		fc.assert(
			fc.property(fc.string(), (status) => {
				const positions = ['front_facing', 'driver_facing'];
				expect(parseVideoRecall({ ...recall, status }, { positions }).state).toBe('ready');
			}),
		);
		const positions = ['front_facing', 'rear'];
		expect(parseVideoRecall({ ...recall, status: 'completed' }, { positions }).state).toBe(
			'pending',
		);
	});

	it('refuses an answer about another one', () => {
		expect(() => parseVideoRecall(recall, { id: '77' })).toThrow(
			'Motive answered with another video recall, 8f0c1a',
		);
	});

	it.each(['..', 'a/b', 'a b'])('takes %j for no ID', (id) => {
		expect(() => parseVideoRecall({ ...recall, id })).toThrow('The answer has no recall ID');
	});

	it.each([
		undefined,
		null,
		'none',
		{},
		[null, 7, {}, { position: 'rear' }, { position: 'rear', download_url: null }],
	])('has no videos in %j', (cameras) => {
		expect(parseVideoRecall({ ...recall, cameras }).videos).toEqual([]);
	});

	it('cannot read what is no object', () => {
		expect(() => parseVideoRecall('soon')).toThrow(new MotiveFailure('unreadable'));
	});

	it('has no status where Motive says none, and calls a video without a position a video', () => {
		const read = parseVideoRecall({ id: '8f0c1a', cameras: [{ download_url: 'https://x/1' }] });
		expect(read).toMatchObject({ status: '', videos: [{ name: 'video', position: '' }] });
	});

	it('is called by its ID', () => {
		expect(recallName(parseVideoRecall(recall))).toBe('video recall 8f0c1a');
	});

	it('takes a number for an id, and the one that was asked for when there is none', () => {
		expect(parseVideoRecall({ ...recall, id: 77 }).id).toBe('77');
		expect(parseVideoRecall({ status: 'pending' }, { id: '8f0c1a' }).id).toBe('8f0c1a');
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

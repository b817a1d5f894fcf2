import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import {
	firstRequestId,
	from,
	fromItem,
	pictureOf,
	POLL,
	POST,
	secondsAt,
	timesOf,
	useMotiveWorld,
	vehicleItems,
	withoutCameras,
} from './motive.mts';

const world = useMotiveWorld();

/** The state that the node gives a capture with this status and these images. */
async function stateWith(fields: answers.JsonObject): Promise<unknown> {
	world.simulator.faults.add({ on: POLL, answer: answers.fields(fields) });
	const options = { timeout: 20, whenUnavailable: 'output' };
	const run = await world.run('capture', { ...from('T-118'), downloadImage: false, options });
	return run.items[0]?.json['state'];
}

describe('The time for waiting', () => {
	it('begins when the capture is asked for, not with the answer', async () => {
		world.simulator.setLatency({ kind: 'never' });
		world.simulator.faults.add({ on: POST, delay: 20_000 });
		const run = await world.run('capture', { ...from('T-118'), options: { timeout: 30 } });
		expect(run.error?.message).toContain('No picture after 30 seconds');
		expect(run.took).toBe(30_000);
	});

	it('is 180 seconds unless told otherwise', async () => {
		world.simulator.setLatency({ kind: 'never' });
		expect((await world.run('capture', from('T-118'))).took).toBe(180_000);
	});

	it('ends with one last look', async () => {
		world.simulator.setLatency({ kind: 'constant', ms: 59_900 });
		const run = await world.run('capture', { ...from('T-118'), options: { timeout: 60 } });
		await pictureOf(run);
		expect(timesOf(world, POLL).at(-1)).toBe(60);
	});

	it('is not stretched by a last look that nobody answers', async () => {
		world.simulator.faults.add({ on: POLL, connection: 'hang' });
		const run = await world.run('capture', { ...from('T-118'), options: { timeout: 30 } });
		expect(run.error?.message).toContain('and Motive did not answer the last request');
		expect(run.took).toBeLessThanOrEqual(35_000);
	});

	it('is that of each item', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await world.run(
			'capture',
			{ ...fromItem, options: { timeout: '={{ $json.number === "T-118" ? 4 : 40 }}' } },
			{ items: vehicleItems('T-118', 'T-119'), node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items.map(({ json }) => json['error'])).toEqual([
			expect.stringContaining('No picture after 4 seconds'),
			expect.stringContaining('No picture after 40 seconds'),
		]);
		expect(run.took).toBe(40_000);
		const about = (id: number) =>
			world.simulator.received(POLL).filter(({ path }) => path.endsWith(`/${id}`));
		expect(secondsAt(about(90301).at(-1)?.at ?? 0)).toBe(4);
	});

	it('begins anew for each capture, so that those that wait for their turn lose none', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await world.run(
			'capture',
			{ ...fromItem, positions: ['front_facing', 'rear'], options: { timeout: 60 } },
			{ items: vehicleItems('T-118'), node: { onError: 'continueRegularOutput' } },
		);
		// The second one was asked for a second later.
		expect(timesOf(world, POST)).toEqual([0, 1]);
		expect(run.took).toBe(61_000);
	});
});

describe('One strange answer while a capture is under way is not its end', () => {
	const strange: Array<[string, Partial<answers.Answer> | answers.Edit]> = [
		['408 Request Timeout', answers.error(408)],
		['409 Conflict', answers.error(409)],
		['425 Too Early', answers.error(425)],
		['a page of a firewall', answers.html(403)],
		['a page of a sign-in', answers.html(401)],
		['a page of a proxy that says 404', answers.html(404)],
		['a redirect', answers.redirect('/maintenance')],
		['a page that pretends to be a success', answers.html(200)],
	];

	it.each(strange)('%s', async (_, answer) => {
		world.simulator.faults.add({ on: POLL, skip: 1, times: 1, answer });
		await pictureOf(await world.run('capture', from('T-118')));
		expect(world.simulator.received(POST)).toHaveLength(1);
	});

	it('but several in a row are, with what was said', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.html(403) });
		const run = await world.run('capture', from('T-118'));
		expect(run.error?.description).toContain('403 Forbidden');
		expect(run.error?.description).toContain('Request ID 90301');
		expect(world.simulator.received(POLL)).toHaveLength(4);
	});
});

it('A capture that Motive does not find for a moment is waited for', async () => {
	world.simulator.faults.add({
		on: POLL,
		times: 2,
		answer: answers.error(404, 'image capture not found'),
	});
	const run = await world.run('capture', from('T-118'));
	await pictureOf(run);
});

describe('When there is no picture in the end, the item can go on instead of failing', () => {
	const options = { whenUnavailable: 'output', timeout: 30 };

	it('as pending, with a hint how to get it later', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const run = await world.run('capture', { ...from('T-118'), options });
		expect(run.status).toBe('success');
		expect(run.items).toMatchObject([
			{ json: { request_id: firstRequestId, status: 'pending', state: 'pending' } },
		]);
		expect(run.hints).toMatchObject([
			{
				message: expect.stringMatching(
					/with Get: Request ID 90301, Camera Type Dashcam/,
				) as unknown,
			},
		]);
	});

	it('as failed', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.failed('error') });
		const run = await world.run('capture', { ...from('T-118'), options });
		expect(run.status).toBe('success');
		expect(run.items).toMatchObject([
			{ json: { request_id: firstRequestId, status: 'error', state: 'failed' } },
		]);
		expect(run.items[0]).not.toHaveProperty('binary');
		expect(run.hints).toEqual([]);
	});

	it('but not when Motive refused to start', async () => {
		const run = await world.run('capture', { ...from(withoutCameras), options });
		expect(run.status).toBe('error');
	});
});

describe('The status', () => {
	const words = [
		'failed',
		'Failure',
		'ERROR',
		'expired',
		'cancelled',
		'canceled',
		'timeout',
		'Timed Out',
		'timed-out',
	];
	it.each(words)('“%s” ends the wait', async (status) => {
		expect(await stateWith({ status, images: {} })).toBe('failed');
		expect(timesOf(world, POLL)).toEqual([3]);
	});

	it.each(['processing', 'In Progress', 'queued', 'offline', 'camera_error', 'Unknown', ''])(
		'“%s” does not end the wait',
		async (status) => {
			expect(await stateWith({ status, images: {} })).toBe('pending');
			expect(timesOf(world, POLL).at(-1)).toBe(20);
		},
	);

	it.each(['success', 'Success', 'SUCCESS'])(
		'“%s” does not end the wait for the link',
		async (status) => {
			expect(await stateWith({ status, images: {} })).toBe('pending');
			expect(timesOf(world, POLL).at(-1)).toBe(20);
		},
	);

	it.each(['done', 'processing', 'failed'])(
		'“%s” counts less than a picture that is there',
		async (status) => {
			const images = { front_facing: { url: 'https://pictures.example/1.jpg' } };
			expect(await stateWith({ status, images })).toBe('ready');
		},
	);
});

describe('An answer is understood', () => {
	it.each<{ how: string; faults: Fault[] }>([
		{
			how: 'without images while pending',
			faults: [{ on: POLL, answer: answers.whilePending(answers.fields({ images: undefined })) }],
		},
		{
			how: 'with images of null while pending',
			faults: [{ on: POLL, answer: answers.whilePending(answers.fields({ images: null })) }],
		},
		{
			how: 'with an image of null while pending',
			faults: [
				{
					on: POLL,
					answer: answers.whilePending(answers.fields({ images: { front_facing: null } })),
				},
			],
		},
		{
			how: 'without a status',
			faults: [{ on: POLL, answer: answers.fields({ status: undefined }) }],
		},
		{
			how: 'without a position',
			faults: [{ on: POLL, answer: answers.fields({ position: undefined }) }],
		},
		{
			how: 'without its ID and camera type',
			faults: [
				{ on: POLL, answer: answers.fields({ request_id: undefined, camera_type: undefined }) },
			],
		},
		{
			how: 'with its ID as text',
			faults: [{ answer: answers.fields({ request_id: String(firstRequestId) }), on: POST }],
		},
		{
			how: 'with HTTP 200 after the start',
			faults: [{ on: POST, answer: (truth) => ({ ...truth, status: 200 }) }],
		},
		{
			how: 'in a wrapper',
			faults: [
				{ on: POST, answer: answers.wrapped('image_capture') },
				{ on: POLL, answer: answers.wrapped('image_capture') },
			],
		},
		{ how: 'in a wrapper of any name', faults: [{ on: POLL, answer: answers.wrapped('data') }] },
		{
			how: 'as plain text that is JSON',
			faults: [
				{ on: POLL, answer: (truth) => answers.text(truth.status, JSON.stringify(truth.body)) },
			],
		},
	])('$how', async ({ faults }) => {
		world.simulator.faults.add(...faults);
		const run = await world.run('capture', from('T-118'));
		await pictureOf(run);
		expect(run.items[0]?.json).toMatchObject({
			request_id: expect.anything() as unknown,
			camera_type: 'dashcam',
			state: 'ready',
		});
		expect(run.items[0]?.binary?.['data']?.fileName).toBe('T-118_front_facing_90301.jpg');
	});
});

describe('Waiting goes on', () => {
	it.each<{ when: string; fault: Fault }>([
		{ when: 'Motive fails', fault: { answer: answers.error(500) } },
		{ when: 'a proxy in between fails', fault: { answer: answers.html(502) } },
		{ when: 'a web page answers in its place', fault: { answer: answers.html(200) } },
		{ when: 'the connection breaks', fault: { connection: 'reset' } },
		{ when: 'the answer breaks off', fault: { connection: 'cut' } },
		{ when: 'Motive gets too many requests', fault: { answer: answers.error(429) } },
	])('when $when for a moment', async ({ fault }) => {
		world.simulator.faults.add({ ...fault, on: POLL, times: 3 });
		await pictureOf(await world.run('capture', from('T-118')));
	});

	it('when one answer never comes', async () => {
		world.simulator.faults.add({ on: POLL, times: 1, connection: 'hang' });
		const run = await world.run('capture', from('T-118'));
		await pictureOf(run);
		expect(run.took).toBeLessThan(100_000);
	});
});

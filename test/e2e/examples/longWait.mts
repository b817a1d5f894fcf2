import { expect, it } from 'vitest';
import { z } from 'zod';
import { failed } from '../../simulator/answers.mts';
import type { Capture } from '../../simulator/captures.mts';
import { nodeOf, pictureOf, type Changes, type ExampleWorld } from './world.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const FORM = 'Which vehicle?';
const WAIT = 'Wait half an hour';
const LIMIT = 'What became of it';
/** n8n keeps waits below 65 s in memory; this is one of the shortest for which it frees the worker. */
const REAL_WAIT: Changes = { [WAIT]: { amount: 66, unit: 'seconds' } };
/** For tests in which the length of the wait does not matter. */
const SHORT_WAIT: Changes = { [WAIT]: { amount: 1, unit: 'seconds' } };

/** The example `long-wait`. Its first wait is real, and no other test may interfere with it. */
export function longWait(world: ExampleWorld): void {
	let waitingId: string;
	let waiting: Capture;

	/** Publishes the example, submits its form, and unpublishes it; the execution that has begun goes on. */
	async function send(vehicle: string, camera: string, changes: Changes): Promise<string> {
		const { webhookId } = await nodeOf('long-wait', FORM);
		const address = `${world.url}/form/${String(webhookId)}`;
		const workflowId = await world.importExample('long-wait', changes);
		await world.client.activate(workflowId);
		expect(await (await fetch(address)).text()).toContain('Vehicle number');
		const body = new FormData();
		body.append('field-0', vehicle);
		body.append('field-1', camera);
		expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
		await world.client.deactivate(workflowId);
		return workflowId;
	}

	function captureOf(vehicle: string): Capture {
		const capture = world.outside.motive.captures.findLast(({ device }) => device.name === vehicle);
		if (!capture) throw new Error(`No picture of ${vehicle} was asked for`);
		return capture;
	}

	const messages = (words: string) =>
		world.outside.slack.messages
			.filter(({ text }) => text.includes(words))
			.map(({ channel, text }) => `#${channel} ${text}`);

	/** One message that the picture was asked for, and the picture in its thread. */
	async function expectPicture(capture: Capture): Promise<void> {
		const asked = world.outside.slack.messages.filter(({ text }) =>
			text.includes(`Asked ${capture.device.name} for a picture`),
		);
		const files = world.outside.slack.files.filter(({ threadTs }) =>
			asked.some(({ ts }) => ts === threadTs),
		);
		const content = await pictureOf(capture);
		expect(asked).toMatchObject([{ channel: 'fleet-photos' }]);
		expect(files).toMatchObject([{ channel: 'fleet-photos', content }]);
	}

	it('asks the camera, says so, and then waits in the database alone', async () => {
		world.outside.motive.setLatency({ kind: 'constant', ms: 30_000 }, 'T-123');
		waitingId = await send('T-123', 'front_facing', REAL_WAIT);
		await expect
			.poll(async () => await world.client.countWaiting(waitingId), { timeout: 30_000 })
			.toBe(1);
		world.outside.motive.setLatency(world.usualLatency, 'T-123');
		waiting = captureOf('T-123');
		expect(waiting.polls).toBe(0);
		expect(messages('Asked T-123')).toHaveLength(1);
	});

	it('comes back by itself, looks once, and brings the picture into the thread', async () => {
		expect((await world.ended(waitingId)).status).toBe('success');
		expect(waiting.polls).toBe(1);
		await expectPicture(waiting);
	});

	it('waits again as long as there is no picture', async () => {
		world.outside.motive.setLatency({ kind: 'constant', ms: 3000 }, 'VAN 7');
		await world.ended(await send('VAN 7', 'driver_facing', SHORT_WAIT));
		expect(captureOf('VAN 7').polls).toBeGreaterThan(1);
		await expectPicture(captureOf('VAN 7'));
	});

	it('tells when the camera failed', async () => {
		world.outside.motive.faults.add({ on: POLL, device: 'T-125', answer: failed() });
		await world.ended(await send('T-125', 'rear', SHORT_WAIT));
		expect(messages('No picture of T-125')).toEqual([
			`#fleet-camera-problems :warning: No picture of T-125 (rear): request ${String(captureOf('T-125').requestId)} is failed.`,
		]);
	});

	it('gives up when the day is over', async () => {
		world.outside.motive.setLatency({ kind: 'never' }, 'T-122');
		const usual = JSON.stringify((await nodeOf('long-wait', LIMIT))['parameters']);
		const early = usual.replace('"rightValue":47', '"rightValue":1');
		expect(early).not.toBe(usual);
		const changes = { ...SHORT_WAIT, [LIMIT]: z.record(z.unknown()).parse(JSON.parse(early)) };
		await world.ended(await send('T-122', 'front_facing', changes));
		expect(captureOf('T-122').polls).toBe(2);
		expect(messages('No picture of T-122')).toEqual([
			`#fleet-camera-problems :warning: No picture of T-122 (front_facing): request ${String(captureOf('T-122').requestId)} is pending.`,
		]);
	});

	it('tells when Motive knows no such vehicle', async () => {
		await world.ended(await send('T-999', 'rear', SHORT_WAIT));
		expect(messages('No picture of T-999')).toEqual([
			expect.stringMatching(
				/^#fleet-camera-problems :warning: No picture of T-999 \(rear\): .*T-999/,
			) as unknown,
		]);
	});
}

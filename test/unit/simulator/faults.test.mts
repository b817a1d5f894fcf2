import { describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { useSimulator } from './harness.mts';

const POST = 'POST /v1/image_captures';
const GET = 'GET /v1/image_captures/:camera_type/:request_id';

const { clock, client, simulator } = useSimulator();

describe('faults', () => {
	it('refuse some requests without effect, then let them pass', async () => {
		simulator().faults.add({ on: POST, device: 'T-118', times: 2, answer: { status: 429, headers: { 'retry-after': '3' } } });
		const refused = await client().start('T-118', 'rear');
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3']);
		expect(refused.data).toEqual({ error_message: 'Too Many Requests' });
		expect((await client().start('T-119', 'rear')).status).toBe(201);
		expect((await client().start('T-118', 'rear')).status).toBe(429);
		expect((await client().start('T-118', 'rear')).status).toBe(201);
		expect(simulator().received(POST)).toHaveLength(4);
		expect(simulator().captures).toHaveLength(2);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('reset a connection (work done: %s)', async (effect, started) => {
		simulator().faults.add({ on: POST, connection: 'reset', effect });
		await expect(client().start('T-118', 'rear')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(simulator().captures).toHaveLength(started);
	});

	it('change the shape of a true answer', async () => {
		await client().start('T-118', 'front_facing');
		simulator().faults.add({ on: GET, times: 1, answer: answers.wrapped('image_capture') });
		simulator().faults.add({ on: GET, times: 1, answer: answers.fields({ images: undefined, status: 'Processing' }) });
		simulator().faults.add({ on: GET, answer: answers.failed('expired') });
		expect((await client().poll()).data.image_capture.request_id).toBe(90301);
		expect((await client().poll()).data).not.toHaveProperty('images');
		expect((await client().poll()).data.status).toBe('pending');
		clock.forward(3_600_000);
		expect((await client().poll()).data).toMatchObject({ status: 'expired', images: {} });
	});

	it('hand out a URL that has expired already', async () => {
		simulator().faults.add({ on: GET, times: 1, urlSeconds: -5 });
		expect((await client().download(await client().finishedUrl())).status).toBe(403);
		expect((await client().download((await client().poll()).data.images.front_facing.url)).status).toBe(200);
	});

	it('break off in the middle of a picture', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', connection: 'cut' });
		await expect(client().download(url)).rejects.toMatchObject({ message: expect.stringMatching(/aborted|reset/) });
	});

	it('send something else than a picture', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', times: 1, answer: answers.html(200) });
		simulator().faults.add({ on: 'GET image', times: 1, answer: answers.contentType(undefined) });
		expect((await client().download(url)).headers['content-type']).toContain('text/html');
		expect((await client().download(url)).headers).not.toHaveProperty('content-type');
	});

	it('hold an answer until the clock has moved on', async () => {
		simulator().faults.add({ on: 'GET /v1/companies', delay: 30_000 });
		const answer = client().call('GET', '/v1/companies');
		await expect.poll(() => simulator().held).toBe(1);
		clock.forward(30_000);
		expect((await answer).status).toBe(200);
		expect(simulator().held).toBe(0);
	});
});

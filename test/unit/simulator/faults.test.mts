import { describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { imageIn, useSimulator } from './harness.mts';

const POST = 'POST /v1/image_captures';
const GET = 'GET /v1/image_captures/:camera_type/:request_id';

const { clock, client, simulator } = useSimulator();

describe('faults', () => {
	it('refuse some requests without effect, then let them pass', async () => {
		simulator().faults.add({
			on: POST,
			device: 'T-118',
			times: 2,
			answer: { status: 429, headers: { 'retry-after': '3' } },
		});
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
		simulator().faults.add({
			on: GET,
			times: 1,
			answer: answers.fields({ images: undefined, status: 'Processing' }),
		});
		simulator().faults.add({ on: GET, answer: answers.failed('expired') });
		expect((await client().poll()).data).toMatchObject({ image_capture: { request_id: 90301 } });
		expect((await client().poll()).data).not.toHaveProperty('images');
		expect((await client().poll()).data).toHaveProperty('status', 'pending');
		clock.forward(3_600_000);
		expect((await client().poll()).data).toMatchObject({ status: 'expired', images: {} });
	});

	it('hand out a URL that has expired already', async () => {
		simulator().faults.add({ on: GET, times: 1, urlSeconds: -5 });
		expect((await client().download(await client().finishedUrl())).status).toBe(403);
		expect((await client().download(imageIn(await client().poll()).url)).status).toBe(200);
	});

	it('break off in the middle of a picture', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', connection: 'cut' });
		await expect(client().download(url)).rejects.toThrow(/aborted|reset/);
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

	it('do the work and still refuse', async () => {
		simulator().faults.add({ on: POST, answer: answers.html(502), effect: true });
		const { status, data } = await client().start('T-118', 'rear');
		expect([status, simulator().captures.length]).toEqual([502, 1]);
		expect(data).toContain('Bad Gateway');
	});

	it('strike one camera of one device, in whatever request it is meant', async () => {
		const url = await client().finishedUrl();
		await client().start('T-118', 'driver_facing');
		simulator().faults.add({
			device: 'T-118',
			position: 'driver_facing',
			answer: answers.error(503),
		});
		expect((await client().poll()).status).toBe(200);
		expect((await client().call('GET', '/v1/image_captures/dashcam/90302')).status).toBe(503);
		expect((await client().start('T-118', 'driver_facing')).status).toBe(503);
		expect((await client().download(url)).status).toBe(200);
	});

	it('skip requests, and strike by chance but the same in every run', async () => {
		const statuses = async (): Promise<number[]> => {
			simulator().faults.add({ skip: 2, chance: 0.5, answer: { status: 500 } });
			const seen: number[] = [];
			for (let index = 0; index < 12; index += 1)
				seen.push((await client().call('GET', '/v1/companies')).status);
			return seen;
		};
		const first = await statuses();
		simulator().reset();
		expect(await statuses()).toEqual(first);
		expect(first.slice(0, 2)).toEqual([200, 200]);
		expect(new Set(first)).toEqual(new Set([200, 500]));
	});

	it('redirect, on either host', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({
			on: 'GET image',
			answer: answers.redirect('http://127.0.0.1:1/elsewhere'),
		});
		const { status, headers } = await client().download(url);
		expect([status, headers['location']]).toEqual([302, 'http://127.0.0.1:1/elsewhere']);
	});

	it('tell a mistake in a fault instead of leaving the client waiting', async () => {
		simulator().faults.add({
			on: GET,
			answer: () => {
				throw new Error('mistake');
			},
		});
		const { status, data } = await client().poll();
		expect([status, data]).toEqual([500, { error_message: 'mistake' }]);
	});

	it.each(['hang', 'stall'] as const)('%s until the client leaves', async (connection) => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', connection });
		const leaving = new AbortController();
		const answer = client().download(url, {}, leaving.signal);
		await expect.poll(() => simulator().held).toBe(1);
		leaving.abort();
		await expect(answer).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await expect.poll(() => simulator().held).toBe(0);
	});

	it('keep the ledger right when a client does not wait for a slow answer', async () => {
		simulator().faults.add({ on: POST, delay: 60_000 });
		const leaving = new AbortController();
		const body = { vehicle_id: 1040021, position: 'rear' };
		const answer = client().call('POST', '/v1/image_captures', body, leaving.signal);
		await expect.poll(() => simulator().held).toBe(1);
		leaving.abort();
		await expect(answer).rejects.toMatchObject({ code: 'ERR_CANCELED' });
		await expect.poll(() => simulator().held).toBe(0);
		expect(simulator().captures).toHaveLength(1);
		expect(simulator().received(POST)[0]).not.toHaveProperty('status');
	});
});

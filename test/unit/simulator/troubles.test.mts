import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Agent } from 'node:https';
import axios from 'axios';
import { afterEach, describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { makeFleet } from '../../simulator/fleet.mts';
import { startFront, startProxy, type Front } from '../../simulator/fronts.mts';
import { lost, oneCaptureAtATime, passing } from '../../simulator/troubles.mts';
import { imageIn, useSimulator } from './harness.mts';

const POST = 'POST /v1/image_captures';
const POLL = 'GET /v1/image_captures/:camera_type/:request_id';

const { clock, client, simulator } = useSimulator();

describe('trouble that passes', () => {
	it.each([
		['408', 408],
		['409', 409],
		['425', 425],
		['a page of a firewall', 403],
		['a redirect', 302],
		['status Unknown', 200],
	] as const)('%s: is over at the next look', async (name, status) => {
		simulator().setLatency({ kind: 'constant', ms: 0 });
		await client().start('T-118', 'front_facing');
		simulator().faults.add({ on: POLL, times: 1, ...passing[name] });
		const troubled = await client().poll();
		expect(troubled.status).toBe(status);
		expect(troubled.data).not.toHaveProperty('images.front_facing');
		expect(imageIn(await client().poll()).url).toMatch(/^http:/);
	});

	it('has the marks of its kind', async () => {
		await client().start('T-118', 'front_facing');
		simulator().faults.add(
			{ on: POLL, times: 1, ...passing['status Unknown'] },
			{ on: POLL, times: 1, ...passing['a redirect'] },
			{ on: POLL, times: 1, ...passing['a page of a firewall'] },
		);
		expect((await client().poll()).data).toMatchObject({ request_id: 90301, status: 'Unknown' });
		expect((await client().poll()).headers).toHaveProperty('location', '/sign-in');
		expect((await client().poll()).data).toContain('The request was blocked');
	});
});

describe('a capture', () => {
	it('is lost from some moment on, others are not', async () => {
		await client().start('T-118', 'front_facing');
		await client().start('T-118', 'driver_facing');
		simulator().faults.add(lost(90301, clock.now() + 60_000));
		expect((await client().poll()).status).toBe(200);
		clock.forward(60_000);
		expect((await client().poll()).status).toBe(404);
		expect((await client().call('GET', '/v1/image_captures/dashcam/90302')).status).toBe(200);
		expect((await client().start('T-118', 'front_facing')).status).toBe(201);
	});

	it('is refused while another of the vehicle is on its way', async () => {
		simulator().setLatency({ kind: 'constant', ms: 8000 });
		simulator().faults.add(oneCaptureAtATime(simulator().captures));
		await client().start('T-118', 'front_facing');
		const refused = await client().start('T-118', 'rear');
		expect([refused.status, refused.data]).toEqual([
			409,
			{ error_message: 'A capture of this vehicle is in progress' },
		]);
		expect((await client().start('T-119', 'rear')).status).toBe(201);
		clock.forward(8000);
		expect((await client().start('T-118', 'rear')).status).toBe(201);
	});

	it('is refused for an hour', async () => {
		simulator().faults.add({
			on: POST,
			answer: answers.error(429, 'slow down', { 'retry-after': '3600' }),
		});
		expect((await client().start('T-118', 'rear')).headers).toHaveProperty('retry-after', '3600');
	});
});

describe('hundreds of captures', () => {
	const { client, simulator } = useSimulator({ fleet: makeFleet(150) });

	it('stay pending for ever', async () => {
		simulator().setLatency({ kind: 'never' });
		await Promise.all(
			simulator().fleet.map(async ({ name }) => await client().start(name, 'front_facing')),
		);
		expect(simulator().captures).toHaveLength(150);
		const { data } = await client().call('GET', '/v1/image_captures/dashcam/90450');
		expect(data).toMatchObject({ request_id: 90450, status: 'pending' });
	});
});

describe('a download', () => {
	const BYTES = 20_000;
	/** The bytes that have come of a download so far, and a way to leave. */
	async function follow(url: string) {
		const leaving = new AbortController();
		const { data } = await axios.get<AsyncIterable<Buffer>>(url, {
			responseType: 'stream',
			signal: leaving.signal,
		});
		let received = 0;
		const end = (async () => {
			for await (const chunk of data) received += chunk.length;
		})();
		return { received: () => received, end, leave: () => leaving.abort() };
	}

	it('trickles, to its end if it is given the time', async () => {
		const url = await client().finishedUrl();
		const whole = (await client().download(url)).data.length;
		simulator().faults.add({ on: 'GET image', pace: { bytes: BYTES, ms: 4000 } });
		const { received, end } = await follow(url);
		for (let sent = 0; sent < whole; sent += BYTES) {
			await expect.poll(() => simulator().held).toBe(1);
			await expect.poll(received).toBe(sent);
			clock.forward(4000);
			await expect.poll(() => received() > sent).toBe(true);
		}
		await end;
		expect([received(), simulator().held]).toEqual([whole, 0]);
	});

	it('trickles until the client leaves', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', pace: { bytes: 1, ms: 4000 } });
		const { received, end, leave } = await follow(url);
		for (const seconds of [4, 8]) {
			await expect.poll(() => simulator().held).toBe(1);
			clock.forward(4000);
			await expect.poll(received).toBe(seconds / 4);
		}
		leave();
		await expect(end).rejects.toThrow();
		await expect.poll(() => simulator().held).toBe(0);
	});

	it('is refused when its link has waited for more than its minute', async () => {
		simulator().faults.add({ on: POLL, urlSeconds: 60 });
		const url = await client().finishedUrl();
		clock.forward(59_000);
		expect((await client().download(url)).status).toBe(200);
		clock.forward(2_000);
		expect((await client().download(url)).status).toBe(403);
	});
});

describe('a connection that is never made', () => {
	let front: Front | undefined;
	afterEach(() => front?.stop());

	const start = async (url: string, options = {}) =>
		await axios.post(`${url}/v1/image_captures`, {}, { proxy: false, ...options });

	it.each([
		['untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT', 1],
		['plain', 'EPROTO', 1],
		['closed', 'ECONNREFUSED', 0],
	] as const)('through a front that is %s fails with %s', async (kind, code, connections) => {
		front = await startFront(kind);
		await expect(start(front.url)).rejects.toMatchObject({ code });
		expect(front.connections).toBe(connections);
		expect(front.asked).toEqual([]);
	});

	it('would be made by somebody who trusts everybody', async () => {
		front = await startFront('untrusted');
		const httpsAgent = new Agent({ rejectUnauthorized: false });
		expect((await start(front.url, { httpsAgent })).status).toBe(200);
		expect(front.asked).toEqual(['/v1/image_captures']);
	});

	it.each([403, 407] as const)('is refused by a proxy with %i', async (status) => {
		front = await startProxy(status);
		const { hostname, port } = new URL(front.url);
		const tunnel = request({ hostname, port, method: 'CONNECT', path: 'api.gomotive.com:443' });
		tunnel.end();
		const [response] = (await once(tunnel, 'connect')) as [IncomingMessage];
		expect(response.statusCode).toBe(status);
		const proxy = { protocol: 'http', host: hostname, port: Number(port) };
		await expect(start('http://api.gomotive.com', { proxy })).rejects.toMatchObject({
			response: { status },
		});
		expect(front.asked).toEqual(['api.gomotive.com:443', 'api.gomotive.com']);
	});
});

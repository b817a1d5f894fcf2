import axios, { type AxiosResponse } from 'axios';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { startSimulator, type Simulator } from '../../simulator/simulator.mts';

const POST = 'POST /v1/image_captures';
const GET = 'GET /v1/image_captures/:camera_type/:request_id';

/** A clock that moves only when told to; sleepers wake when it has moved far enough. */
class HandClock {
	time = Date.parse('2026-07-02T18:00:00Z');
	private sleepers: Array<{ until: number; wake: () => void }> = [];

	readonly now = (): number => this.time;
	readonly sleep = async (ms: number): Promise<void> =>
		await new Promise((wake) => this.sleepers.push({ until: this.time + ms, wake }));

	forward(ms: number): void {
		this.time += ms;
		for (const { until, wake } of this.sleepers) if (until <= this.time) wake();
	}
}

const clock = new HandClock();
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ clock });
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

const client = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

const call = async (method: string, path: string, data?: unknown): Promise<AxiosResponse> =>
	await client.request({
		method,
		url: `${simulator.url}${path}`,
		headers: { 'x-api-key': simulator.apiKey },
		data,
	});
const start = async (name: string, position: string): Promise<AxiosResponse> => {
	const { kind, id } = simulator.device(name);
	return await call('POST', '/v1/image_captures', { [`${kind}_id`]: id, position });
};
const poll = async (): Promise<AxiosResponse> => await call('GET', '/v1/image_captures/dashcam/90301');
const download = async (url: string, headers = {}): Promise<AxiosResponse> =>
	await client.get(url, { headers, responseType: 'arraybuffer' });

/** Starts a capture of the front camera of T-118 and returns the address of its picture. */
const finishedUrl = async (): Promise<string> => {
	simulator.setLatency({ kind: 'constant', ms: 0 });
	await start('T-118', 'front_facing');
	return (await poll()).data.images.front_facing.url;
};

describe('API', () => {
	it('refuses a wrong key in the words of Motive', async () => {
		const { status, data } = await client.get(`${simulator.url}/v1/companies`, { headers: { 'x-api-key': 'x' } });
		expect([status, data]).toEqual([401, { error_message: 'invalid API key' }]);
		expect((await call('GET', '/v1/companies')).status).toBe(200);
	});

	it('pages through doubly wrapped lists, and past their end', async () => {
		const second = await call('GET', '/v1/vehicles?page_no=2&per_page=5');
		expect(second.data.pagination).toEqual({ per_page: 5, page_no: 2, total: 12 });
		expect(second.data.vehicles).toHaveLength(5);
		expect(second.data.vehicles[0].vehicle.number).toBe('T-123');
		const { data } = await call('GET', '/v1/assets?page_no=9');
		expect(data).toEqual({ assets: [], pagination: { per_page: 25, page_no: 9, total: 4 } });
	});

	it('finds vehicles by id, number and external id', async () => {
		const paths = ['/1040021', '/lookup?number=T-118', '/lookup_by_external_id?external_id=TMS-T-118&integration_name=generic_tms'];
		for (const path of paths) {
			expect((await call('GET', `/v1/vehicles${path}`)).data.vehicle.id).toBe(1040021);
		}
		expect((await call('GET', '/v1/vehicles/lookup?number=T-999')).status).toBe(404);
	});

	it.each([
		['TRL-204', 'front_facing', 422],
		['T-123', 'rear', 422],
		['T-127', 'rear', 422],
		['T-118', 'roof', 400],
	])('refuses %s %s with %i and says why', async (name, position, status) => {
		const answer = await start(name, position);
		expect(answer.status).toBe(status);
		expect(answer.data.error_message).toMatch(/\w+/);
		expect(simulator.captures).toHaveLength(0);
	});
});

describe('a capture', () => {
	it('is pending until its time has come, then has a picture', async () => {
		simulator.setLatency({ kind: 'constant', ms: 8000 }, 'T-118');
		const started = await start('T-118', 'front_facing');
		const common = {
			request_id: 90301,
			camera_type: 'dashcam',
			position: 'front_facing',
			vehicle: { id: 1040021, number: 'T-118' },
		};
		expect([started.status, started.data]).toEqual([201, { ...common, status: 'pending' }]);
		clock.forward(7999);
		expect((await poll()).data).toEqual({ ...common, status: 'pending', images: {} });
		clock.forward(1);
		const { data } = await poll();
		expect(data).toMatchObject({ ...common, status: 'success' });
		expect(Date.parse(data.images.front_facing.expires_at) - clock.time).toBe(3_600_000);
		expect(simulator.captures).toMatchObject([{ requestId: 90301, polls: 2, position: 'front_facing' }]);
	});

	it('is found only under its own camera type', async () => {
		await start('T-118', 'rear');
		expect((await poll()).status).toBe(404);
		expect((await call('GET', '/v1/image_captures/omnicam/90301')).status).toBe(200);
	});

	it('takes the same time in every run', async () => {
		const readyAt = async (): Promise<number | undefined> => {
			await start('T-119', 'rear');
			return simulator.captures.at(-1)?.readyAt;
		};
		const first = await readyAt();
		simulator.reset();
		expect(await readyAt()).toBe(first);
		expect(await readyAt()).not.toBe(first);
	});
});

describe('a picture', () => {
	it('is a JPEG behind a presigned URL, fetched without credentials', async () => {
		const { status, headers, data } = await download(await finishedUrl());
		expect([status, headers['content-type']]).toEqual([200, 'image/jpeg']);
		expect(data.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
		const [received] = simulator.received('GET image');
		expect(received).toMatchObject({ host: 'images', path: '/motive-captures/90301/front_facing.jpg', status: 200 });
		expect(received?.headers).not.toHaveProperty('x-api-key');
		expect(JSON.stringify(received)).not.toContain('Signature');
	});

	it('is refused by S3 after its time, and there again under a fresh URL', async () => {
		const url = await finishedUrl();
		clock.forward(3_601_000);
		const refused = await download(url);
		expect(refused.status).toBe(403);
		expect(String(refused.data)).toContain('Request has expired');
		expect((await download((await poll()).data.images.front_facing.url)).status).toBe(200);
	});

	it('is refused by S3 if an Authorization header comes with it', async () => {
		const { status, data } = await download(await finishedUrl(), { authorization: 'Bearer x' });
		expect(status).toBe(400);
		expect(String(data)).toContain('Only one auth mechanism allowed');
	});

	it('is refused if the signature was tampered with', async () => {
		const url = await finishedUrl();
		expect((await download(url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200'))).status).toBe(403);
	});
});

describe('faults', () => {
	it('refuse some requests without effect, then let them pass', async () => {
		simulator.faults.add({ on: POST, device: 'T-118', times: 2, answer: { status: 429, headers: { 'retry-after': '3' } } });
		const refused = await start('T-118', 'rear');
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3']);
		expect(refused.data).toEqual({ error_message: 'Too Many Requests' });
		expect((await start('T-119', 'rear')).status).toBe(201);
		expect((await start('T-118', 'rear')).status).toBe(429);
		expect((await start('T-118', 'rear')).status).toBe(201);
		expect(simulator.received(POST)).toHaveLength(4);
		expect(simulator.captures).toHaveLength(2);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('reset a connection (work done: %s)', async (effect, started) => {
		simulator.faults.add({ on: POST, connection: 'reset', effect });
		await expect(start('T-118', 'rear')).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(simulator.captures).toHaveLength(started);
	});

	it('change the shape of a true answer', async () => {
		await start('T-118', 'front_facing');
		simulator.faults.add({ on: GET, times: 1, answer: answers.wrapped('image_capture') });
		simulator.faults.add({ on: GET, times: 1, answer: answers.fields({ images: undefined, status: 'Processing' }) });
		simulator.faults.add({ on: GET, answer: answers.failed('expired') });
		expect((await poll()).data.image_capture.request_id).toBe(90301);
		expect((await poll()).data).not.toHaveProperty('images');
		expect((await poll()).data.status).toBe('pending');
		clock.forward(3_600_000);
		expect((await poll()).data).toMatchObject({ status: 'expired', images: {} });
	});

	it('hand out a URL that has expired already', async () => {
		simulator.faults.add({ on: GET, times: 1, urlSeconds: -5 });
		expect((await download(await finishedUrl())).status).toBe(403);
		expect((await download((await poll()).data.images.front_facing.url)).status).toBe(200);
	});

	it('break off in the middle of a picture', async () => {
		const url = await finishedUrl();
		simulator.faults.add({ on: 'GET image', connection: 'cut' });
		await expect(download(url)).rejects.toMatchObject({ message: expect.stringMatching(/aborted|reset/) });
	});

	it('send something else than a picture', async () => {
		const url = await finishedUrl();
		simulator.faults.add({ on: 'GET image', times: 1, answer: answers.html(200) });
		simulator.faults.add({ on: 'GET image', times: 1, answer: answers.contentType(undefined) });
		expect((await download(url)).headers['content-type']).toContain('text/html');
		expect((await download(url)).headers).not.toHaveProperty('content-type');
	});

	it('hold an answer until the clock has moved on', async () => {
		simulator.faults.add({ on: 'GET /v1/companies', delay: 30_000 });
		const answer = call('GET', '/v1/companies');
		await expect.poll(() => simulator.held).toBe(1);
		clock.forward(30_000);
		expect((await answer).status).toBe(200);
		expect(simulator.held).toBe(0);
	});
});

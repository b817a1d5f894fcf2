import { describe, expect, it } from 'vitest';
import { imageIn, useSimulator } from './harness.mts';

const { clock, client, simulator } = useSimulator();

describe('API', () => {
	it('refuses a wrong key in the words of Motive', async () => {
		const { status, data } = await client().download(`${simulator().url}/v1/companies`, {
			'x-api-key': 'x',
		});
		expect([status, String(data)]).toEqual([401, '{"error_message":"invalid API key"}']);
		expect((await client().call('GET', '/v1/companies')).status).toBe(200);
	});

	it('pages through doubly wrapped lists, and past their end', async () => {
		const second = await client().call('GET', '/v1/vehicles?page_no=2&per_page=5');
		expect(second.data).toMatchObject({
			vehicles: ['T-123', 'T-124', 'T-125', 'T-126', 'T-127'].map((number) => ({
				vehicle: { number },
			})),
			pagination: { per_page: 5, page_no: 2, total: 12 },
		});
		const { data } = await client().call('GET', '/v1/assets?page_no=9');
		expect(data).toEqual({ assets: [], pagination: { per_page: 25, page_no: 9, total: 4 } });
	});

	it('finds vehicles by id, number and external id', async () => {
		const paths = [
			'/1040021',
			'/lookup?number=T-118',
			'/lookup_by_external_id?external_id=TMS-T-118&integration_name=generic_tms',
		];
		for (const path of paths) {
			expect((await client().call('GET', `/v1/vehicles${path}`)).data).toMatchObject({
				vehicle: { id: 1040021 },
			});
		}
		expect((await client().call('GET', '/v1/vehicles/lookup?number=T-999')).status).toBe(404);
	});

	it.each([
		['TRL-204', 'front_facing', 422],
		['T-123', 'rear', 422],
		['T-127', 'rear', 422],
		['T-118', 'roof', 400],
	])('refuses %s %s with %i and says why', async (name, position, status) => {
		const answer = await client().start(name, position);
		expect(answer.status).toBe(status);
		expect(answer.data).toHaveProperty('error_message', expect.stringMatching(/\w+/));
		expect(simulator().captures).toHaveLength(0);
	});
});

describe('a capture', () => {
	it('is pending until its time has come, then has a picture', async () => {
		simulator().setLatency({ kind: 'constant', ms: 8000 }, 'T-118');
		const started = await client().start('T-118', 'front_facing');
		const common = {
			request_id: 90301,
			camera_type: 'dashcam',
			position: 'front_facing',
			vehicle: { id: 1040021, number: 'T-118' },
		};
		expect([started.status, started.data]).toEqual([201, { ...common, status: 'pending' }]);
		clock.forward(7999);
		expect((await client().poll()).data).toEqual({ ...common, status: 'pending', images: {} });
		clock.forward(1);
		const ready = await client().poll();
		expect(ready.data).toMatchObject({ ...common, status: 'success' });
		expect(Date.parse(imageIn(ready).expires_at) - clock.now()).toBe(3_600_000);
		expect(simulator().captures).toMatchObject([
			{ requestId: 90301, polls: 2, position: 'front_facing' },
		]);
	});

	it('is found only under its own camera type', async () => {
		await client().start('T-118', 'rear');
		expect((await client().poll()).status).toBe(404);
		expect((await client().call('GET', '/v1/image_captures/omnicam/90301')).status).toBe(200);
	});

	it('takes the same time in every run', async () => {
		const readyAt = async (): Promise<number | undefined> => {
			await client().start('T-119', 'rear');
			return simulator().captures.at(-1)?.readyAt;
		};
		const first = await readyAt();
		simulator().reset();
		expect(await readyAt()).toBe(first);
		expect(await readyAt()).not.toBe(first);
	});
});

describe('a picture', () => {
	it('is a JPEG behind a presigned URL, fetched without credentials', async () => {
		const { status, headers, data } = await client().download(await client().finishedUrl());
		expect([status, headers['content-type']]).toEqual([200, 'image/jpeg']);
		expect(data.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
		const [received] = simulator().received('GET image');
		expect(received).toMatchObject({
			host: 'images',
			path: '/motive-captures/90301/front_facing.jpg',
			status: 200,
		});
		expect(received?.headers).not.toHaveProperty('x-api-key');
		expect(JSON.stringify(received)).not.toContain('Signature');
	});

	it('is refused by S3 after its time, and there again under a fresh URL', async () => {
		const url = await client().finishedUrl();
		clock.forward(3_601_000);
		const refused = await client().download(url);
		expect(refused.status).toBe(403);
		expect(String(refused.data)).toContain('Request has expired');
		expect((await client().download(imageIn(await client().poll()).url)).status).toBe(200);
	});

	it('is refused by S3 if an Authorization header comes with it', async () => {
		const { status, data } = await client().download(await client().finishedUrl(), {
			authorization: 'Bearer x',
		});
		expect(status).toBe(400);
		expect(String(data)).toContain('Only one auth mechanism allowed');
	});

	it('is refused if the signature was tampered with', async () => {
		const url = await client().finishedUrl();
		expect(
			(await client().download(url.replace('X-Amz-Expires=3600', 'X-Amz-Expires=7200'))).status,
		).toBe(403);
	});
});

import { gunzipSync } from 'node:zlib';
import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { makeFleet } from '../../simulator/fleet.mts';
import * as shapes from '../../simulator/shapes.mts';
import { isRecord } from '../../simulator/values.mts';
import { imageIn, useSimulator } from './harness.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const RECALL = 'GET /v1/video_recall_requests/:id';
const VEHICLES = 'GET /v1/vehicles';
const EVENTS = 'GET /v2/driver_performance_events';

const { clock, client, simulator } = useSimulator();

const ready = () => simulator().setLatency({ kind: 'constant', ms: 0 });
const recall = async () =>
	await client().call('POST', '/v1/video_recall_requests', {
		vehicle_number: 'T-118',
		start_time: '2026-07-01T12:00:00Z',
		duration: 1,
		camera_positions: ['front_facing', 'rear'],
	});
const pollRecall = async () =>
	(await client().call('GET', '/v1/video_recall_requests/8f0c1a')).data;

/** A list at a path of the body, or nothing. */
function listIn(body: unknown, key: string): unknown[] {
	const list = isRecord(body) ? body[key] : undefined;
	return Array.isArray(list) ? list : [];
}

describe('a capture', () => {
	it('has links of "nil" while it is pending', async () => {
		simulator().faults.add({ on: POLL, answer: shapes.nilLinks });
		await client().start('T-118', 'front_facing');
		expect((await client().poll()).data).toMatchObject({
			status: 'pending',
			images: { front_facing: { url: 'nil' } },
		});
		clock.forward(3_600_000);
		expect(imageIn(await client().poll()).url).toMatch(/^http:/);
	});

	it('has its images in a list', async () => {
		ready();
		simulator().faults.add({ on: POLL, answer: shapes.listedImages });
		await client().start('T-118', 'front_facing');
		const { data } = await client().poll();
		expect(listIn(data, 'images')).toEqual([
			{
				position: 'front_facing',
				url: expect.stringMatching(/^http:/) as string,
				expires_at: '2026-07-02T20:00:00Z',
			},
		]);
	});

	it('brings pictures of several cameras, without a position of its own', async () => {
		ready();
		simulator().faults.add({
			on: POLL,
			brings: ['front_facing', 'driver_facing'],
			answer: shapes.withoutPosition,
		});
		await client().start('T-118', 'front_facing');
		const { data } = await client().poll();
		expect(data).not.toHaveProperty('position');
		expect(data).toHaveProperty('images.front_facing.url');
		expect(data).toHaveProperty('images.driver_facing.url');
	});

	it('brings two pictures of one camera, each a file of its own', async () => {
		ready();
		simulator().faults.add({ on: POLL, brings: ['front_facing', 'front_facing'] });
		await client().start('T-118', 'front_facing');
		const { data } = await client().poll();
		const images = listIn(data, 'images').filter(isRecord);
		expect(images.map(({ position }) => position)).toEqual(['front_facing', 'front_facing']);
		const urls = images.map(({ url }) => String(url));
		expect(new Set(urls.map((url) => new URL(url).pathname)).size).toBe(2);
		for (const url of urls) expect((await client().download(url)).status).toBe(200);
	});

	it('succeeds at one look and has its link at the next', async () => {
		simulator().faults.add({ on: POLL, answer: shapes.lateLinks() });
		simulator().setLatency({ kind: 'constant', ms: 5000 });
		await client().start('T-118', 'front_facing');
		expect((await client().poll()).data).toMatchObject({ status: 'pending' });
		clock.forward(5000);
		expect((await client().poll()).data).toMatchObject({ status: 'success', images: {} });
		expect(imageIn(await client().poll()).url).toMatch(/^http:/);
	});

	it.each([200, 201])('is refused under HTTP %i', async (status) => {
		simulator().faults.add({
			on: 'POST /v1/image_captures',
			answer: answers.error(status, 'Camera is off'),
		});
		const refused = await client().start('T-118', 'front_facing');
		expect([refused.status, refused.data]).toEqual([status, { error_message: 'Camera is off' }]);
		expect(simulator().captures).toHaveLength(0);
	});

	it('is answered with that of another vehicle', async () => {
		ready();
		await client().start('T-118', 'front_facing');
		await client().start('T-119', 'front_facing');
		simulator().faults.add({ on: POLL, times: 1, asked: { params: { request_id: '90302' } } });
		const other = await client().poll();
		expect(other.data).toMatchObject({ request_id: 90302, vehicle: { number: 'T-119' } });
		expect((await client().download(imageIn(other).url)).status).toBe(200);
		expect((await client().poll()).data).toMatchObject({ request_id: 90301 });
	});

	it('names a camera type that leads elsewhere', async () => {
		simulator().faults.add({
			on: 'POST /v1/image_captures',
			answer: answers.fields({ camera_type: '..' }),
		});
		expect((await client().start('T-118', 'rear')).data).toHaveProperty('camera_type', '..');
	});
});

describe('a video recall', () => {
	it('has links of "nil" while it is pending', async () => {
		simulator().faults.add({ on: RECALL, answer: shapes.nilLinks });
		await recall();
		expect(await pollRecall()).toMatchObject({
			status: 'pending',
			cameras: [
				{ position: 'front_facing', download_url: 'nil' },
				{ position: 'rear', download_url: 'nil' },
			],
		});
	});

	it('is ready under a word that nobody has seen', async () => {
		ready();
		simulator().faults.add({
			on: RECALL,
			answer: answers.onceReady(answers.fields({ status: 'completed' })),
		});
		await recall();
		const body = await pollRecall();
		expect(body).toHaveProperty('status', 'completed');
		expect(listIn(body, 'cameras')).toHaveLength(2);
	});

	it('brings two videos of one camera, each a file of its own', async () => {
		ready();
		simulator().faults.add({ on: RECALL, brings: ['rear', 'rear'] });
		await recall();
		const urls = listIn(await pollRecall(), 'cameras')
			.filter(isRecord)
			.map(({ download_url: url }) => String(url));
		const files = await Promise.all(urls.map(async (url) => await client().download(url)));
		expect(files.map(({ status }) => status)).toEqual([200, 200]);
		expect(files[0]?.data.equals(files[1]?.data ?? Buffer.alloc(0))).toBe(false);
	});

	it('has its cameras in a map, and its links late', async () => {
		ready();
		simulator().faults.add({
			on: RECALL,
			answer: answers.all(shapes.lateLinks(), shapes.listsAsMaps),
		});
		await recall();
		expect(await pollRecall()).toHaveProperty('cameras', {});
		expect(await pollRecall()).toHaveProperty('cameras.rear.download_url');
	});
});

describe('a list', () => {
	const { client, simulator } = useSimulator({ fleet: makeFleet(60) });
	const page = async (no = 1) =>
		(await client().call('GET', `/v1/vehicles?per_page=50&page_no=${no}`)).data;
	const numbers = (body: unknown) =>
		listIn(body, 'vehicles').map((row) =>
			isRecord(row) && isRecord(row['vehicle']) ? row['vehicle']['number'] : undefined,
		);

	it('has 25 entries a page, whatever was asked', async () => {
		simulator().faults.add({ on: VEHICLES, asked: { query: { per_page: '25' } } });
		const pages = [await page(1), await page(2), await page(3)];
		expect(pages.map((body) => numbers(body).length)).toEqual([25, 25, 10]);
		expect(new Set(pages.flatMap(numbers)).size).toBe(60);
		expect(pages[0]).toHaveProperty('pagination', { per_page: 25, page_no: 1, total: 60 });
	});

	it('gives a page twice', async () => {
		simulator().faults.add({
			on: VEHICLES,
			skip: 1,
			times: 1,
			asked: { query: { page_no: '1' } },
		});
		const pages = [await page(1), await page(2), await page(2)].map(numbers);
		expect(pages[1]).toEqual(pages[0]);
		expect(pages[2]).toHaveLength(10);
	});

	it('gives the same page for ever, without ids', async () => {
		simulator().faults.add({
			on: VEHICLES,
			asked: { query: { page_no: '1' } },
			answer: shapes.withoutIds,
		});
		const body = await page(7);
		expect(body).toEqual(await page(8));
		expect(listIn(body, 'vehicles')[0]).toMatchObject({
			vehicle: { number: 'V-0001', eld_device: { id: expect.any(Number) as number } },
		});
		expect(listIn(body, 'vehicles')[0]).not.toHaveProperty('vehicle.id');
	});

	it('has flat entries without ids', async () => {
		simulator().faults.add({
			on: VEHICLES,
			answer: answers.all(shapes.flatRows, shapes.withoutIds),
		});
		const [row] = listIn(await page(), 'vehicles');
		expect(row).toHaveProperty('number', 'V-0001');
		expect(row).not.toHaveProperty('id');
	});

	it('is a map with ids as text', async () => {
		simulator().faults.add({
			on: VEHICLES,
			answer: answers.all(shapes.listsAsMaps, shapes.idsAsText),
		});
		expect(await page()).toMatchObject({
			vehicles: { 0: { vehicle: { id: '2000001', group_ids: ['301'] } } },
			pagination: { total: 60 },
		});
	});

	it.each([
		['no count', shapes.withoutTotal, undefined],
		['a count that is text', shapes.totalAsText, '60'],
	])('has %s', async (_, answer, total) => {
		simulator().faults.add({ on: VEHICLES, answer });
		expect(await page()).toHaveProperty('pagination', {
			per_page: 50,
			page_no: 1,
			...(total !== undefined && { total }),
		});
	});

	it('has no count beside its events either', async () => {
		simulator().faults.add({ on: EVENTS, answer: shapes.withoutTotal });
		const { data } = await client().call('GET', '/v2/driver_performance_events');
		expect(data).toHaveProperty('per_page', 25);
		expect(data).not.toHaveProperty('total');
	});
});

describe('any answer', () => {
	const COMPANIES = 'GET /v1/companies';
	const companies = async () => (await client().call('GET', '/v1/companies')).data;

	/** How many levels of `data` are around the innermost value, and that value. */
	function unearthed(body: unknown): [levels: number, value: unknown] {
		let [levels, value] = [0, body];
		for (; isRecord(value) && 'data' in value; levels += 1) value = value['data'];
		return [levels, value];
	}

	it('lies 3,000 levels deep', async () => {
		simulator().faults.add({ on: COMPANIES, answer: shapes.buried(3000) });
		const [levels, value] = unearthed(await companies());
		expect(levels).toBe(3000);
		expect(value).toHaveProperty('companies');
	});

	it('has a field that is 3,000 levels deep', async () => {
		simulator().faults.add({ on: COMPANIES, answer: shapes.nested(3000) });
		const body = await companies();
		expect(body).toHaveProperty('companies');
		expect(unearthed(isRecord(body) && body['details'])).toEqual([3000, {}]);
	});

	it('has 5 MB', async () => {
		simulator().faults.add({ on: COMPANIES, answer: shapes.padded(5_000_000) });
		expect(JSON.stringify(await companies()).length).toBeGreaterThan(5_000_000);
	});
});

describe('a file', () => {
	it.each(['gzip', 'br', 'deflate'] as const)(
		'comes in %s although nothing was accepted',
		async (encoding) => {
			const url = await client().finishedUrl();
			const plain = await client().download(url);
			simulator().faults.add({ on: 'GET image', answer: shapes.encoded(encoding) });
			const { data, headers } = await client().download(url, { 'accept-encoding': 'identity' });
			expect(headers).toMatchObject({ 'content-type': 'image/jpeg' });
			expect(data.equals(plain.data)).toBe(true);
		},
	);

	it('says its encoding and the length of what is sent', async () => {
		const url = await client().finishedUrl();
		const plain = await client().download(url);
		simulator().faults.add({ on: 'GET image', answer: shapes.encoded('gzip') });
		const response = await client().raw(url);
		expect(response.headers).toMatchObject({
			'content-encoding': 'gzip',
			'content-length': String(response.data.length),
		});
		expect(gunzipSync(response.data).equals(plain.data)).toBe(true);
	});

	it.each([
		['mif1', 'image/heif'],
		['heix', 'image/heif'],
		['avis', 'image/avif'],
	])('begins as HEIF of the brand %s', async (brand, type) => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', answer: shapes.heif(brand) });
		const { data, headers } = await client().download(url);
		expect([headers['content-type'], data.toString('latin1', 4, 12)]).toEqual([
			type,
			`ftyp${brand}`,
		]);
	});

	it('is a whole picture where the brand is that of an AVIF', async () => {
		const url = await client().finishedUrl();
		simulator().faults.add({ on: 'GET image', answer: shapes.heif('avif') });
		const { width, height } = await loadImage((await client().download(url)).data);
		expect([width, height]).toEqual([64, 36]);
	});
});

describe('times without a zone', () => {
	it('are what clocks in the zone of the company show', async () => {
		simulator().faults.add({ on: EVENTS, answer: shapes.localTimes() });
		const { data } = await client().call('GET', '/v2/driver_performance_events');
		simulator().faults.clear();
		const { data: truth } = await client().call('GET', '/v2/driver_performance_events');
		const start = (body: unknown) => {
			const [row] = listIn(body, 'driver_performance_events');
			const event = isRecord(row) ? row['driver_performance_event'] : undefined;
			return String(isRecord(event) && event['start_time']);
		};
		expect(start(data)).toMatch(/^2026-07-0\dT\d\d:\d\d:\d\d$/);
		expect(Date.parse(`${start(data)}-05:00`)).toBe(Date.parse(start(truth)));
	});

	it('are in a payload as well', () => {
		const payload = { id: 7, start_time: '2026-01-02T03:04:05Z', parts: [{ at: 'soon' }] };
		expect(shapes.inLocalTimes(payload, 'Europe/Berlin')).toEqual({
			...payload,
			start_time: '2026-01-02T04:04:05',
		});
	});
});

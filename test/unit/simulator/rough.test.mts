import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as answers from '../../simulator/answers.mts';
import { makeFleet } from '../../simulator/fleet.mts';
import { startSimulator, type Simulator } from '../../simulator/simulator.mts';
import { isRecord } from '../../simulator/values.mts';
import { Client, HandClock } from './harness.mts';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const SEEDS = Array.from({ length: 10 }, (_, index) => `seed ${index + 1}`);
const world = { fleet: makeFleet(90), pictures: { shared: true } };

/** A client of a rough simulator, which is there until the tests of its part have run. */
function useRough(rough: string): { clock: HandClock; client: () => Client } {
	const clock = new HandClock();
	let simulator: Simulator | undefined;
	beforeAll(async () => {
		simulator = await startSimulator({ clock, rough, ...world });
	});
	afterEach(() => simulator?.reset());
	afterAll(async () => await simulator?.stop());
	return {
		clock,
		client: () => {
			if (!simulator) throw new Error('the simulator runs only within tests');
			return new Client(simulator);
		},
	};
}

/** Out of the single key around it, if there is one. */
function unwrap(body: unknown): Record<string, unknown> {
	const record: unknown = typeof body === 'string' ? JSON.parse(body) : body;
	if (!isRecord(record)) return {};
	const [inner, ...others] = Object.values(record);
	return others.length === 0 && isRecord(inner) ? inner : record;
}

/** The values of a list or of a map. */
function valuesOf(list: unknown): unknown[] {
	return isRecord(list) ? Object.values(list) : Array.isArray(list) ? list : [];
}

/** The first address in an answer about work. */
function linkIn(body: unknown): string | undefined {
	const { images, cameras } = unwrap(body);
	const links = [...valuesOf(images), ...valuesOf(cameras)]
		.filter(isRecord)
		.map(({ url, download_url = url }) => download_url);
	return links.find((link) => typeof link === 'string' && link.startsWith('http'))?.toString();
}

/** Asks again, a few times, until there is what is looked for; a broken connection counts as no answer. */
async function patiently<T>(ask: () => Promise<T | undefined>, most = 8): Promise<T> {
	for (let look = 0; look < most; look += 1) {
		const found = await ask().catch(() => undefined);
		if (found !== undefined) return found;
	}
	throw new Error('nothing came of it');
}

/** Captures the front of a vehicle and downloads the picture, whatever is in between. */
async function capture(client: Client, clock: HandClock, name: string): Promise<Buffer> {
	const started = await client.start(name, 'front_facing');
	expect([200, 201]).toContain(started.status);
	const id = Number(unwrap(started.data)['request_id']);
	expect(id).toBeGreaterThan(90_300);
	const poll = async () =>
		linkIn((await client.call('GET', `/v1/image_captures/dashcam/${id}`)).data);
	expect(await poll().catch(() => undefined)).toBeUndefined();
	clock.forward(3_600_000);
	const link = await patiently(poll);
	return await patiently(async () => {
		const { status, data } = await client.download(link);
		return status === 200 ? data : undefined;
	});
}

/** All vehicle numbers, page after page until nothing new comes. */
async function vehicleNumbers(client: Client): Promise<unknown[]> {
	const numbers = new Set<unknown>();
	for (let page = 1; ; page += 1) {
		const before = numbers.size;
		const rows = await patiently(async () => {
			const { data } = await client.call('GET', `/v1/vehicles?per_page=100&page_no=${page}`);
			const body: unknown = typeof data === 'string' ? JSON.parse(data) : data;
			return isRecord(body) && 'vehicles' in body ? valuesOf(body['vehicles']) : undefined;
		});
		for (const row of rows) numbers.add(unwrap({ row: unwrap(row) })['number']);
		if (numbers.size === before) return [...numbers];
	}
}

describe.each(SEEDS)('a rough Motive with %s', (seed) => {
	const { clock, client } = useRough(seed);

	it('delivers every picture to who asks again', async () => {
		for (let index = 1; index <= 4; index += 1) {
			const picture = await capture(client(), clock, `V-000${index}`);
			expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
			expect(picture.subarray(-2).toString('hex')).toBe('ffd9');
		}
		expect(client().simulator.captures).toHaveLength(4);
	});

	it('delivers every vehicle of a list', async () => {
		expect(await vehicleNumbers(client())).toEqual(world.fleet.map(({ name }) => name));
	});

	it('delivers every video', async () => {
		const { data } = await client().call('POST', '/v1/video_recall_requests', {
			vehicle_number: 'V-0001',
			start_time: '2026-07-01T12:00:00Z',
			duration: 1,
		});
		const id = String(unwrap(data)['id']);
		clock.forward(3_600_000);
		const link = await patiently(async () =>
			linkIn((await client().call('GET', `/v1/video_recall_requests/${id}`)).data),
		);
		const video = await patiently(async () => {
			const { status, data: bytes } = await client().download(link);
			return status === 200 ? bytes : undefined;
		});
		expect(video.subarray(4, 8).toString()).toBe('ftyp');
	});
});

describe('what is rough', () => {
	/** What a few captures and lists look like, in a few words each. */
	async function transcript(client: Client, clock: HandClock): Promise<string[]> {
		const words: string[] = [];
		const note = async (what: string, path: string) => {
			const answer = await client.call('GET', path).catch(() => undefined);
			const text = JSON.stringify(answer?.data ?? null).replaceAll(/"http[^"]*"/g, 'a link');
			words.push(`${what} ${answer?.status ?? 'broken'} ${text.slice(0, 300)}`);
		};
		for (const name of ['V-0001', 'V-0002', 'V-0003']) await client.start(name, 'front_facing');
		for (const forward of [0, 0, 3_600_000, 0, 0]) {
			clock.forward(forward);
			for (const id of [90301, 90302, 90303])
				await note('capture', `/v1/image_captures/dashcam/${id}`);
		}
		for (const path of ['vehicles', 'users', 'assets', 'companies', 'vehicles/2000001'])
			await note(path, `/v1/${path}`);
		return words;
	}

	const one = useRough('the same');
	const alike = useRough('the same');
	const other = useRough('another');

	it('is the same for the same seed, also after a reset, and differs for another', async () => {
		const first = await transcript(one.client(), one.clock);
		expect(await transcript(alike.client(), alike.clock)).toEqual(first);
		one.client().simulator.reset();
		const times = /20\d\d-[\dT:-]+Z/g;
		const timeless = (words: string[]) => words.map((word) => word.replaceAll(times, 'a time'));
		const again = await transcript(one.client(), one.clock);
		expect(timeless(again)).toEqual(timeless(first));
		expect(await transcript(other.client(), other.clock)).not.toEqual(first);
	});

	it('comes in every kind over ten seeds', async () => {
		const seen: string[] = [];
		for (const rough of SEEDS) {
			const clock = new HandClock();
			const simulator = await startSimulator({ clock, rough, ...world });
			seen.push(...(await transcript(new Client(simulator), clock)));
			await simulator.stop();
		}
		const all = seen.join('\n');
		for (const trace of [
			/capture (408|409|425|403|302|500|502|broken)/,
			/"request_id":"90301"/,
			/"request_id":90301/,
			/\{"image_capture":/,
			/\{"data":/,
			/"status":"(queued|Processing|waiting for device)"/,
			/"status":"(completed|done)"/,
			/"url":"nil"/,
			/"images":null/,
			/"images":\[/,
			/"images":\{"front_facing":\{"url":a link/,
			/vehicles 200 \{"vehicles":\{"0":/,
			/vehicles 200 \{"vehicles":\[\{"id"/,
			/vehicles 200 \{"vehicles":\[\{"vehicle":/,
			/vehicles\/2000001 200 \{"id":/,
		])
			expect(all).toMatch(trace);
	});
});

describe('faults of a test', () => {
	const { clock, client } = useRough('with faults');

	it('strike as they are where their answer is fixed', async () => {
		client().simulator.faults.add({ on: POLL, answer: answers.error(404, 'gone') });
		await client().start('V-0001', 'rear');
		const answer = await client().call('GET', '/v1/image_captures/omnicam/90301');
		expect([answer.status, answer.data]).toEqual([404, { error_message: 'gone' }]);
	});

	it('are told in the rough manner where they change the truth', async () => {
		client().simulator.faults.add({ on: POLL, answer: answers.failed('expired') });
		for (let index = 1; index <= 5; index += 1) await client().start(`V-000${index}`, 'rear');
		clock.forward(3_600_000);
		const bodies = [];
		for (let id = 90301; id <= 90305; id += 1)
			bodies.push((await client().call('GET', `/v1/image_captures/omnicam/${id}`)).data);
		expect(bodies.map((body) => unwrap(body)['status'])).toEqual(Array(5).fill('expired'));
		expect(
			new Set(bodies.map((body) => JSON.stringify(Object.keys(Object(body) as object)))).size,
		).toBeGreaterThan(1);
	});
});

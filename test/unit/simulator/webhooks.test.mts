import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probe, sign } from '../../simulator/deliveries.mts';
import { aggregatedEvent, geofenceEvent } from '../../simulator/events.mts';
import { isRecord } from '../../simulator/values.mts';
import { useSimulator } from './harness.mts';

const SECRET = '0123456789abcdef0123';
const ACTION = 'driver_performance_event_created';

const { client, simulator } = useSimulator();

/** What reached the client's address; each was judged before it was answered. */
const received: Array<{ method: string; headers: IncomingHttpHeaders; body: string }> = [];
/** Status that the address answers, and what it looks at before. */
let status = 200;
let look = (): unknown => undefined;
const seen: unknown[] = [];

const server = createServer((request, response) => {
	void text(request).then((body) => {
		received.push({ method: request.method ?? '', headers: request.headers, body });
		seen.push(look());
		response.writeHead(status).end('heard');
	});
});
beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(() => {
	[received.length, seen.length, status, look] = [0, 0, 200, () => undefined];
});
afterAll(() => server.close());

const address = () => `http://hooks.example:${(server.address() as AddressInfo).port}/hook`;
const create = async (changes: object = {}) =>
	await client().call('POST', '/v1/company_webhooks', {
		url: address(),
		secret: SECRET,
		format: 'json',
		actions: [ACTION],
		enabled: true,
		webhook_type: 'POST',
		...changes,
	});
const change = async (id: unknown, changes: object) =>
	await client().call('PUT', `/v1/company_webhooks/${String(id)}`, changes);

/** The webhook in an answer. */
function webhookIn({ data }: { data: unknown }): Record<string, unknown> {
	const webhook = isRecord(data) ? data['company_webhook'] : undefined;
	if (!isRecord(webhook)) throw new Error('there is no webhook in the answer');
	return webhook;
}

describe('the test message of a webhook', () => {
	it('comes signed while the request that makes it is not answered yet', async () => {
		look = () => simulator().received('POST /v1/company_webhooks')[0]?.status;
		const made = await create();
		expect([made.status, webhookIn(made)['enabled']]).toEqual([201, true]);
		expect(seen).toEqual([undefined]);
		expect(received).toMatchObject([
			{
				method: 'POST',
				body: '{"action":"test"}',
				headers: { 'x-kt-webhook-signature': sign('{"action":"test"}', SECRET) },
			},
		]);
	});

	it.each([
		[200, true],
		[201, true],
		[202, false],
		[401, false],
		[500, false],
	])('answered with %i leaves it switched on: %s', async (answer, enabled) => {
		status = answer;
		expect(webhookIn(await create())['enabled']).toBe(enabled);
		expect(simulator().webhooks.all).toMatchObject([{ enabled }]);
	});

	it('comes again when address or secret change or it is switched on, and only then', async () => {
		const { id } = webhookIn(await create());
		look = () => simulator().received('PUT /v1/company_webhooks/:id').at(-1)?.status;
		const bodies = [
			{ secret: 'f'.repeat(20) },
			{ url: `${address()}/new` },
			{ actions: [ACTION, 'fault_code_opened'] },
			{ enabled: false },
			{ enabled: true },
		];
		const tests: number[] = [];
		for (const body of bodies) {
			const before = received.length;
			expect((await change(id, body)).status).toBe(200);
			tests.push(received.length - before);
		}
		expect(tests).toEqual([1, 1, 0, 0, 1]);
		expect(seen.slice(1)).toEqual([undefined, undefined, undefined]);
		expect(received.at(-1)?.headers).toHaveProperty(
			'x-kt-webhook-signature',
			sign('{"action":"test"}', 'f'.repeat(20)),
		);
	});

	it('refused after a change switches it off', async () => {
		const { id } = webhookIn(await create());
		status = 401;
		expect(webhookIn(await change(id, { secret: 'f'.repeat(20) }))['enabled']).toBe(false);
	});

	it('can be a list of actions', async () => {
		simulator().webhooks.habits.testMessage = 'actions';
		expect(webhookIn(await create())['enabled']).toBe(true);
		expect(received[0]?.body).toBe(`["${ACTION}"]`);
	});
});

describe('a signature', () => {
	it.each([
		[
			['fault_code_closed'],
			'd9d36bea41c44ae49d1bfc4a48ba2abe',
			'f04a8386a21a6cba0447024e83b3f0983352bb72',
		],
		[{ action: 'test' }, '8cbd43f98ba1e33c28c9', '5e1a966298ba4f3e91847aea8746198ca0530dd2'],
	])('of %j is as published', async (payload, secret, signature) => {
		await simulator().webhooks.deliver({ url: address(), secret }, payload);
		expect(received[0]?.headers).toHaveProperty('x-kt-webhook-signature', signature);
	});
});

describe('Motive in its own way', () => {
	it('shows an address with a slash at its end', async () => {
		simulator().webhooks.habits.slashAtEnd = true;
		expect(webhookIn(await create())['url']).toBe(`${address()}/`);
		await create({ url: `${address()}/2/` });
		const { data } = await client().call('GET', '/v1/company_webhooks');
		expect(data).toMatchObject({
			company_webhooks: [
				{ company_webhook: { url: `${address()}/` } },
				{ company_webhook: { url: `${address()}/2/` } },
			],
		});
		simulator().reset();
		expect(webhookIn(await create())['url']).toBe(address());
	});

	it('makes a secret after the test message', async () => {
		simulator().webhooks.habits.ownSecret = 'afterTest';
		const { secret, enabled } = webhookIn(await create());
		expect(received[0]?.headers).toHaveProperty(
			'x-kt-webhook-signature',
			sign('{"action":"test"}', SECRET),
		);
		expect([String(secret).length, secret === SECRET, enabled]).toEqual([20, false, true]);
		const [webhook] = simulator().webhooks.all;
		if (!webhook) throw new Error('there is no webhook');
		const { body } = await simulator().webhooks.deliver(webhook, { action: ACTION });
		expect(received[1]?.headers).toHaveProperty(
			'x-kt-webhook-signature',
			sign(body, String(secret)),
		);
	});

	it('makes a secret before the test message, which nobody can check then', async () => {
		simulator().webhooks.habits.ownSecret = 'beforeTest';
		const { id, secret } = webhookIn(await create());
		const signature = sign('{"action":"test"}', String(secret));
		expect(received[0]?.headers).toHaveProperty('x-kt-webhook-signature', signature);
		expect(secret).not.toBe(SECRET);
		expect(webhookIn(await change(id, { secret: SECRET }))['secret']).toBe(SECRET);
	});

	it('has room for two active webhooks of an action', async () => {
		await create();
		await create({ url: `${address()}/2` });
		const third = await create({ url: `${address()}/3` });
		expect([third.status, third.data]).toEqual([
			400,
			{ error_message: `At most 2 active webhooks are allowed per action (${ACTION})` },
		]);
		expect((await create({ enabled: false })).status).toBe(201);
		expect((await create({ actions: ['fault_code_opened'] })).status).toBe(201);
	});

	it.each(['GET', 'HEAD'] as const)('looks at an address with %s', async (method) => {
		const { status, answer } = await probe(method, address());
		expect([status, answer]).toEqual([200, method === 'GET' ? 'heard' : '']);
		expect(received).toMatchObject([{ method, body: '' }]);
		expect(received[0]?.headers).not.toHaveProperty('x-kt-webhook-signature');
		expect(received[0]?.headers['host']).toMatch(/^hooks\.example:/);
	});
});

describe('payloads', () => {
	const truck = () => simulator().device('T-118');

	it('of a place that was entered and left by a vehicle', () => {
		expect(geofenceEvent(truck(), 'entry')).toMatchObject({
			action: 'vehicle_geofence_event',
			event_type: 'geofence_entry',
			vehicle: { id: 1040021, number: 'T-118' },
			end_time: null,
			end_driver: null,
		});
		expect(geofenceEvent(truck(), 'exit', { geofence_id: 7 })).toMatchObject({
			event_type: 'geofence_exit',
			geofence_id: 7,
			start_driver: { last_name: 'Doe' },
			end_time: '2026-07-02T16:30:00Z',
			end_driver: { last_name: 'Reyes' },
			duration: 9000,
		});
	});

	it('of a place that was left by an asset, which nobody drives', () => {
		const event = geofenceEvent(simulator().device('TRL-204'), 'exit');
		expect(event).toMatchObject({
			action: 'asset_geofence_event',
			asset: { id: 55301, name: 'TRL-204' },
			end_time: '2026-07-02T16:30:00Z',
		});
		expect(event).not.toHaveProperty('end_driver');
	});

	it('of an event that is made of several', () => {
		expect(aggregatedEvent(truck())).toMatchObject({
			action: 'driver_performance_event_updated',
			type: 'lane_swerving_event',
			sub_events: [{ camera_media: { available: false } }, { id: 33284022 }],
		});
	});
});

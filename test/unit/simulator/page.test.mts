import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import axios from 'axios';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../simulator/deliveries.mts';
import { useSimulator } from './harness.mts';

const { clock, client, simulator } = useSimulator();

/** Stands in for n8n, and answers every delivery with this status. */
let status: number;
let listener: Server;
let received: Array<{ body: string; signature: unknown }>;
beforeEach(async () => {
	[status, received] = [200, []];
	listener = createServer((request, response) => {
		const signature = request.headers['x-kt-webhook-signature'];
		text(request)
			.then((body) => received.push({ body, signature }))
			.then(
				() => response.writeHead(status).end(),
				() => response.destroy(),
			);
	}).listen(0, '127.0.0.1');
	await once(listener, 'listening');
});
afterEach(async () => {
	listener.close();
	await once(listener, 'close');
});

const address = () => `http://n8n.example:${String((listener.address() as AddressInfo).port)}/hook`;

async function register(action: string): Promise<string> {
	const body = { url: address(), actions: [action], enabled: true };
	await client().call('POST', '/v1/company_webhooks', body);
	const secret = simulator().webhooks.all.at(-1)?.secret ?? '';
	received.length = 0;
	return secret;
}

/** Presses the button and reads what the page says then, as text. */
async function press(): Promise<string> {
	const form = { headers: { 'content-type': 'text/plain' }, proxy: false } as const;
	const { data } = await axios.post<string>(`${simulator().url}/hard-brake`, '', form);
	return /role="status">([^<]*)</.exec(data)?.[1] ?? '';
}

describe('the button on the page', () => {
	it('sends the signed event to the webhook that is registered, another one with each press', async () => {
		const secret = await register('driver_performance_event_created');
		expect(await press()).toBe(
			`18:00:00: Event 9000001 was sent to ${address()}, which took it (HTTP 200).`,
		);
		await press();
		const [first, second] = received.map(({ body }): unknown => JSON.parse(body));
		expect(first).toMatchObject({
			action: 'driver_performance_event_created',
			type: 'hard_brake',
			id: 9000001,
			start_time: '2026-07-02T18:00:00Z',
			current_vehicle: { number: 'T-118' },
		});
		expect(second).toMatchObject({ id: 9000002 });
		expect(received.map(({ signature }) => signature)).toEqual(
			received.map(({ body }) => sign(body, secret)),
		);
	});

	it.each(['no webhook', 'one for other events'])(
		'says in words what to do when there is %s',
		async (what) => {
			if (what !== 'no webhook') await register('fault_code_opened');
			expect(await press()).toMatch(
				/is in the lists, but was sent nowhere, because no webhook is registered for safety events\. In n8n publish a workflow/,
			);
			expect(received).toEqual([]);
			expect(simulator().events.listed('safety')[0]).toMatchObject({ id: 9000001 });
		},
	);

	it('says so when the event is refused, and when nobody answers', async () => {
		await register('driver_performance_event_created');
		status = 401;
		expect(await press()).toContain('which refused it (HTTP 401)');
		listener.close();
		await once(listener, 'close');
		expect(await press()).toContain('which did not answer in time');
		listener.listen(0, '127.0.0.1');
		await once(listener, 'listening');
	});

	it('leaves no trace in the log of requests', async () => {
		await press();
		expect(simulator().requests).toEqual([]);
	});
});

it('shows the fleet, what it was asked, and no secret', async () => {
	await client().finishedUrl();
	clock.forward(1000);
	const { data } = await client().download(simulator().url);
	const page = data.toString();
	expect(page).toMatch(/<td class="">T-118<\/td>/);
	expect(page).toContain('/v1/image_captures/dashcam/90301');
	expect(page).not.toMatch(new RegExp(`${simulator().apiKey}|X-Amz`));
});

import { describe, expect, it, onTestFinished } from 'vitest';

import { guardAddresses } from '../engine/core.mts';
import type { NodeOptions } from '../engine/engine.mts';
import * as answers from '../simulator/answers.mts';
import { startFront, startProxy, type FrontKind } from '../simulator/fronts.mts';
import { from, pictureOf, POLL, POST, useMotiveWorld } from './motive.mts';

const world = useMotiveWorld();

const retry = {
	retryOnFail: true,
	maxTries: 2,
	waitBetweenTries: 1_000,
} satisfies NodeOptions['node'];

/** Starts a capture at another address than that of the simulated Motive. */
async function captureAt(baseUrl: string, rest: Partial<NodeOptions> = {}) {
	const credentials = { motiveApi: { apiKey: world.simulator.apiKey, baseUrl } };
	return await world.run('capture', from('T-118'), { ...rest, credentials });
}

/** Lets n8n go through a proxy for the rest of a test. */
async function goThroughProxy(status: 403 | 407) {
	const proxy = await startProxy(status);
	process.env['HTTPS_PROXY'] = proxy.url;
	onTestFinished(() => {
		delete process.env['HTTPS_PROXY'];
		proxy.stop();
	});
	return proxy;
}

describe('A start that was never sent is known not to have happened', () => {
	it.each<[FrontKind, string]>([
		['untrusted', 'n8n does not trust the certificate of the server: DEPTH_ZERO_SELF_SIGNED_CERT'],
		['plain', 'No secure connection to the server could be made: EPROTO'],
		['closed', 'The server refused the connection: ECONNREFUSED'],
	])('because the front is %s', async (kind, message) => {
		const front = await startFront(kind);
		onTestFinished(() => front.stop());
		const run = await captureAt(front.url);
		expect(run.error?.message).toContain(message);
		expect(run.error?.description).toContain('Nothing was sent');
		expect(run.stored).not.toContain('startedAt');
		// It may be sent again, and is.
		if (kind !== 'closed') expect(front.connections).toBeGreaterThan(1);
	});

	it.each([
		[403, 'A proxy or firewall between n8n and Motive refused the request'],
		[407, 'The proxy that n8n uses wants a user name and a password'],
	] as const)('because a proxy answers %i', async (status, message) => {
		const proxy = await goThroughProxy(status);
		const run = await captureAt('https://api.gomotive.example');
		expect(run.error?.message).toContain(message);
		expect(run.error?.description).toContain('Nothing was sent');
		expect(run.stored).not.toContain('startedAt');
		expect(proxy.asked.length).toBeGreaterThan(1);
		expect(new Set(proxy.asked)).toEqual(new Set(['api.gomotive.example:443']));
	});

	it('because n8n guards its network', async () => {
		guardAddresses(true);
		onTestFinished(() => guardAddresses(false));
		const run = await captureAt(world.simulator.url);
		expect(run.error?.message).toContain('n8n did not send it: The request was blocked because');
		expect(run.error?.description).toContain('the addresses that its administrator allows');
		expect(run.stored).not.toContain('startedAt');
		expect(world.simulator.requests).toEqual([]);
	});
});

it('A start that was never sent is made by the next try', async () => {
	guardAddresses(true);
	onTestFinished(() => guardAddresses(false));
	// The first try ends after some 16 seconds.
	const run = await world.inTime(async () => {
		setTimeout(() => guardAddresses(false), 17_000);
		return await world.engine.runNode({
			parameters: { resource: 'imageCapture', operation: 'capture', ...from('T-118') },
			node: { ...retry, waitBetweenTries: 5_000 },
		});
	});
	await pictureOf(run);
	expect(world.simulator.received(POST)).toHaveLength(1);
});

describe('What looks like a proxy at first', () => {
	it('is Motive where it says when: an empty refusal is about rights', async () => {
		world.simulator.faults.add({ on: POST, answer: { status: 403, headers: {}, body: '' } });
		const run = await world.run('capture', from('T-118'));
		expect(run.error?.message).toContain('Motive does not allow this');
		expect(world.simulator.received(POST)).toHaveLength(1);
	});

	it('passes while a capture is waited for', async () => {
		const refusal = { status: 407, headers: {}, body: '' };
		world.simulator.faults.add({ on: POLL, times: 2, answer: refusal });
		await pictureOf(await world.run('capture', from('T-118')));
	});

	it('is repeated where it is a page', async () => {
		world.simulator.faults.add({ on: POST, times: 1, answer: answers.html(403) });
		await pictureOf(await world.run('capture', from('T-118')));
		expect(world.simulator.captures).toHaveLength(1);
	});
});

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startSimulator } from '../../simulator/simulator.mts';
import { Client, imageIn } from './harness.mts';

// Workflow tests replace the timers of the process while the simulator runs in it.
const NOW = Date.parse('2031-03-04T05:06:07Z');
let client: Client;

beforeAll(async () => {
	client = new Client(await startSimulator());
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW });
});
afterEach(() => {
	client.simulator.reset();
});
afterAll(async () => {
	vi.useRealTimers();
	await client.simulator.stop();
});

it('runs a capture in virtual time and leaves no timer behind', async () => {
	client.simulator.setLatency({ kind: 'constant', ms: 60_000 });
	await client.start('T-118', 'front_facing');
	expect((await client.poll()).data).toHaveProperty('status', 'pending');
	vi.setSystemTime(NOW + 60_000);
	const { url, expires_at } = imageIn(await client.poll());
	expect(expires_at).toBe('2031-03-04T06:07:07Z');
	expect((await client.download(url)).status).toBe(200);
	vi.setSystemTime(NOW + 60_000 + 3_601_000);
	expect((await client.download(url)).status).toBe(403);
	expect(vi.getTimerCount()).toBe(0);
});

it('holds an answer with a timer that the fake clock sees', async () => {
	client.simulator.faults.add({ on: 'GET /v1/companies', delay: 5000 });
	const answer = client.call('GET', '/v1/companies');
	while (client.simulator.held === 0) await new Promise((resolve) => setImmediate(resolve));
	await vi.advanceTimersByTimeAsync(4999);
	expect(client.simulator.held).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect((await answer).status).toBe(200);
});

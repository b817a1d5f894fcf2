import axios from 'axios';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/simulator.mts';

// Workflow tests replace the timers of the process while the simulator runs in it.
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.parse('2031-03-04T05:06:07Z') });
});
afterEach(() => simulator.reset());
afterAll(async () => {
	vi.useRealTimers();
	await simulator.stop();
});

const client = axios.create({ validateStatus: () => true, proxy: false });

it('runs a capture in virtual time and leaves no timer behind', async () => {
	const headers = { 'x-api-key': simulator.apiKey };
	const capture = `${simulator.url}/v1/image_captures`;
	simulator.setLatency({ kind: 'constant', ms: 60_000 });
	await client.post(capture, { vehicle_id: 1040021, position: 'rear' }, { headers });
	expect((await client.get(`${capture}/omnicam/90301`, { headers })).data.status).toBe('pending');
	vi.setSystemTime(Date.now() + 60_000);
	const { data } = await client.get(`${capture}/omnicam/90301`, { headers });
	expect(data.images.rear.expires_at).toBe('2031-03-04T06:07:07Z');
	expect((await client.get(data.images.rear.url)).status).toBe(200);
	vi.setSystemTime(Date.now() + 3_601_000);
	expect((await client.get(data.images.rear.url)).status).toBe(403);
	expect(vi.getTimerCount()).toBe(0);
});

it('holds an answer with a timer that the fake clock sees', async () => {
	simulator.faults.add({ on: 'GET /v1/companies', delay: 5000 });
	const answer = client.get(`${simulator.url}/v1/companies`);
	while (simulator.held === 0) await new Promise((resolve) => setImmediate(resolve));
	await vi.advanceTimersByTimeAsync(4999);
	expect(simulator.held).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect((await answer).status).toBe(401);
});

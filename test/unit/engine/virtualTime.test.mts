import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import axios from 'axios';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { inVirtualTime } from '../../engine/virtualTime.mts';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

let server: Server;
let url: string;
let held = 0;
/** The client ports that were seen; a kept connection counts once. */
const ports = new Set<number | undefined>();

beforeAll(async () => {
	// Delays its answer by as many virtual milliseconds as the path says.
	server = createServer((request, response) => {
		ports.add(request.socket.remotePort);
		held += 1;
		let waits = true;
		const release = () => {
			if (waits) held -= 1;
			waits = false;
		};
		response.once('close', release);
		setTimeout(
			() => {
				release();
				response.end(request.url);
			},
			Number(request.url?.slice(1)),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

describe('inVirtualTime', () => {
	it('sleeps for hours at once, and moves Date along', async () => {
		const realStart = performance.now();
		const start = new Date('2026-01-01T00:00:00Z');
		const seen = await inVirtualTime(
			async ({ elapsed }) => {
				await sleep(5 * 3_600_000);
				return { date: new Date().toISOString(), elapsed: elapsed() };
			},
			{ start },
		);
		expect(seen).toEqual({ date: '2026-01-01T05:00:00.000Z', elapsed: 5 * 3_600_000 });
		expect(performance.now() - realStart).toBeLessThan(500);
	});

	it('takes well under a second for minutes of polling in slices', async () => {
		const realStart = performance.now();
		const elapsed = await inVirtualTime(
			async (time) => {
				for (let second = 0; second < 180; second++) {
					await sleep(1_000);
					if (second % 10 === 0) await axios.get(`${url}/0`);
				}
				return time.elapsed();
			},
			{ held: () => held },
		);
		expect(elapsed).toBe(180_000);
		expect(performance.now() - realStart).toBeLessThan(1_000);
	});

	it('lets held answers and sleeps come in the order of the clock, every time', async () => {
		for (let round = 0; round < 5; round++) {
			const order: string[] = [];
			const note = (what: string, ms: number) => order.push(`${what} at ${ms}`);
			await inVirtualTime(
				async ({ elapsed }) => {
					await Promise.all([
						axios.get(`${url}/30000`).then(() => note('answer', elapsed())),
						sleep(20_000).then(() => note('early sleep', elapsed())),
						sleep(40_000).then(() => note('late sleep', elapsed())),
						axios.get(`${url}/10000`).then(() => note('first answer', elapsed())),
					]);
				},
				{ held: () => held },
			);
			expect(order).toEqual([
				'first answer at 10000',
				'early sleep at 20000',
				'answer at 30000',
				'late sleep at 40000',
			]);
		}
	});

	it('fires what is due at the same time together', async () => {
		let most = 0;
		await inVirtualTime(
			async () => {
				const poll = async () => {
					await sleep(1_000);
					const answer = axios.get(`${url}/500`);
					while (held === 0) await nextTurn();
					most = Math.max(most, held);
					await answer;
				};
				await Promise.all([poll(), poll(), poll()]);
			},
			{ held: () => held },
		);
		expect(most).toBeGreaterThan(1);
	});

	it('waits for files', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'virtual-time-'));
		const file = path.join(folder, 'file');
		await inVirtualTime(async ({ elapsed }) => {
			const tick = sleep(1);
			for (let round = 0; round < 20; round++) {
				await writeFile(file, Buffer.alloc(1_000_000));
				await readFile(file);
			}
			expect(elapsed()).toBe(0);
			await tick;
		});
		await rm(folder, { recursive: true });
	});

	it.each([0, 5])(
		'times requests out on the virtual clock, with %i redirects allowed',
		async (maxRedirects) => {
			const took = await inVirtualTime(
				async ({ elapsed }) => {
					const request = axios.get(`${url}/3600000`, { timeout: 60_000, maxRedirects });
					await expect(request).rejects.toThrow('timeout of 60000ms exceeded');
					return elapsed();
				},
				{ held: () => held },
			);
			expect(took).toBe(60_000);
			await vi.waitFor(() => {
				expect(held).toBe(0);
			});
		},
	);

	it('counts the timeout of a request from the last data', async () => {
		const slow = createServer((_request, response) => {
			response.flushHeaders();
			// Four parts, 40 s apart: never silent for a minute.
			for (const part of [1, 2, 3]) setTimeout(() => response.write('x'), part * 40_000);
			setTimeout(() => response.end('x'), 160_000);
		}).listen(0, '127.0.0.1');
		await once(slow, 'listening');
		const { port } = slow.address() as AddressInfo;
		const elapsed = await inVirtualTime(
			async (time) => {
				const request = get({ port, host: '127.0.0.1' });
				let timedOut = false;
				request.setTimeout(60_000, () => (timedOut = true));
				const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
				response.resume();
				await once(response, 'end');
				expect(timedOut).toBe(false);
				return time.elapsed();
			},
			{ held: () => 1 },
		);
		expect(elapsed).toBe(160_000);
		slow.close();
	});

	it('leaves kept connections alone, however long the clock says they idle', async () => {
		const httpAgent = new Agent({ keepAlive: true, maxSockets: 1 });
		ports.clear();
		await inVirtualTime(
			async () => {
				await axios.get(`${url}/10`, { httpAgent });
				await sleep(3_600_000);
				await axios.get(`${url}/10`, { httpAgent });
			},
			{ held: () => held },
		);
		expect(ports.size).toBe(1);
		httpAgent.destroy();
	});

	it('restores everything, also after a failure', async () => {
		const { setTimeout: realSetTimeout, Date: realDate } = globalThis;
		await expect(inVirtualTime(() => Promise.reject(new Error('oops')))).rejects.toThrow('oops');
		expect(globalThis.setTimeout).toBe(realSetTimeout);
		expect(globalThis.Date).toBe(realDate);
	});

	it('gives up with an account of what is open', async () => {
		const stuck = inVirtualTime(() => axios.get(`${url}/1000`, { httpAgent: new Agent() }), {
			patience: 200,
		});
		await expect(stuck).rejects.toThrow(/after 0 virtual seconds, with 1 timers .* GET .*\/1000/);
	});
});

import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { watchBody, type BodyWatch } from '../../../nodes/Motive/transport/bodyWatch.ts';
import { VirtualClock } from '../polling/virtualClock.mts';

const MEGABYTE = 1024 ** 2;
const START = Buffer.from('0123456789abcdef');

let clock: VirtualClock;
let stop: AbortController;
const hangUp = vi.fn();
const unhandled = vi.fn();

beforeEach(() => {
	clock = new VirtualClock();
	stop = new AbortController();
	hangUp.mockClear();
	process.on('unhandledRejection', unhandled);
});

afterEach(async () => {
	await nextTurn();
	process.off('unhandledRejection', unhandled);
	expect(unhandled).not.toHaveBeenCalled();
});

function watched(body: Readable, largest = MEGABYTE): BodyWatch {
	return watchBody(body, largest, clock, stop.signal, hangUp);
}

/** Reads slowly and a little at a time, like a busy storage. */
async function slowly(body: Readable): Promise<Buffer> {
	const chunks: Buffer[] = [];
	const write = (chunk: Buffer, _encoding: string, done: () => void) => {
		chunks.push(chunk);
		setImmediate(done);
	};
	await pipeline(body, new Writable({ highWaterMark: 1, write }));
	return Buffer.concat(chunks);
}

/** Reads by listening for data, as n8n does to keep a file in its database or in the item. */
async function listening(body: Readable): Promise<Buffer> {
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		body.on('data', (chunk: Buffer) => chunks.push(chunk));
		body.once('end', () => resolve(Buffer.concat(chunks))).once('error', reject);
	});
}

/** What a promise is rejected with. */
async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
	return await promise.then(
		() => 'no failure',
		(reason: unknown) => reason,
	);
}

describe('watchBody', () => {
	it('shows the first bytes, hands over all of them, and counts them, however they come in', async () => {
		const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
		const chunks = fc
			.array(chunk, { maxLength: 30 })
			.filter((list) => Buffer.concat(list).length >= 16);
		await fc.assert(
			fc.asyncProperty(
				chunks,
				fc.constantFrom(buffer, slowly, listening),
				fc.boolean(),
				async (list, read, late) => {
					const whole = Buffer.concat(list);
					const body = Readable.from(list, { objectMode: false, highWaterMark: 8 });
					const watch = watched(body);
					expect(whole.indexOf(await watch.head)).toBe(0);
					if (late) await nextTurn();
					expect(await read(body)).toEqual(whole);
					expect([watch.bytes, watch.failure]).toEqual([whole.length, undefined]);
					watch.stop();
				},
			),
		);
	});

	it.each([0, 1, 15])('shows all of a body of %i bytes, which is read then', async (length) => {
		const watch = watched(Readable.from([START.subarray(0, length)], { objectMode: false }));
		expect(await watch.head).toEqual(START.subarray(0, length));
		expect(watch.bytes).toBe(0);
		watch.stop();
	});

	it('starts nothing by itself after the first bytes', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.write(START);
		await watch.head;
		body.write('more');
		await nextTurn();
		expect(watch.bytes).toBe(0);
		watch.stop();
	});
});

describe('A body that grows too large', () => {
	it('is ended, whatever its length was said to be', async () => {
		const body = Readable.from([START, Buffer.alloc(MEGABYTE), Buffer.alloc(MEGABYTE)], {
			objectMode: false,
		});
		const watch = watched(body, MEGABYTE);
		await watch.head;
		expect(await reasonOf(buffer(body))).toMatchObject({
			kind: 'download',
			facts: { detail: 'The file is larger than 1 MB' },
		});
		expect([body.destroyed, watch.failure?.kind]).toEqual([true, 'download']);
		expect(hangUp).toHaveBeenCalledOnce();
		watch.stop();
	});

	it('may be as large as allowed', async () => {
		const body = Readable.from([START, Buffer.alloc(MEGABYTE - START.length)], {
			objectMode: false,
		});
		const watch = watched(body, MEGABYTE);
		await watch.head;
		expect(await buffer(body)).toHaveLength(MEGABYTE);
		watch.stop();
	});
});

describe('A body that falls silent', () => {
	it('is ended after half a minute, before its first byte', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		expect(await clock.run(reasonOf(watch.head))).toMatchObject({
			kind: 'noAnswer',
			facts: { detail: 'The download stalled' },
		});
		expect([clock.elapsed, body.destroyed]).toEqual([30_000, true]);
		expect(hangUp).toHaveBeenCalledOnce();
	});

	it('is ended within a minute after its last byte', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		const feed = (async () => {
			body.write(START);
			for (let second = 0; second < 100; second += 10) {
				await clock.sleep(10_000);
				body.write(Buffer.alloc(20_000));
			}
		})();
		const read = watch.head.then(async () => await buffer(body));
		expect(await clock.run(reasonOf(read))).toMatchObject({ kind: 'noAnswer' });
		expect(watch.bytes).toBe(START.length + 200_000);
		expect(clock.elapsed).toBeGreaterThanOrEqual(130_000);
		expect(clock.elapsed).toBeLessThanOrEqual(160_000);
		await feed;
	});

	it('nearly, is ended as well', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		const feed = async () => {
			body.write(START);
			while (!body.destroyed) {
				await clock.sleep(4_000);
				body.write('x');
			}
		};
		const read = watch.head.then(async () => await buffer(body));
		const [reason] = await clock.run(Promise.all([reasonOf(read), feed()]));
		expect(reason).toMatchObject({
			kind: 'noAnswer',
			facts: { detail: 'The download was too slow' },
		});
		expect(clock.elapsed).toBeLessThanOrEqual(34_000);
	});

	it('is left alone once it is no longer watched', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.write(START);
		await watch.head;
		await clock.run(clock.sleep(20_000));
		watch.stop();
		await clock.run(clock.sleep(120_000));
		expect([body.destroyed, watch.failure, clock.sleeping]).toEqual([false, undefined, 0]);
	});
});

describe('A body that breaks', () => {
	it('before its first bytes are complete is a failure of the head', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.write('123');
		body.destroy(new Error('aborted'));
		expect(await reasonOf(watch.head)).toEqual(new Error('aborted'));
		expect(watch.failure).toMatchObject({
			kind: 'noAnswer',
			facts: { detail: 'The connection broke during the download' },
		});
		watch.stop();
	});

	it('later is a failure for its reader', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.write(START);
		await watch.head;
		const read = reasonOf(buffer(body));
		body.destroy(new Error('aborted'));
		expect(await read).toEqual(new Error('aborted'));
		expect(watch.failure).toMatchObject({ kind: 'noAnswer' });
		watch.stop();
	});

	it('without a word does not keep anybody waiting', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.write('123');
		body.destroy();
		expect(await clock.run(reasonOf(watch.head))).toMatchObject({ kind: 'noAnswer' });
		watch.stop();
	});

	it('while nobody asks for its head is nobody’s failure', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		body.destroy(new Error('aborted'));
		await nextTurn();
		expect(watch.failure).toMatchObject({ kind: 'noAnswer' });
		watch.stop();
	});
});

describe('A body of an execution that is stopped', () => {
	it('is ended', async () => {
		const body = new PassThrough();
		const watch = watched(body);
		void clock.sleep(5_000).then(() => stop.abort(new Error('stopped by hand')));
		expect(await clock.run(reasonOf(watch.head))).toMatchObject({ kind: 'noAnswer' });
		expect([clock.elapsed, body.destroyed]).toEqual([5_000, true]);
		expect(hangUp).toHaveBeenCalledOnce();
	});
});

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { hadNoEffect, mayPass, MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import {
	RequestQueue,
	type Purpose,
	type RepeatPolicy,
} from '../../../nodes/Motive/polling/requestQueue.ts';
import { Turns } from '../../../nodes/Motive/polling/turns.ts';
import { VirtualClock } from './virtualClock.mts';

const HOUR_MS = 3_600_000;

const tooMany = (retryAfterMs?: number) =>
	new MotiveFailure('rateLimited', {
		status: 429,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	});
const unreachable = () => new MotiveFailure('unreachable');

let clock: VirtualClock;
let sent: number[];
let most: number;
let active: number;

beforeEach(startAnew);

function startAnew(): void {
	clock = new VirtualClock();
	sent = [];
	most = 0;
	active = 0;
}

function queueOf(concurrency: number, random?: () => number): RequestQueue {
	const turns = new Turns({ clock, ...(random && { random }) });
	return new RequestQueue({ clock, turns, concurrency });
}

function policy(part: Partial<RepeatPolicy> & { within?: number } = {}): RepeatPolicy {
	const { within = HOUR_MS, ...rest } = part;
	const end = clock.now() + within;
	return {
		mayRepeat: mayPass,
		deadline: () => end,
		signal: new AbortController().signal,
		...rest,
	};
}

/** A call that takes `ms` and fails once for each of the failures; `sent` has the times. */
function call(ms: number, failures: Iterable<MotiveFailure> = []): () => Promise<string> {
	const left = failures[Symbol.iterator]();
	return async () => {
		sent.push(clock.elapsed);
		most = Math.max(most, ++active);
		await clock.sleep(ms);
		active--;
		const failure = left.next();
		if (failure.done) return 'done';
		throw failure.value;
	};
}

function* always(failure: () => MotiveFailure): Generator<MotiveFailure> {
	for (;;) yield failure();
}

/** Times between the calls. */
function waits(): number[] {
	return sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
}

async function together(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
	await clock.run(Promise.all(Array.from({ length: count }, async (_, index) => await run(index))));
}

describe('RequestQueue', () => {
	it('hands on what a call answers', async () => {
		expect(await clock.run(queueOf(1).run(call(5), policy()))).toBe('done');
		expect(sent).toEqual([0]);
	});

	it('serves in the order of arrival', async () => {
		const order: number[] = [];
		const queue = queueOf(2);
		await together(7, async (index) => {
			await queue.run(async () => {
				order.push(index);
				await clock.sleep(10 - index);
			}, policy());
		});
		expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
	});

	it('has as many calls under way as allowed, and never more', async () => {
		const sizes = fc.record({
			calls: fc.integer({ min: 1, max: 30 }),
			concurrency: fc.integer({ min: 1, max: 12 }),
		});
		await fc.assert(
			fc.asyncProperty(sizes, async ({ calls, concurrency }) => {
				startAnew();
				const queue = queueOf(concurrency);
				await together(calls, async () => await queue.run(call(1_000), policy()));
				expect(most).toBe(Math.min(calls, concurrency));
				// Some time is between those that are under way together.
				const least = Math.ceil(calls / concurrency) * 1_000;
				expect(clock.elapsed).toBeGreaterThanOrEqual(least);
				expect(clock.elapsed).toBeLessThanOrEqual(least + 25 * (most - 1));
			}),
		);
	});

	it('sends by what a call is for, and never lets one wait for ever', async () => {
		const order: string[] = [];
		const queue = queueOf(1);
		const runs: Array<Promise<void>> = [];
		const ask = (name: string, purpose?: Purpose) => {
			const run = async () => {
				order.push(name);
				await clock.sleep(50_000);
			};
			runs.push(queue.run(run, policy({ ...(purpose && { purpose }) })));
		};
		ask('first');
		for (const name of ['one', 'two']) ask(`other ${name}`);
		for (const name of ['one', 'two']) ask(`poll ${name}`, 'poll');
		for (const name of ['one', 'two']) ask(`start ${name}`, 'start');
		setTimeoutOn(130_000, () => ask('late start', 'start'));
		await clock.run(Promise.all(runs));
		await clock.run(Promise.all(runs));
		expect(order).toEqual([
			'first',
			'start one',
			'start two',
			'poll one',
			'poll two',
			'other one',
			'other two',
			'late start',
		]);
	});

	it('lets a call that is repeated behind those that matter more, although it came first', async () => {
		const order: string[] = [];
		const queue = queueOf(1, () => 0);
		const failures = [tooMany()].values();
		const other = queue.run(async () => {
			order.push('other');
			await clock.sleep(100);
			const failure = failures.next();
			if (!failure.done) throw failure.value;
		}, policy());
		const start = queue.run(
			async () => {
				order.push('start');
				await Promise.resolve();
			},
			policy({ purpose: 'start' }),
		);
		await clock.run(Promise.all([other, start]));
		expect(order).toEqual(['other', 'start', 'other']);
	});

	it('keeps no place while a call waits to be repeated', async () => {
		const queue = queueOf(1);
		await together(
			2,
			async (index) => await queue.run(call(10, index === 0 ? [unreachable()] : []), policy()),
		);
		expect(sent.slice(0, 2)).toEqual([0, 10]);
	});
});

describe('A failure that may pass', () => {
	it('is tried five times in all, further and further apart', async () => {
		const queue = queueOf(1, () => 0);
		await expect(
			clock.run(queue.run(call(0, always(unreachable)), policy())),
		).rejects.toMatchObject({ kind: 'unreachable' });
		expect(sent).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
	});

	it('waits up to a quarter longer, so that many do not come back together', async () => {
		const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
		await fc.assert(
			fc.asyncProperty(unit, async (random) => {
				startAnew();
				await clock.run(
					queueOf(1, () => random)
						.run(call(0, always(unreachable)), policy())
						.catch(() => undefined),
				);
				for (const [index, wait] of waits().entries()) {
					expect(wait).toBeGreaterThanOrEqual(1_000 * 2 ** index);
					expect(wait).toBeLessThanOrEqual(1_250 * 2 ** index);
				}
			}),
		);
	});

	it('may be of any kind, and is handed on as it is', async () => {
		const fault = new TypeError('not of Motive');
		const run = queueOf(1).run(async () => await Promise.reject(fault), policy());
		await expect(clock.run(run)).rejects.toBe(fault);
	});

	it('is not tried again when the policy forbids it', async () => {
		const noAnswer = new MotiveFailure('noAnswer');
		const run = queueOf(1).run(call(0, [noAnswer]), policy({ mayRepeat: hadNoEffect }));
		await expect(clock.run(run)).rejects.toBe(noAnswer);
		expect(sent).toEqual([0]);
	});

	it('is not tried again after the deadline', async () => {
		const run = queueOf(1, () => 0).run(call(0, always(unreachable)), policy({ within: 7_000 }));
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'unreachable' });
		expect(sent).toEqual([0, 1_000, 3_000]);
		expect(clock.elapsed).toBe(3_000);
	});
});

describe('Too many requests', () => {
	it('is tried again when Motive says, however often, until the deadline', async () => {
		const run = queueOf(1).run(
			call(
				0,
				always(() => tooMany(10_000)),
			),
			policy({ within: 95_000 }),
		);
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(sent).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((seconds) => seconds * 1_000));
	});

	it('is tried again ever later, half a minute apart at most, when Motive does not say when', async () => {
		const run = queueOf(1, () => 0).run(
			call(
				0,
				always(() => tooMany()),
			),
			policy({ within: 130_000 }),
		);
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(waits()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
	});

	it('is not tried again at once, even when Motive says so', async () => {
		const run = queueOf(1, () => 0).run(
			call(
				0,
				always(() => tooMany(0)),
			),
			policy({ within: 60_000 }),
		);
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(waits()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
	});

	it('is tried again for longer when the deadline moves meanwhile', async () => {
		let end = clock.now() + 15_000;
		const tries = call(
			0,
			always(() => tooMany(10_000)),
		);
		const run = queueOf(1).run(tries, policy({ deadline: () => end }));
		setTimeoutOn(8_000, () => {
			end += 20_000;
		});
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(sent).toEqual([0, 10_000, 20_000, 30_000]);
	});

	it('ends at once when the wait would outlast the deadline', async () => {
		const run = queueOf(1).run(call(5, [tooMany(HOUR_MS)]), policy({ within: 60_000 }));
		await expect(clock.run(run)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(clock.elapsed).toBe(5);
	});

	it('makes every other call wait as well', async () => {
		const queue = queueOf(2);
		await together(
			4,
			async (index) =>
				await queue.run(call(30 + index, index === 0 ? [tooMany(20_000)] : []), policy()),
		);
		expect(sent.slice(0, 3)).toEqual([0, 25, 20_030]);
		expect(sent.slice(3).every((at) => at > 20_030)).toBe(true);
	});

	it('lasts as long as the longest wait that anybody was asked for', async () => {
		const queue = queueOf(2);
		const longFirst = [call(10, [tooMany(20_000)]), call(20, [tooMany(1_000)])];
		await together(2, async (index) => await queue.run(longFirst[index] ?? call(0), policy()));
		expect(sent.slice(2).every((at) => at >= 20_010)).toBe(true);
	});

	it('lets nobody wait whose deadline comes first', async () => {
		const queue = queueOf(1);
		const runs = [HOUR_MS, 30_000].map(
			async (within, index) =>
				await queue.run(call(5, index === 0 ? [tooMany(60_000)] : []), policy({ within })),
		);
		const late = (async () => {
			await clock.sleep(1_000);
			return await queue.run(call(0), policy({ within: 30_000 }));
		})();
		const waiting = { kind: 'rateLimited', facts: { status: 429, retryAfterMs: 60_000 } };
		await expect(clock.run(runs[1] ?? late)).rejects.toMatchObject(waiting);
		expect(clock.elapsed).toBe(5);
		await expect(clock.run(late)).rejects.toMatchObject({ facts: { retryAfterMs: 59_005 } });
		expect(await clock.run(runs[0] ?? late)).toBe('done');
		expect(sent).toEqual([0, 60_005]);
	});

	it('lets nobody wait in other queues of the account either', async () => {
		const turns = new Turns({ clock });
		const [one, other] = [1, 1].map(
			(concurrency) => new RequestQueue({ clock, turns, concurrency }),
		);
		if (!one || !other) throw new Error('There are two queues');
		const refused = one
			.run(call(10, [tooMany(60_000)]), policy({ within: 1_000 }))
			.catch(() => undefined);
		// Waits in line, because one call is under way; its time is up the moment the pause ends.
		const first = other.run(call(30_000), policy());
		const second = other.run(call(0), policy({ within: 60_010 }));
		await expect(clock.run(second)).rejects.toMatchObject({ kind: 'rateLimited' });
		expect(clock.elapsed).toBe(10);
		await clock.run(Promise.all([refused, first]));
		expect(sent).toHaveLength(2);
	});

	it.each([0, 5_000])(
		'that is over (%i ms ago) keeps no call from its first attempt, however late it is',
		async (ago) => {
			const queue = queueOf(1);
			const refused = queue
				.run(call(0, [tooMany(10_000)]), policy({ within: 1_000 }))
				.catch(() => undefined);
			await clock.run(clock.sleep(10_000 + ago));
			const runs = [HOUR_MS, 0, -10_000].map(
				async (within) => await queue.run(call(100), policy({ within })),
			);
			expect(await clock.run(Promise.all(runs))).toEqual(['done', 'done', 'done']);
			await refused;
		},
	);

	it('is counted on when a call that was sent before is taken', async () => {
		const queue = queueOf(2, () => 0);
		const calls = [call(100), call(5, [tooMany(), tooMany()])];
		await together(2, async (index) => await queue.run(calls[index] ?? call(0), policy()));
		// Two seconds after the second refusal.
		expect(sent).toEqual([0, 25, 1_030, 3_035]);
	});

	it('for another reason than the rate leaves the pace as it was', async () => {
		const queue = queueOf(8);
		const busy = new MotiveFailure('unavailable', { status: 503, retryAfterMs: 10_000 });
		await together(
			30,
			async (index) => await queue.run(call(100, index === 5 ? [busy] : []), policy()),
		);
		expect(clock.elapsed).toBeLessThan(12_500);
	});

	it('lets any answer with a wish to wait pause the queue, but repeats only what may be', async () => {
		const busy = new MotiveFailure('unavailable', { status: 503, retryAfterMs: 7_000 });
		const queue = queueOf(1);
		const start = queue
			.run(call(0, [busy]), policy({ mayRepeat: hadNoEffect }))
			.catch((failure: unknown) => failure);
		const other = queue.run(call(0), policy());
		expect(await clock.run(start)).toBe(busy);
		await clock.run(other);
		expect(sent).toEqual([0, 7_000]);
	});

	it('is followed by one call that finds out whether it is over', async () => {
		const queue = queueOf(8, () => 0);
		await together(8, async () => await queue.run(call(500, [tooMany()]), policy()));
		const refusedAt = 500;
		expect(sent.slice(0, 8)).toHaveLength(8);
		expect(sent[8]).toBeGreaterThanOrEqual(refusedAt + 1_000);
		expect(sent[9]).toBeGreaterThanOrEqual((sent[8] ?? NaN) + 500);
	});

	it('counts once for all calls that were under way together', async () => {
		const queue = queueOf(8, () => 0);
		await together(8, async () => await queue.run(call(500, [tooMany()]), policy()));
		// A second after the last of them, and not 2, 4, 8 …
		const lastRefusal = (sent[7] ?? NaN) + 500;
		expect(sent[8]).toBe(lastRefusal + 1_000);
	});

	it('means a wait of a second at least, also for a call that was sent long before', async () => {
		const queue = queueOf(4, () => 0);
		const old = queue.run(call(5_000, [tooMany()]), policy());
		await clock.run(queue.run(call(0), policy()));
		await clock.run(queue.run(call(0, [tooMany()]), policy()));
		await clock.run(old);
		expect(sent.at(-1)).toBe(6_000);
	});
});

describe('A stop', () => {
	it('ends the waiting, and nothing is sent any more', async () => {
		const stop = new AbortController();
		const queue = queueOf(1);
		const runs = [call(0, always(unreachable)), call(2_000), call(2_000)].map(
			async (each) =>
				await queue.run(each, policy({ signal: stop.signal })).catch((reason: unknown) => reason),
		);
		const reason = new Error('stopped by hand');
		setTimeoutOn(500, () => stop.abort(reason));
		const ends = await clock.run(Promise.all(runs));
		expect(ends).toEqual([reason, 'done', reason]);
		expect(sent).toEqual([0, 0]);
		expect(clock.elapsed).toBe(2_000);
	});

	it('ends a pause', async () => {
		const stop = new AbortController();
		const queue = queueOf(1);
		const first = queue
			.run(call(0, [tooMany(60_000)]), policy({ within: 1_000 }))
			.catch(() => undefined);
		const second = queue.run(call(0), policy({ signal: stop.signal }));
		setTimeoutOn(500, () => stop.abort(new Error('stopped by hand')));
		await expect(clock.run(second)).rejects.toThrow('stopped by hand');
		expect([clock.elapsed, sent]).toEqual([500, [0]]);
		await first;
	});
});

function setTimeoutOn(ms: number, then: () => void): void {
	void clock.sleep(ms).then(then);
}

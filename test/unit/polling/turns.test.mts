import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mayPass } from '../../../nodes/Motive/motive/failure.ts';
import { RequestQueue } from '../../../nodes/Motive/polling/requestQueue.ts';
import { Turns } from '../../../nodes/Motive/polling/turns.ts';
import { MOST_AT_ONCE } from '../../../nodes/Motive/polling/width.ts';
import { limitedApi, type Limits, type Seen } from './limitedApi.mts';
import { VirtualClock } from './virtualClock.mts';

interface Load {
	limits: Limits;
	/** Requests of each execution. */
	executions: number[];
	concurrency?: number;
	perMinute?: number;
}

interface Outcome {
	seen: Seen[];
	/** Share of the requests that were refused. */
	refused: number;
	/** Milliseconds. */
	took: number;
	/** Which execution each request belonged to, in the order in which they were taken. */
	order: number[];
	/** The requests of each execution, numbered, in the order in which they were taken. */
	orders: number[][];
}

/** Sends all requests of some executions that share an account, and waits until each was taken. */
async function send({ limits, executions, concurrency, perMinute }: Load): Promise<Outcome> {
	const clock = new VirtualClock();
	const api = limitedApi(clock, limits);
	const turns = new Turns({ clock, random: () => 0, ...(perMinute && { perMinute }) });
	const order: number[] = [];
	const orders = executions.map((): number[] => []);
	const signal = new AbortController().signal;
	const policy = { mayRepeat: mayPass, deadline: () => Infinity, signal };
	const runs = executions.flatMap((count, execution) => {
		const queue = new RequestQueue({ clock, turns, concurrency: concurrency ?? Infinity });
		return Array.from({ length: count }, async (_, index) => {
			await queue.run(api.request, policy);
			order.push(execution);
			orders[execution]?.push(index);
		});
	});
	await clock.run(Promise.all(runs));
	const { seen } = api;
	const refused = seen.filter(({ isTaken }) => !isTaken).length / seen.length;
	return { seen, refused, took: clock.elapsed, order, orders };
}

const anyLoad = fc.record(
	{
		limits: fc.record(
			{
				perSecond: fc.integer({ min: 1, max: 50 }),
				burst: fc.integer({ min: 1, max: 30 }),
				width: fc.integer({ min: 1, max: 20 }),
				retryAfter: fc.boolean(),
				takes: fc.integer({ min: 0, max: 3_000 }),
			},
			{ requiredKeys: ['burst', 'takes'] },
		),
		executions: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }),
		concurrency: fc.integer({ min: 1, max: 20 }),
		perMinute: fc.integer({ min: 30, max: 3_000 }),
	},
	{ requiredKeys: ['limits', 'executions'] },
);

async function always(law: (load: Load, outcome: Outcome) => void): Promise<void> {
	await fc.assert(
		fc.asyncProperty(anyLoad, async (load) => {
			law(load, await send(load));
		}),
	);
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe('Whatever the API bears', () => {
	it('every request is taken once, in the end', async () => {
		await always(({ executions }, { seen, order }) => {
			expect(order).toHaveLength(sum(executions));
			expect(seen.filter(({ isTaken }) => isTaken)).toHaveLength(sum(executions));
		});
	});

	it('no more are under way than allowed', async () => {
		await always(({ concurrency = Infinity, executions }, { seen }) => {
			const most = Math.min(concurrency * executions.length, MOST_AT_ONCE);
			expect(seen.every(({ underWay }) => underWay <= most)).toBe(true);
		});
	});

	it('no more are sent in a minute than were set, and they are spread evenly', async () => {
		await always(({ perMinute = Infinity }, { seen }) => {
			const least = Math.floor(60_000 / perMinute);
			for (const [index, { at }] of seen.slice(1).entries())
				expect(at - (seen[index]?.at ?? NaN)).toBeGreaterThanOrEqual(least > 10 ? least : 0);
		});
	});

	it('those of an execution keep their order where one is sent at a time', async () => {
		await always(({ concurrency }, { orders }) => {
			if (concurrency !== 1) return;
			for (const order of orders) expect(order).toEqual(order.toSorted((one, two) => one - two));
		});
	});

	it('nothing is sent while it wants to be left alone', async () => {
		await always((_, { seen }) => {
			for (const { at, isTaken, retryAfterMs = 1_000 } of seen) {
				if (isTaken) continue;
				const answeredAt = at + 10;
				const early = seen.filter(
					(other) => other.at > answeredAt && other.at < answeredAt + retryAfterMs,
				);
				expect(early).toEqual([]);
			}
		});
	});
});

describe('The rate', () => {
	const rate = { perSecond: 2, burst: 10, takes: 50 };

	it.each([
		{ count: 120, retryAfter: false },
		{ count: 120, retryAfter: true },
		{ count: 600, retryAfter: false },
		{ count: 600, retryAfter: true },
	])('is found at the cost of few refusals: %o', async ({ count, retryAfter }) => {
		const outcome = await send({ limits: { ...rate, retryAfter }, executions: [count] });
		expect(outcome.refused).toBeLessThan(0.05);
		expect(outcome.took / 1_000).toBeLessThan(((count - rate.burst) / rate.perSecond) * 1.1);
	});

	it('is found once for all executions of an account, which get their shares of it', async () => {
		const outcome = await send({ limits: rate, executions: [20, 20, 20, 20, 20, 20] });
		expect(outcome.refused).toBeLessThan(0.05);
		expect(outcome.took / 1_000).toBeLessThan(((120 - rate.burst) / rate.perSecond) * 1.1);
		const firstHalf = outcome.order.slice(0, 60);
		for (const execution of outcome.orders.keys()) {
			const share = firstHalf.filter((one) => one === execution).length;
			expect(share).toBeGreaterThanOrEqual(9);
		}
	});

	it('is not exceeded at the end of a pause, when everybody has waited', async () => {
		const { seen } = await send({
			limits: { ...rate, perSecond: 0.1, retryAfter: true },
			executions: [20],
		});
		const refusals = seen.filter(({ isTaken }) => !isTaken);
		for (const { at, retryAfterMs = NaN } of refusals) {
			const next = seen.filter((other) => other.at >= at + retryAfterMs);
			expect(next.filter((other) => other.at < at + retryAfterMs + 500)).toHaveLength(1);
		}
	});

	it('of an API without a limit is not held up', async () => {
		const { took, refused } = await send({ limits: { takes: 100 }, executions: [1_000] });
		expect(refused).toBe(0);
		expect(took).toBeLessThan(3_000);
	});

	it('of an API that answers quickly is not held up', async () => {
		const { took } = await send({ limits: { takes: 4 }, executions: [1_000] });
		expect(took).toBeLessThan(200);
	});

	it('of a slow API is not that of a narrow one', async () => {
		const { took } = await send({ limits: { takes: 2_000 }, executions: [100] });
		expect(took).toBeLessThan(5_000);
	});
});

describe('The width', () => {
	it('is found at the cost of few refusals, and remembered', async () => {
		const { took, refused } = await send({ limits: { width: 3, takes: 300 }, executions: [600] });
		expect(refused).toBeLessThan(0.03);
		expect(took / 1_000).toBeLessThan(((600 * 0.3) / 3) * 1.15);
	});

	it('is found where an answer that is on its way does not count any more', async () => {
		const limits = { width: 3, takes: 250, way: 50 };
		const { took, refused } = await send({ limits, executions: [600] });
		expect(refused).toBeLessThan(0.03);
		expect(took / 1_000).toBeLessThan(((600 * 0.3) / 3) * 1.25);
	});

	it('is told apart from a rate that is reached with many under way', async () => {
		const limits = { perSecond: 10, burst: 20, takes: 300 };
		const { took, refused } = await send({ limits, executions: [600] });
		expect(refused).toBeLessThan(0.03);
		expect(took / 1_000).toBeLessThan((580 / 10) * 1.1);
	});

	it('may come with a limit of the rate', async () => {
		const limits = { width: 3, perSecond: 5, burst: 10, takes: 300 };
		const { took, refused } = await send({ limits, executions: [200] });
		expect(refused).toBeLessThan(0.05);
		expect(took / 1_000).toBeLessThan((190 / 5) * 1.15);
	});

	it('grows again where it was narrow only for a while', async () => {
		const clock = new VirtualClock();
		const limits: Limits = { width: 2, takes: 300 };
		const narrow = limitedApi(clock, limits);
		const wide = limitedApi(clock, { takes: 300 });
		const turns = new Turns({ clock, random: () => 0 });
		const queue = new RequestQueue({ clock, turns, concurrency: Infinity });
		const signal = new AbortController().signal;
		const policy = { mayRepeat: mayPass, deadline: () => Infinity, signal };
		const all = async (count: number, request: () => Promise<void>) => {
			const runs = Array.from({ length: count }, async () => await queue.run(request, policy));
			await clock.run(Promise.all(runs));
		};
		await all(40, narrow.request);
		await all(300, wide.request);
		expect(Math.max(...wide.seen.map(({ underWay }) => underWay))).toBeGreaterThan(10);
	});
});

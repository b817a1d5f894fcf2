import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import type { State } from '../../../nodes/Motive/motive/jobAnswer.ts';
import { SHORTEST_INTERVAL_MS } from '../../../nodes/Motive/polling/pollSchedule.ts';
import { runJobs, type ScheduledJob } from '../../../nodes/Motive/polling/scheduler.ts';
import { runBatch, type Batch, type Script, type Step } from './scriptedJobs.mts';
import { VirtualClock } from './virtualClock.mts';

const after = (takes: number, gives: Step['gives']): Step => ({ takes, gives });

/** Started in 100 ms and ready at the given poll; the file takes 500 ms. */
function readyAt(poll: number, part: Partial<Script> = {}): Script {
	const pending = Array<Step>(poll - 1).fill(after(0, 'pending'));
	const finish = { takes: 500, fails: false };
	return {
		wait: true,
		timeout: 180_000,
		longestInterval: 10_000,
		starts: [after(100, 'pending')],
		polls: [...pending, after(0, 'ready')],
		finish,
		...part,
	};
}

const batchOf = (scripts: Script[], part: Partial<Batch> = {}): Batch => ({
	scripts,
	concurrency: 10,
	usualWait: 7_000,
	stopAtFirstFailure: false,
	...part,
});

describe('runJobs', () => {
	it('does nothing when there is nothing to do', async () => {
		expect(await runBatch(batchOf([]))).toMatchObject({ outcomes: [], calls: [], endedAt: 0 });
	});

	it('takes as long as its slowest job, and not the sum of all', async () => {
		const alone = await runBatch(batchOf([readyAt(7)]));
		const many = await runBatch(
			batchOf([readyAt(1), readyAt(7), ...Array<Script>(98).fill(readyAt(3))], {
				concurrency: 100,
			}),
		);
		expect(many.endedAt).toBe(many.of(1, 'finish')[0]?.until);
		expect(many.endedAt).toBeLessThanOrEqual(alone.endedAt);
		expect(many.outcomes.map(({ result }) => result?.state)).toEqual(
			Array<State>(100).fill('ready'),
		);
	});

	it('starts all jobs before it asks for any', async () => {
		const { calls } = await runBatch(
			batchOf(Array<Script>(30).fill(readyAt(1, { starts: [after(2_000, 'pending')] })), {
				concurrency: 3,
			}),
		);
		expect(calls.slice(0, 30).map(({ what }) => what)).toEqual(Array<string>(30).fill('start'));
	});

	it('finishes each job the moment it is ready, while others still wait', async () => {
		const { of } = await runBatch(batchOf([readyAt(1), readyAt(9)]));
		expect(of(0, 'finish')[0]?.at).toBe(of(0, 'poll')[0]?.until);
		expect(of(0, 'finish')[0]?.until).toBeLessThan(of(1, 'poll').at(-1)?.at ?? 0);
	});

	it('asks on the poll schedule, counted from the answer to the start', async () => {
		const { of } = await runBatch(batchOf([readyAt(4, { starts: [after(20_000, 'pending')] })]));
		expect(of(0, 'poll').map(({ at }) => at - 20_000)).toEqual([3_000, 4_500, 6_273, 8_085]);
	});

	it('counts the time until the next poll from when Motive was asked, however long it took to answer', async () => {
		const at = async (takes: number) => {
			const polls = [after(takes, 'pending'), after(0, 'ready')];
			return (await runBatch(batchOf([readyAt(2, { polls })])))
				.of(0, 'poll')
				.map((call) => call.at);
		};
		expect(await at(1_000)).toEqual(await at(0));
	});

	it('counts it from the failure where there was no answer', async () => {
		const polls = [after(5_000, { kind: 'noAnswer' }), after(0, 'ready')];
		const [first, second] = (await runBatch(batchOf([readyAt(2, { polls })]))).of(0, 'poll');
		expect(second?.at).toBeGreaterThanOrEqual((first?.until ?? NaN) + SHORTEST_INTERVAL_MS);
	});

	it('learns from the time for which an earlier try has watched', async () => {
		const { of } = await runBatch(batchOf([readyAt(3, { resumedFor: 99_000 })]));
		expect(of(0, 'poll').map(({ at }) => at)).toEqual([0, 6_041, 13_652]);
	});

	it('asks the sooner the more is found done, and the later the longer nothing is', async () => {
		const intervalAfter = async (scripts: Script[]) => {
			const times = (await runBatch(batchOf([readyAt(6), ...scripts], { concurrency: 100 })))
				.of(0, 'poll')
				.map(({ at }) => at);
			return (times[5] ?? NaN) - (times[4] ?? NaN);
		};
		const alone = await intervalAfter([]);
		expect(await intervalAfter(Array<Script>(50).fill(readyAt(2)))).toBeLessThan(alone);
		expect(await intervalAfter(Array<Script>(50).fill(readyAt(9)))).toBeGreaterThan(alone);
	});

	it('finds all of those that take the same time within two seconds', async () => {
		const clock = new VirtualClock();
		const begunAt = clock.now();
		let polls = 0;
		const job: ScheduledJob<{ state: State }, number> = {
			wait: true,
			timeout: 180_000,
			longestInterval: 10_000,
			start: () => Promise.resolve({ answer: { state: 'pending' }, startedAt: begunAt }),
			poll: () => {
				polls++;
				const state = clock.elapsed >= 30_000 ? 'ready' : 'pending';
				return Promise.resolve({ answer: { state }, askedAt: clock.now() });
			},
			finish: () => Promise.resolve(clock.elapsed),
		};
		const plan = {
			clock,
			signal: new AbortController().signal,
			usualWait: 7_000,
			stopAtFirstFailure: false,
		};
		const outcomes = await clock.run(runJobs(Array<typeof job>(100).fill(job), plan));
		const found = outcomes.map(({ result = NaN }) => result);
		expect(Math.min(...found)).toBeGreaterThanOrEqual(30_000);
		expect(Math.max(...found)).toBeLessThan(32_000);
		expect(polls / 100).toBeLessThan(6);
	});

	it('starts five cameras of a vehicle one after another, and other vehicles beside them', async () => {
		const truck = Array<Script>(5).fill(readyAt(1, { source: 'truck' }));
		const { of } = await runBatch(batchOf([...truck, readyAt(1, { source: 'trailer' })]));
		expect([0, 1, 2, 3, 4, 5].map((job) => of(job, 'start')[0]?.at)).toEqual([
			0, 1_100, 2_200, 3_300, 4_400, 25,
		]);
	});

	it('starts the next camera of a vehicle also after one that failed', async () => {
		const refused = readyAt(1, { source: 'truck', starts: [after(100, { kind: 'refused' })] });
		const { outcomes } = await runBatch(batchOf([refused, readyAt(1, { source: 'truck' })]));
		expect(outcomes).toMatchObject([
			{ failure: { kind: 'refused' } },
			{ result: { state: 'ready' } },
		]);
	});

	it('leaves out a job whose start is refused where that is no failure, and does not stop for it', async () => {
		const refused = readyAt(1, {
			mayBeLeftOut: true,
			starts: [after(100, { kind: 'refused' })],
		});
		const { outcomes, of } = await runBatch(
			batchOf([refused, readyAt(1)], { stopAtFirstFailure: true }),
		);
		expect(outcomes).toMatchObject([
			{ state: 'skipped', failure: { kind: 'refused' } },
			{ state: 'ready', result: { state: 'ready' } },
		]);
		expect(of(0).map(({ what }) => what)).toEqual(['start']);
	});

	it('fails a job whose start is refused where nothing is left out', async () => {
		const clock = new VirtualClock();
		const failure = new MotiveFailure('refused');
		const job: ScheduledJob<{ state: State }, State> = {
			wait: true,
			timeout: 100_000,
			longestInterval: 30_000,
			start: () => Promise.reject(failure),
			poll: (answer) => Promise.resolve({ answer, askedAt: clock.now() }),
			finish: ({ state }) => Promise.resolve(state),
		};
		const plan = {
			clock,
			signal: new AbortController().signal,
			usualWait: 7_000,
			stopAtFirstFailure: false,
		};
		expect(await clock.run(runJobs([job], plan))).toEqual([{ state: 'failed', failure }]);
	});

	it('leaves out no job that was started, and none for another failure', async () => {
		const lost = readyAt(1, { mayBeLeftOut: true, polls: [after(0, { kind: 'refused' })] });
		const forbidden = readyAt(1, {
			mayBeLeftOut: true,
			starts: [after(100, { kind: 'forbidden' })],
		});
		const { outcomes } = await runBatch(batchOf([lost, forbidden]));
		expect(outcomes).toMatchObject([
			{ state: 'failed', failure: { kind: 'refused' } },
			{ state: 'failed', failure: { kind: 'forbidden' } },
		]);
	});

	it('keeps the last answer of a job that fails later', async () => {
		const lost = readyAt(1, { polls: [after(0, 'pending'), after(0, { kind: 'refused' })] });
		const { outcomes } = await runBatch(
			batchOf([lost, readyAt(1, { finish: { takes: 0, fails: true } })]),
		);
		expect(outcomes).toMatchObject([
			{ state: 'failed', answer: { job: 0, state: 'pending' }, failure: { kind: 'refused' } },
			{ state: 'failed', answer: { job: 1, state: 'ready' }, failure: { kind: 'download' } },
		]);
		expect(outcomes[0]).not.toHaveProperty('result');
	});

	it('looks past failures that may pass, and past what answers in place of Motive', async () => {
		const kinds = ['noAnswer', 'unavailable', 'unreachable', 'unreadable'] as const;
		const shaky = readyAt(1, {
			polls: [...kinds.map((kind) => after(0, { kind })), after(0, 'ready')],
		});
		const { outcomes } = await runBatch(batchOf([shaky]));
		expect(outcomes).toMatchObject([{ result: { state: 'ready', trouble: false } }]);
	});

	it('gives up after four strange answers in a row, and forgets those before an answer of Motive', async () => {
		const page = { kind: 'notFound', facts: { isPage: true } } as const;
		const strange = (['unreadable', 'redirected'] as const).map((kind) => after(0, { kind }));
		const three = [...strange, after(0, page)];
		const recovers = readyAt(1, {
			polls: [...three, after(0, 'pending'), ...three, after(0, 'ready')],
		});
		const lost = readyAt(1, { polls: [...three, after(0, page), after(0, 'ready')] });
		const { outcomes, of } = await runBatch(batchOf([recovers, lost]));
		expect(outcomes).toMatchObject([
			{ state: 'ready', result: { trouble: false } },
			{ state: 'failed', answer: { state: 'pending' }, failure: page },
		]);
		expect(of(1, 'poll')).toHaveLength(4);
	});

	it('gives each job its own time and its own longest interval', async () => {
		const never = (part: Partial<Script>) => readyAt(999, part);
		const { of } = await runBatch(
			batchOf([
				never({ timeout: 20_000, longestInterval: 1_000 }),
				never({ timeout: 600_000, longestInterval: 20_000, starts: [after(5_000, 'pending')] }),
			]),
		);
		const [short = [], long = []] = [0, 1].map((job) => of(job, 'poll').map(({ at }) => at));
		// The second one was started a moment later.
		expect([short.at(-1), long.at(-1)]).toEqual([20_000, 600_025]);
		const longest = (times: number[]) =>
			Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? NaN)));
		expect([longest(short), longest(long)]).toEqual([1_000, 20_000]);
	});

	it('looks on for half a minute when Motive does not find what it has just accepted', async () => {
		const unseen = after(0, { kind: 'notFound' });
		const late = readyAt(1, { polls: [unseen, unseen, after(0, 'ready')] });
		const lost = readyAt(1, { polls: Array<Step>(99).fill(unseen) });
		const { outcomes, of } = await runBatch(batchOf([late, lost]));
		expect(outcomes).toMatchObject([
			{ result: { state: 'ready', trouble: false } },
			{ failure: { kind: 'notFound' } },
		]);
		const looks = of(1, 'poll').map(({ at }) => at);
		expect(looks.filter((at) => at >= 30_000)).toEqual(looks.slice(-1));
	});

	it('makes a last look at the deadline, also when that is before the first poll', async () => {
		const { of, endedAt } = await runBatch(batchOf([readyAt(99, { timeout: 2_000 })]));
		expect(of(0, 'poll').map(({ at }) => at)).toEqual([2_000]);
		expect(endedAt).toBe(2_500);
	});

	it('waits for starts that are under way when another job fails', async () => {
		const failing = readyAt(1, { starts: [after(10, { kind: 'unauthorized' })] });
		const slow = readyAt(1, { source: 'truck', starts: [after(30_000, 'pending')] });
		const next = readyAt(1, { source: 'truck' });
		const { outcomes, of, endedAt } = await runBatch(
			batchOf([failing, slow, next], { stopAtFirstFailure: true }),
		);
		expect(outcomes).toMatchObject([
			{ state: 'failed', failure: { kind: 'unauthorized' } },
			{ state: 'pending', answer: { job: 1, state: 'pending' } },
			{ state: 'pending' },
		]);
		expect(
			outcomes
				.slice(1)
				.every(({ failure, result }) => failure === undefined && result === undefined),
		).toBe(true);
		expect([of(2), endedAt]).toEqual([[], 30_010]);
	});

	it('does not wait for files that are under way when another job fails', async () => {
		const failing = readyAt(1, { starts: [after(10_000, { kind: 'unauthorized' })] });
		const slow = readyAt(1, { finish: { takes: 60_000, fails: false } });
		const { outcomes, of, endedAt } = await runBatch(
			batchOf([failing, slow], { stopAtFirstFailure: true }),
		);
		expect(of(1, 'finish')).toHaveLength(1);
		expect(outcomes).toMatchObject([{ state: 'failed' }, { state: 'pending' }]);
		expect(endedAt).toBe(10_000);
	});

	it('has long patience with an answer, less as the deadline comes near, and some even then', async () => {
		const clock = new VirtualClock();
		const startedAt = clock.now();
		const patience: number[] = [];
		const job: ScheduledJob<{ state: State }, State> = {
			wait: true,
			timeout: 100_000,
			longestInterval: 30_000,
			start: () => Promise.resolve({ answer: { state: 'pending' }, startedAt }),
			poll: (answer, limits) => {
				patience.push(limits.patience);
				return Promise.resolve({ answer, askedAt: clock.now() });
			},
			finish: ({ state }) => Promise.resolve(state),
		};
		const plan = {
			clock,
			signal: new AbortController().signal,
			usualWait: 7_000,
			stopAtFirstFailure: false,
		};
		expect(await clock.run(runJobs([job], plan))).toEqual([
			{ state: 'pending', startedAt, answer: { state: 'pending' }, result: 'pending' },
		]);
		expect(patience[0]).toBe(97_000);
		expect(patience.at(-1)).toBe(5_000);
		expect(patience).toEqual(patience.toSorted((one, other) => other - one));
	});
});

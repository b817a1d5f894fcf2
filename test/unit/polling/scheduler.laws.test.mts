/**
 * Laws that hold for every batch of jobs, however latencies, answers and failures interleave.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	hadNoEffect,
	isRateLimit,
	isStrange,
	mayPass,
} from '../../../nodes/Motive/motive/failure.ts';
import { FIRST_INTERVAL_MS } from '../../../nodes/Motive/polling/rate.ts';
import { SAME_SOURCE_SPACING_MS } from '../../../nodes/Motive/polling/scheduler.ts';
import {
	anyBatch,
	deadlineOf,
	isRefusal,
	runBatch,
	type Batch,
	type Run,
} from './scriptedJobs.mts';

/** Checks a law with many batches. */
async function always(batches: fc.Arbitrary<Batch>, law: (run: Run) => void): Promise<void> {
	await fc.assert(fc.asyncProperty(batches, async (batch) => law(await runBatch(batch))));
}

function jobsOf({ batch }: Run): number[] {
	return batch.scripts.map((_, index) => index);
}

/** Whether a job ended with a failure that counts; one that is left out does not. */
function isFailure({ state, failure }: Run['outcomes'][number]): boolean {
	return failure !== undefined && state !== 'skipped';
}

/** Whether Motive asked for a pause. */
function wasBusy({ calls }: Run): boolean {
	return calls.some(
		({ failure }) => failure?.kind === 'rateLimited' || failure?.facts.retryAfterMs !== undefined,
	);
}

describe('Every batch that runs to its end', () => {
	it('has the outcome of each job in its place: its result or its failure, and its last answer', async () => {
		await always(anyBatch(), (run) => {
			expect(run.outcomes).toHaveLength(run.batch.scripts.length);
			for (const [job, { answer, result, failure }] of run.outcomes.entries()) {
				expect(result === undefined).toBe(failure !== undefined);
				expect(answer?.job ?? job).toBe(job);
				expect(result?.job ?? job).toBe(job);
				expect(result?.state).toBe(result && answer?.state);
			}
		});
	});

	it('has the state of each job: that of its last answer, or failed, or left out', async () => {
		await always(anyBatch(), (run) => {
			for (const [job, { state, answer, failure }] of run.outcomes.entries()) {
				const { mayBeLeftOut = false } = run.batch.scripts[job] ?? {};
				const isLeftOut = mayBeLeftOut && answer === undefined && isRefusal(failure);
				const ended = failure === undefined ? answer?.state : 'failed';
				expect(state).toBe(isLeftOut ? 'skipped' : ended);
			}
		});
	});

	it('knows when Motive was asked for each job, and when it was first seen to be ready', async () => {
		await always(anyBatch(), (run) => {
			const begun = run.startedAt;
			for (const [job, { startedAt, readyAt, answer }] of run.outcomes.entries()) {
				const start = run.of(job, 'start').at(-1);
				const { resumedFor } = run.batch.scripts[job] ?? {};
				const asked = resumedFor === undefined ? start?.at : -resumedFor;
				expect(startedAt).toBe(answer && begun + (asked ?? NaN));
				const ready = run.of(job).find(({ state, what }) => state === 'ready' && what !== 'finish');
				expect(readyAt).toBe(ready && begun + (ready.until ?? NaN));
			}
		});
	});

	it('leaves nobody sleeping', async () => {
		await always(anyBatch(), ({ sleepers }) => {
			expect(sleepers).toBe(0);
		});
	});

	it('starts each job once, and again only where the start surely had no effect', async () => {
		await always(anyBatch(), (run) => {
			for (const job of jobsOf(run)) {
				const starts = run.of(job, 'start');
				expect(starts.slice(0, -1).every(({ failure }) => hadNoEffect(failure))).toBe(true);
				if (run.batch.scripts[job]?.resumedFor !== undefined) expect(starts).toEqual([]);
			}
		});
	});

	it('gives up a start that nothing comes of after five tries', async () => {
		await always(anyBatch(), (run) => {
			for (const job of jobsOf(run)) {
				const tries = run
					.of(job, 'start')
					.filter(({ failure }) => failure?.kind === 'unreachable' || failure?.kind === 'busy');
				expect(tries.length).toBeLessThanOrEqual(5);
			}
		});
	});

	it('asks for nothing after a final answer, a lasting failure, or when it need not wait', async () => {
		await always(anyBatch(), (run) => {
			for (const job of jobsOf(run)) {
				const calls = run.of(job).filter(({ what }) => what !== 'finish');
				const end = calls.findIndex(
					({ what, state, failure }) =>
						(state !== undefined && state !== 'pending') ||
						(what === 'poll' &&
							failure !== undefined &&
							failure.kind !== 'notFound' &&
							!isStrange(failure) &&
							!mayPass(failure)),
				);
				if (end >= 0) expect(calls.slice(end + 1)).toEqual([]);
				if (run.batch.scripts[job]?.wait === false) expect(run.of(job, 'poll')).toEqual([]);
			}
		});
	});

	it('finishes each job that has an answer exactly once, and last of all', async () => {
		await always(anyBatch(), (run) => {
			for (const [job, { answer, failure }] of run.outcomes.entries()) {
				const calls = run.of(job);
				const finishes = run.of(job, 'finish');
				const gaveUp = failure !== undefined && finishes.length === 0;
				expect(finishes).toHaveLength(answer && !gaveUp ? 1 : 0);
				if (finishes.length > 0) expect(calls.at(-1)?.what).toBe('finish');
				if (gaveUp && calls.length > 0) expect(calls.at(-1)?.failure).toBeDefined();
			}
		});
	});

	it('gives up a pending job only when its time is up', async () => {
		await always(anyBatch(), (run) => {
			for (const job of jobsOf(run)) {
				const [finish] = run.of(job, 'finish');
				if (
					!finish ||
					run.outcomes[job]?.answer?.state !== 'pending' ||
					!run.batch.scripts[job]?.wait
				)
					continue;
				expect(finish.at).toBeGreaterThanOrEqual(deadlineOf(run, job));
			}
		});
	});

	it('says when nothing was heard at the end', async () => {
		await always(anyBatch({}, { failures: false }), (run) => {
			for (const [job, { result }] of run.outcomes.entries()) {
				const last = run.of(job, 'poll').at(-1);
				if (result && last?.failure) expect(result.trouble).toBe(true);
				// In a queue that pauses, the last look may never be sent.
				if (result && last?.state && !wasBusy(run)) expect(result.trouble).toBe(false);
			}
		});
	});

	it('asks nothing after the deadline, but for the last look of those who had to wait for their turn', async () => {
		await always(anyBatch(), (run) => {
			const hadToWait = run.batch.scripts.length > 1 || wasBusy(run);
			for (const job of jobsOf(run)) {
				const late = run
					.of(job, 'poll')
					.filter(({ at, failure }) => at > deadlineOf(run, job) && !isRateLimit(failure));
				expect(late.length).toBeLessThanOrEqual(hadToWait ? 1 : 0);
			}
		});
	});

	it('has no more requests under way than allowed', async () => {
		await always(anyBatch(), ({ calls, batch }) => {
			const requests = calls.filter(({ what }) => what !== 'finish');
			for (const { at } of requests) {
				const underWay = requests.filter(
					(other) => other.at <= at && (other.until ?? Infinity) > at,
				);
				expect(underWay.length).toBeLessThanOrEqual(batch.concurrency);
			}
		});
	});

	it('sends nothing while Motive wants to be left alone', async () => {
		await always(anyBatch(), ({ calls }) => {
			const requests = calls.filter(({ what }) => what !== 'finish');
			for (const { until = Infinity, failure } of requests) {
				const wait = failure?.facts.retryAfterMs ?? (failure?.kind === 'rateLimited' ? 1_000 : 0);
				expect(requests.filter(({ at }) => at > until && at < until + wait)).toEqual([]);
			}
		});
	});
});

describe('Every start', () => {
	it('comes before every poll, in the order of the jobs', async () => {
		await always(anyBatch(), (run) => {
			const requests = run.calls.filter(({ what }) => what !== 'finish');
			const free = jobsOf(run).filter((job) => {
				const script = run.batch.scripts[job];
				return script && script.source === undefined && script.resumedFor === undefined;
			});
			const begun = free
				.map((job) => requests.findIndex((call) => call.job === job))
				.filter((index) => index >= 0);
			expect(begun).toEqual(begun.toSorted((one, other) => one - other));
			const firstPoll = requests.findIndex(({ what }) => what === 'poll');
			if (firstPoll >= 0) expect(begun.every((index) => index < firstPoll)).toBe(true);
		});
	});

	it('for the same source waits until a second after the one before', async () => {
		await always(anyBatch(), (run) => {
			for (const source of ['truck', 'trailer']) {
				const jobs = jobsOf(run).filter((job) => run.batch.scripts[job]?.source === source);
				const started = jobs
					.map((job) => run.of(job, 'start'))
					.filter((starts) => starts.length > 0);
				for (const [index, starts] of started.slice(1).entries()) {
					const before = started[index]?.at(-1)?.until ?? Infinity;
					expect(starts[0]?.at).toBeGreaterThanOrEqual(before + SAME_SOURCE_SPACING_MS);
				}
			}
		});
	});

	it('of an earlier try is asked for at once, as soon as it is its turn', async () => {
		await always(anyBatch({ concurrency: 10 }), (run) => {
			if (wasBusy(run)) return;
			const longestTurn = run.batch.scripts.length * FIRST_INTERVAL_MS;
			for (const [job, { resumedFor, wait }] of run.batch.scripts.entries()) {
				if (resumedFor !== undefined && wait)
					expect(run.of(job, 'poll')[0]?.at).toBeLessThanOrEqual(longestTurn);
			}
		});
	});
});

describe('Every batch that is stopped', () => {
	const stopped = fc.record({ stopAt: fc.nat({ max: 60_000 }), lag: fc.constantFrom(0, 1, 1_000) });
	const batches = fc
		.tuple(anyBatch(), stopped, fc.boolean())
		.map(([batch, stop, stopAtFirstFailure]) => ({
			...batch,
			...stop,
			stopAtFirstFailure,
		}));

	it('does nothing more, and throws the reason', async () => {
		await always(batches, (run) => {
			const { stopAt = Infinity } = run.batch;
			expect(run.calls.filter(({ at }) => at > stopAt)).toEqual([]);
			if (run.endedAt > stopAt) expect(run.thrown).toEqual(new Error('stopped by hand'));
		});
	});

	it('ends within a second of the last answer', async () => {
		await always(batches, (run) => {
			const { stopAt = Infinity, lag = 0 } = run.batch;
			const answers = run.calls.map(({ until = 0 }) => until);
			expect(run.endedAt).toBeLessThanOrEqual(Math.max(stopAt + lag, ...answers));
		});
	});
});

describe('Every batch that ends at its first failure', () => {
	it('has this failure, and knows of everything that was started', async () => {
		await always(anyBatch({ stopAtFirstFailure: true }), (run) => {
			const failed = run.outcomes.filter(isFailure);
			expect(failed.length).toBeLessThanOrEqual(1);
			for (const [job, { state, answer, result, failure }] of run.outcomes.entries()) {
				const answered =
					run.of(job, 'start').at(-1)?.state !== undefined ||
					run.batch.scripts[job]?.resumedFor !== undefined;
				expect(answer !== undefined).toBe(answered);
				if (failed.length === 0) expect(result === undefined).toBe(state === 'skipped');
				if (result === undefined && failure === undefined) expect(state).toBe('pending');
			}
		});
	});

	it('begins nothing after it', async () => {
		await always(anyBatch({ stopAtFirstFailure: true }), (run) => {
			const failure = run.outcomes.find(isFailure)?.failure;
			const cause = run.calls.find((call) => call.failure === failure);
			if (failure === undefined || cause?.until === undefined) return;
			const { until } = cause;
			expect(run.calls.filter(({ at }) => at > until)).toEqual([]);
		});
	});
});

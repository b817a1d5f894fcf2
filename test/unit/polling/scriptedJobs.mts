import fc from 'fast-check';

import type { State } from '../../../nodes/Motive/motive/jobAnswer.ts';
import {
	hadNoEffect,
	isRateLimit,
	MotiveFailure,
	type FailureFacts,
	type FailureKind,
} from '../../../nodes/Motive/motive/failure.ts';
import { RequestQueue } from '../../../nodes/Motive/polling/requestQueue.ts';
import {
	runJobs,
	type ScheduledJob,
	type Outcome,
} from '../../../nodes/Motive/polling/scheduler.ts';
import { Turns } from '../../../nodes/Motive/polling/turns.ts';
import { VirtualClock } from './virtualClock.mts';

/** The result of one request, after `takes` milliseconds. */
export interface Step {
	takes: number;
	gives: State | { kind: FailureKind; facts?: FailureFacts };
}

/** What Motive does about one job; when the steps have run out, the job stays pending. */
export interface Script {
	source?: string;
	wait: boolean;
	/** Whether a start that is refused leaves the job out. */
	mayBeLeftOut?: boolean;
	timeout: number;
	longestInterval: number;
	/** Started by an earlier try, this many milliseconds ago. */
	resumedFor?: number;
	starts: Step[];
	polls: Step[];
	finish: { takes: number; fails: boolean };
}

export interface Batch {
	scripts: Script[];
	concurrency: number;
	usualWait: number;
	stopAtFirstFailure: boolean;
	/** When the execution is stopped; never unless given. */
	stopAt?: number;
	/** Milliseconds until a sleep notices that. */
	lag?: number;
}

/** One request, or the making of a result; times in milliseconds since the start. */
export interface Call {
	job: number;
	what: 'start' | 'poll' | 'finish';
	at: number;
	/** Not set if the batch ended first. */
	until?: number;
	state?: State;
	failure?: MotiveFailure;
}

export interface Answer {
	job: number;
	state: State;
}

export type Result = Answer & { trouble: boolean };

/** How a batch went. */
export interface Run {
	batch: Batch;
	/** In the order in which they began. */
	calls: Call[];
	/** The calls of one job, all or those of one kind. */
	of: (job: number, what?: Call['what']) => Call[];
	outcomes: Array<Outcome<Answer, Result>>;
	/** What the batch threw, if it did. */
	thrown?: unknown;
	/** Milliseconds since the epoch. */
	startedAt: number;
	endedAt: number;
	/** Sleeps that went on after the end. */
	sleepers: number;
}

/** Runs a batch in virtual time, with all requests in one queue as the node has it. */
export async function runBatch(batch: Batch): Promise<Run> {
	const clock = new VirtualClock(batch.lag);
	let lastTaken = clock.now();
	const stop = new AbortController();
	const turns = new Turns({ clock, random: () => 0 });
	const queue = new RequestQueue({ clock, turns, concurrency: batch.concurrency });
	const calls: Call[] = [];

	const perform = async (
		job: number,
		what: Call['what'],
		{ takes, gives }: Step,
	): Promise<Answer> => {
		const call: Call = { job, what, at: clock.elapsed };
		calls.push(call);
		await clock.sleep(takes);
		call.until = clock.elapsed;
		if (typeof gives === 'string') {
			if (what !== 'finish') lastTaken = clock.now();
			return { job, state: (call.state = gives) };
		}
		call.failure = new MotiveFailure(gives.kind, gives.facts);
		throw call.failure;
	};

	const jobOf = (script: Script, index: number): ScheduledJob<Answer, Result> => {
		const starts = script.starts.values();
		const polls = script.polls.values();
		const { source, wait, mayBeLeftOut = false, resumedFor, timeout, longestInterval } = script;
		return {
			...(source !== undefined && { source }),
			...(resumedFor !== undefined && {
				resumed: { answer: { job: index, state: 'pending' }, startedAt: clock.now() - resumedFor },
			}),
			wait,
			timeout,
			longestInterval,
			start: async (signal) => {
				const start = async () => {
					const startedAt = clock.now();
					return { answer: await perform(index, 'start', next(starts)), startedAt };
				};
				const deadline = () => lastTaken + timeout;
				const policy = { mayRepeat: hadNoEffect, deadline, signal, purpose: 'start' } as const;
				return await queue.run(start, policy);
			},
			isLeftOut: (failure) => mayBeLeftOut && isRefusal(failure),
			poll: async (_answer, { deadline, signal }) => {
				const poll = async () => {
					const askedAt = clock.now();
					return { answer: await perform(index, 'poll', next(polls)), askedAt };
				};
				return await queue.run(poll, {
					mayRepeat: isRateLimit,
					deadline: () => Math.max(deadline, lastTaken + timeout),
					signal,
					purpose: 'poll',
				});
			},
			finish: async ({ state }, _signal, trouble) => {
				const { takes, fails } = script.finish;
				await perform(index, 'finish', { takes, gives: fails ? { kind: 'download' } : state });
				return { job: index, state, trouble: trouble !== undefined };
			},
		};
	};

	if (batch.stopAt !== undefined)
		void clock.sleep(batch.stopAt).then(() => stop.abort(new Error('stopped by hand')));
	const { usualWait, stopAtFirstFailure } = batch;
	const plan = {
		clock,
		signal: stop.signal,
		usualWait,
		stopAtFirstFailure,
	};
	const [ended] = await clock.run(Promise.allSettled([runJobs(batch.scripts.map(jobOf), plan)]));
	const endedAt = clock.elapsed;
	// A sleep that is stopped ends only then.
	await clock.run(clock.sleep(batch.lag ?? 0));
	const run = {
		batch,
		calls: [...calls],
		of: (job: number, what?: Call['what']) =>
			run.calls.filter((call) => call.job === job && (what === undefined || call.what === what)),
		startedAt: clock.now() - clock.elapsed,
		endedAt,
		sleepers: clock.sleeping,
	};
	return ended.status === 'fulfilled'
		? { ...run, outcomes: ended.value }
		: { ...run, outcomes: [], thrown: ended.reason as unknown };
}

/** Moment (ms since the start) of the last poll that a job may have; its start must have been sent. */
export function deadlineOf({ batch, of }: Run, job: number): number {
	const { resumedFor, timeout = NaN } = batch.scripts[job] ?? {};
	return (resumedFor === undefined ? (of(job, 'start').at(-1)?.at ?? NaN) : 0) + timeout;
}

/** A failure of the kind for which a job that may be left out is. */
export function isRefusal(failure: unknown): boolean {
	return failure instanceof MotiveFailure && failure.kind === 'refused';
}

function next(steps: Iterator<Step>): Step {
	const step = steps.next();
	return step.done ? { takes: 50, gives: 'pending' } : step.value;
}

const takes = fc.oneof(fc.constantFrom(0, 1, 1_000, 3_000), fc.nat({ max: 40_000 }));
const pending = fc.constant<State>('pending');
const final = fc.constantFrom<State>('ready', 'failed');
const busy = fc.oneof(
	fc.constant({ kind: 'rateLimited' as const }),
	fc
		.nat({ max: 90_000 })
		.map((retryAfterMs) => ({ kind: 'rateLimited' as const, facts: { retryAfterMs } })),
	fc
		.nat({ max: 20_000 })
		.map((retryAfterMs) => ({ kind: 'unavailable' as const, facts: { retryAfterMs } })),
);
const passing = fc
	.constantFrom<FailureKind>('busy', 'unreachable', 'noAnswer', 'unavailable')
	.map((kind) => ({ kind }));
const withoutEffect = fc.constantFrom<FailureKind>('busy', 'unreachable').map((kind) => ({ kind }));
const lasting = fc
	.constantFrom<FailureKind>('notFound', 'refused', 'outcomeUnknown', 'unreadable')
	.map((kind) => ({ kind }));

function steps(...gives: Array<fc.WeightedArbitrary<Step['gives']>>): fc.Arbitrary<Step[]> {
	return fc.array(fc.record({ takes, gives: fc.oneof(...gives) }), { maxLength: 6 });
}

/** Anything that Motive may do about a job, with failures and without. */
function anyScript({ failures = true } = {}): fc.Arbitrary<Script> {
	const lasts = { arbitrary: lasting, weight: failures ? 1 : 0 };
	return fc.record(
		{
			source: fc.constantFrom('truck', 'trailer'),
			wait: fc.oneof(
				{ arbitrary: fc.constant(true), weight: 4 },
				{ arbitrary: fc.boolean(), weight: 1 },
			),
			mayBeLeftOut: fc.boolean(),
			timeout: fc.integer({ min: 1, max: 180_000 }),
			longestInterval: fc.integer({ min: 1_000, max: 30_000 }),
			resumedFor: fc.nat({ max: 60_000 }),
			starts: steps(
				{ arbitrary: pending, weight: 5 },
				{ arbitrary: final, weight: 1 },
				{ arbitrary: fc.oneof(busy, withoutEffect), weight: 2 },
				lasts,
			),
			polls: steps(
				{ arbitrary: pending, weight: 5 },
				{ arbitrary: final, weight: 3 },
				{ arbitrary: fc.oneof(busy, passing), weight: 2 },
				lasts,
			),
			finish: fc.record({ takes, fails: failures ? fc.boolean() : fc.constant(false) }),
		},
		{ requiredKeys: ['wait', 'timeout', 'longestInterval', 'starts', 'polls', 'finish'] },
	);
}

/** Any batch of up to eight jobs. */
export function anyBatch(
	part: Partial<Batch> = {},
	options: { failures?: boolean } = {},
): fc.Arbitrary<Batch> {
	return fc
		.record({
			scripts: fc.array(anyScript(options), { maxLength: 8 }),
			concurrency: fc.integer({ min: 1, max: 10 }),
			usualWait: fc.integer({ min: 1, max: 60_000 }),
			stopAtFirstFailure: fc.constant(false),
		})
		.map((batch) => ({ ...batch, ...part }));
}

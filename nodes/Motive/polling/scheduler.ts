import { asError, mayPass, MotiveFailure } from '../motive/failure';
import type { State } from '../motive/jobAnswer';
import type { Clock } from './clock';
import {
	firstInterval,
	nextInterval,
	pollAt,
	usualExperience,
	withLook,
	type Experience,
} from './pollSchedule';

/**
 * A job as the scheduler sees it: started, polled until it is done, and finished here.
 * Every step gets a signal that is aborted when its outcome does not matter any more.
 */
export interface ScheduledJob<Answer extends { state: State }, Result> {
	/** Starts of the same source are made one after another, with a pause between; without a source they are not. */
	source?: string;
	/** A job that an earlier try has started: its last answer, and when it was started (ms). */
	resumed?: { answer: Answer; startedAt: number };
	/** Whether to poll until the job is done; otherwise the answer to its start is all. */
	wait: boolean;
	/** Starts the job. */
	start: (signal: AbortSignal) => Promise<Answer>;
	/** Whether this failure of the start means that the job is left out: it counts neither as done nor as failed. */
	isLeftOut?: (failure: unknown) => boolean;
	/** Asks once how the job stands; `patience` is the longest time (ms) to wait for the answer. */
	poll: (answer: Answer, patience: number, signal: AbortSignal) => Promise<Answer>;
	/**
	 * Makes the result of the last answer: ready, failed, or still pending when no more time is left.
	 * `trouble` is what kept Motive from answering at the end, if anything did.
	 */
	finish: (answer: Answer, signal: AbortSignal, trouble?: MotiveFailure) => Promise<Result>;
}

/** How a job ended. The last answer is kept in any case. */
export interface Outcome<Answer, Result> {
	/** `pending` as well for a job that a stop at the first failure left under way. */
	state: State;
	answer?: Answer;
	result?: Result;
	/** Why the job failed, or was left out. */
	failure?: unknown;
}

/** How a batch of jobs is run; times in milliseconds. */
export interface Plan {
	clock: Clock;
	/** Aborted when the execution is stopped. */
	signal: AbortSignal;
	deadline: number;
	longestInterval: number;
	/** How long such jobs usually take beyond their first poll. */
	usualWait: number;
	/** Whether the first failure ends the whole batch. */
	stopAtFirstFailure: boolean;
}

/** A plan under way. */
interface Batch extends Plan {
	/** What its jobs have taught each other. */
	experience: Experience;
}

/** Pause between two starts for the same source: one gateway works on them in turn (ms). */
export const SAME_SOURCE_SPACING_MS = 1_000;

/** Even a poll at the deadline gets this long to be answered (ms). */
const LEAST_PATIENCE_MS = 5_000;

/** Whether Motive finds a job at once everywhere after accepting it is not known, so it gets this long (ms). */
const LONGEST_UNSEEN_MS = 30_000;

/**
 * Runs jobs side by side: all of them are started first, in their order, then each is polled on the poll schedule and
 * finished the moment its state is final.
 *
 * When a failure ends the batch early, jobs that were still waiting stay pending; starts that are under way are waited
 * for, so that no started job is forgotten.
 *
 * @returns one outcome per job, in the order of the jobs, however the answers interleave
 * @throws the signal's reason when the execution is stopped
 */
export async function runJobs<Answer extends { state: State }, Result>(
	jobs: ReadonlyArray<ScheduledJob<Answer, Result>>,
	plan: Plan,
): Promise<Array<Outcome<Answer, Result>>> {
	const halt = new AbortController();
	const signal = AbortSignal.any([plan.signal, halt.signal]);
	const batch: Batch = { ...plan, signal, experience: usualExperience(plan.usualWait) };
	const takeTurn = turnsBySource(batch);

	const startJob = async (job: ScheduledJob<Answer, Result>): Promise<Answer> =>
		job.resumed?.answer ?? (await takeTurn(job.source, async () => await job.start(signal)));

	const runs = jobs.map((job) => {
		const outcome: Outcome<Answer, Result> = { state: 'pending' };
		const started = startJob(job);
		return { outcome, started, ended: runJob(job, outcome, started) };
	});

	async function runJob(
		job: ScheduledJob<Answer, Result>,
		outcome: Outcome<Answer, Result>,
		started: Promise<Answer>,
	): Promise<void> {
		try {
			outcome.answer = await started;
			outcome.result = await followJob(job, outcome, outcome.answer, batch);
			outcome.state = outcome.answer.state;
		} catch (error) {
			if (halt.signal.aborted) return;
			outcome.failure = error;
			outcome.state = outcome.answer === undefined && job.isLeftOut?.(error) ? 'skipped' : 'failed';
			if (outcome.state === 'failed' && plan.stopAtFirstFailure) halt.abort();
		}
	}

	await Promise.race([Promise.all(runs.map(({ ended }) => ended)), whenAborted(halt.signal)]);
	await Promise.allSettled(runs.map(({ started }) => started));
	plan.signal.throwIfAborted();
	return runs.map(({ outcome }) => outcome);
}

async function followJob<Answer extends { state: State }, Result>(
	job: ScheduledJob<Answer, Result>,
	outcome: Outcome<Answer, Result>,
	firstAnswer: Answer,
	batch: Batch,
): Promise<Result> {
	const { clock, deadline, signal, longestInterval, usualWait } = batch;
	const pollIn = (interval: number) =>
		pollAt(interval, { now: clock.now(), longestInterval, deadline });
	const startedAt = job.resumed?.startedAt ?? clock.now();
	let answer = firstAnswer;
	let trouble: MotiveFailure | undefined;
	// A job that an earlier try has started was watched by it.
	let lookedAt = job.resumed && startedAt + firstInterval(usualWait);
	let next = job.resumed ? clock.now() : pollIn(firstInterval(usualWait));
	while (job.wait && answer.state === 'pending' && next !== undefined) {
		await clock.sleep(next - clock.now(), signal);
		try {
			const patience = Math.max(LEAST_PATIENCE_MS, deadline - clock.now());
			answer = await job.poll(answer, patience, signal);
			outcome.answer = answer;
			trouble = undefined;
			learn(answer.state !== 'pending');
		} catch (error) {
			if (!mayPassWhileWaiting(error, clock.now() - startedAt)) throw asError(error);
			trouble = error;
		}
		next = pollIn(nextInterval(batch.experience, clock.now() - startedAt));
	}
	signal.throwIfAborted();
	return await job.finish(answer, signal, trouble);

	function learn(isDone: boolean): void {
		const now = clock.now();
		if (lookedAt !== undefined)
			batch.experience = withLook(batch.experience, now - lookedAt, isDone);
		lookedAt = now;
	}
}

/**
 * Motive has answered before, so that something else in its place (the page of a proxy) is no reason to give up. Nor is
 * it when a job that was just accepted is not found yet.
 */
function mayPassWhileWaiting(failure: unknown, elapsed: number): failure is MotiveFailure {
	if (mayPass(failure)) return true;
	if (!(failure instanceof MotiveFailure)) return false;
	return (
		failure.kind === 'unreadable' || (failure.kind === 'notFound' && elapsed < LONGEST_UNSEEN_MS)
	);
}

/** Lets calls of the same source through one after another, `SAME_SOURCE_SPACING_MS` apart. */
function turnsBySource({ clock, signal }: Plan) {
	const lastTurn = new Map<string, Promise<unknown>>();
	return async <T>(source: string | undefined, call: () => Promise<T>): Promise<T> => {
		if (source === undefined) return await call();
		const before = lastTurn.get(source);
		const turn = (async () => {
			if (before) {
				// However it ended.
				await before.catch(() => undefined);
				await clock.sleep(SAME_SOURCE_SPACING_MS, signal);
			}
			return await call();
		})();
		lastTurn.set(source, turn);
		return await turn;
	};
}

async function whenAborted(signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) =>
		signal.addEventListener('abort', () => resolve(), { once: true }),
	);
}

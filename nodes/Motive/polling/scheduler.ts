import type { CaptureState } from '../motive/imageCapture';
import type { Clock } from './clock';
import { mayPass, MotiveFailure } from '../motive/failure';
import {
	firstInterval,
	nextInterval,
	pollAt,
	usualExperience,
	withLook,
	type Experience,
} from './pollSchedule';

/**
 * One piece of work that Motive does in its own time: started, asked for until it is done, and finished here.
 * Every step gets a signal that is aborted when its outcome does not matter any more.
 */
export interface Job<Answer, Result> {
	/** Starts of the same source are made one after another, with a pause between; without a source they are not. */
	source?: string;
	/** Work that an earlier try has started: its last answer, and when it was started (ms). */
	resumed?: { answer: Answer; startedAt: number };
	/** Whether to ask until the work is done; otherwise the answer to its start is all. */
	wait: boolean;
	/** Starts the work. */
	start(signal: AbortSignal): Promise<Answer>;
	/** Asks once how the work stands; `patience` is the longest time (ms) to wait for the answer. */
	check(answer: Answer, patience: number, signal: AbortSignal): Promise<Answer>;
	stateOf(answer: Answer): CaptureState;
	/**
	 * Makes the result of the last answer: ready, failed, or still pending when no more time is left.
	 * `trouble` is what kept Motive from answering at the end, if anything did.
	 */
	finish(answer: Answer, signal: AbortSignal, trouble?: MotiveFailure): Promise<Result>;
}

/** How a job ended: with a result or a failure. The last answer is kept either way. */
export interface Outcome<Answer, Result> {
	answer?: Answer;
	result?: Result;
	failure?: unknown;
}

/** How a batch of jobs is run; times in milliseconds. */
export interface Plan {
	clock: Clock;
	/** Aborted when the execution is stopped. */
	signal: AbortSignal;
	deadline: number;
	longestInterval: number;
	/** How long such work usually takes beyond its first poll. */
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

/** Longest time an answer may take (ms). Motive was seen to need up to 30 s. */
export const LONGEST_PATIENCE_MS = 60_000;

/** Even a question at the deadline gets this long to be answered (ms). */
const LEAST_PATIENCE_MS = 5_000;

/** Whether Motive finds work at once everywhere after accepting it is not known, so it gets this long (ms). */
const LONGEST_UNSEEN_MS = 30_000;

/**
 * Runs jobs side by side: all of them are started first, in their order, then each is asked for on the poll schedule
 * and finished the moment its state is final.
 *
 * When a failure ends the batch early, jobs that were still waiting have no result and no failure; starts that are
 * under way are waited for, so that no started work is forgotten.
 *
 * @returns one outcome per job, in the order of the jobs, however the answers interleave
 * @throws the signal's reason when the execution is stopped
 */
export async function runJobs<Answer, Result>(
	jobs: ReadonlyArray<Job<Answer, Result>>,
	plan: Plan,
): Promise<Array<Outcome<Answer, Result>>> {
	const halt = new AbortController();
	const signal = AbortSignal.any([plan.signal, halt.signal]);
	const batch: Batch = { ...plan, signal, experience: usualExperience(plan.usualWait) };
	const takeTurn = turnsBySource(batch);

	const runs = jobs.map((job) => {
		const outcome: Outcome<Answer, Result> = {};
		const started = job.resumed
			? Promise.resolve(job.resumed.answer)
			: takeTurn(job.source, async () => await job.start(batch.signal));
		const ended = started
			.then(async (answer) => {
				outcome.answer = answer;
				outcome.result = await followJob(job, outcome, answer, batch);
			})
			.catch((failure: unknown) => {
				if (halt.signal.aborted) return;
				outcome.failure = failure;
				if (plan.stopAtFirstFailure) halt.abort();
			});
		return { outcome, started, ended };
	});

	await Promise.race([Promise.all(runs.map(({ ended }) => ended)), whenAborted(halt.signal)]);
	await Promise.allSettled(runs.map(({ started }) => started));
	plan.signal.throwIfAborted();
	return runs.map(({ outcome }) => outcome);
}

async function followJob<Answer, Result>(
	job: Job<Answer, Result>,
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
	// What an earlier try has started was watched by it.
	let lookedAt = job.resumed && startedAt + firstInterval(usualWait);
	let next = job.resumed ? clock.now() : pollIn(firstInterval(usualWait));
	while (job.wait && job.stateOf(answer) === 'pending' && next !== undefined) {
		await clock.sleep(next - clock.now(), signal);
		const patience = Math.min(
			LONGEST_PATIENCE_MS,
			Math.max(LEAST_PATIENCE_MS, deadline - clock.now()),
		);
		const [asked] = await Promise.allSettled([job.check(answer, patience, signal)]);
		if (asked.status === 'fulfilled') {
			answer = asked.value;
			outcome.answer = answer;
			trouble = undefined;
			learn(job.stateOf(answer) !== 'pending');
		} else if (mayPassWhileWaiting(asked.reason, clock.now() - startedAt)) {
			trouble = asked.reason;
		} else {
			throw asked.reason;
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
 * it when work that was just accepted is not found yet.
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
				await Promise.allSettled([before]);
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

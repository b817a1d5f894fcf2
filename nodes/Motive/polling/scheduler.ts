import { asError, isStrange, mayPass, MotiveFailure } from '../motive/failure';
import type { State } from '../motive/jobAnswer';
import type { Clock } from './clock';
import { MovingTimes } from './movingTimes';
import { pollAt, PollSchedule } from './pollSchedule';

/** A job that was started. */
export interface Started<Answer> {
	/** What Motive answered. */
	answer: Answer;
	/** When Motive was asked (ms). */
	startedAt: number;
}

/** A poll that was answered. */
export interface Polled<Answer> {
	answer: Answer;
	/** When Motive was asked (ms). The next poll counts from there: counted from its answer, a slow API is asked too late. */
	askedAt: number;
}

/**
 * A job as the scheduler sees it: started, polled until it is done, and finished here.
 * Every step gets a signal that is aborted when its outcome does not matter any more.
 */
export interface ScheduledJob<Answer extends { state: State }, Result> {
	/** Starts of the same source are made one after another, with a pause between; without a source they are not. */
	source?: string;
	/** A job that an earlier try has started. */
	resumed?: Started<Answer>;
	/** Whether to poll until the job is done; otherwise the answer to its start is all. */
	wait: boolean;
	/** How long to wait from the moment Motive was asked, or from now for a job that is resumed (ms). */
	timeout: number;
	/** Longest time between two polls (ms). */
	longestInterval: number;
	/** Starts the job. */
	start: (signal: AbortSignal) => Promise<Started<Answer>>;
	/** Whether this failure of the start means that the job is left out: it counts neither as done nor as failed. */
	isLeftOut?: (failure: unknown) => boolean;
	/** Asks once how the job stands, and waits for the answer no longer than `limits` say. */
	poll: (answer: Answer, limits: PollLimits) => Promise<Polled<Answer>>;
	/**
	 * Makes the result of the last answer: ready, failed, or still pending when no more time is left.
	 * `trouble` is what kept Motive from answering at the end, if anything did.
	 */
	finish: (answer: Answer, signal: AbortSignal, trouble?: MotiveFailure) => Promise<Result>;
}

/** When a poll is given up. */
export interface PollLimits {
	/** Longest time to wait for the answer (ms). */
	patience: number;
	/** Moment (ms) after which nothing is sent. */
	deadline: number;
	signal: AbortSignal;
}

/** How a job ended. The last answer is kept in any case. */
export interface Outcome<Answer, Result> {
	/** `pending` as well for a job that a stop at the first failure left under way. */
	state: State;
	/** When Motive was asked (ms). */
	startedAt?: number;
	/** When it was first seen to be ready (ms). */
	readyAt?: number;
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
	/** How long such jobs usually take beyond their first poll. */
	usualWait: number;
	/** Whether the first failure ends the whole batch. */
	stopAtFirstFailure: boolean;
}

/** A plan under way. */
interface Batch extends Plan {
	/** When to look, as its jobs have taught each other. */
	schedule: PollSchedule;
	/** Wakes its jobs. */
	times: MovingTimes;
}

/** Pause between two starts for the same source: one gateway works on them in turn (ms). */
export const SAME_SOURCE_SPACING_MS = 1_000;

/** Even a poll at the deadline gets this long to be answered (ms). */
const LEAST_PATIENCE_MS = 5_000;

/** Whether Motive finds a job at once everywhere after accepting it is not known, so it gets this long (ms). */
const LONGEST_UNSEEN_MS = 30_000;

/** So many strange answers in a row are the end of a job. */
const MOST_STRANGE_IN_A_ROW = 4;

/**
 * Runs jobs side by side: all of them are started first, in their order, then each is polled on the poll schedule,
 * which all of them teach, and finished the moment its state is final.
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
	const batch: Batch = {
		...plan,
		signal,
		schedule: new PollSchedule({ usualWait: plan.usualWait, jobs: jobs.length }),
		times: new MovingTimes(plan.clock, signal),
	};
	const takeTurn = turnsBySource(batch);

	const startJob = async (job: ScheduledJob<Answer, Result>): Promise<Started<Answer>> =>
		job.resumed ?? (await takeTurn(job.source, async () => await job.start(signal)));

	const runs = jobs.map((job) => {
		const outcome: Outcome<Answer, Result> = { state: 'pending' };
		const started = startJob(job);
		return { outcome, started, ended: runJob(job, outcome, started) };
	});

	async function runJob(
		job: ScheduledJob<Answer, Result>,
		outcome: Outcome<Answer, Result>,
		started: Promise<Started<Answer>>,
	): Promise<void> {
		try {
			const { answer, startedAt } = await started;
			Object.assign(outcome, { answer, startedAt });
			const { answer: last, trouble } = await waitForJob(
				job,
				{ answer, startedAt },
				batch,
				outcome,
			);
			if (last.state === 'ready') outcome.readyAt = plan.clock.now();
			outcome.result = await job.finish(last, signal, trouble);
			outcome.state = last.state;
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

/** Polls a job until it is done or its time is up, and keeps the last answer in its outcome. */
async function waitForJob<Answer extends { state: State }, Result>(
	job: ScheduledJob<Answer, Result>,
	started: Started<Answer>,
	batch: Batch,
	outcome: Outcome<Answer, Result>,
): Promise<{ answer: Answer; trouble?: MotiveFailure }> {
	const { clock, signal, schedule, times } = batch;
	const { wait, longestInterval, resumed } = job;
	const deadline = (resumed ? clock.now() : started.startedAt) + job.timeout;
	// How far a job is counts from Motive's answer: a start that was answered late was taken late.
	const takenAt = resumed ? started.startedAt : clock.now();
	const age = () => clock.now() - takenAt;
	const first = schedule.first();
	const pollAfter = (interval: number, askedAt: number) =>
		pollAt(interval, { askedAt, longestInterval, deadline });
	let nextPoll = () => (resumed ? clock.now() : pollAfter(first, takenAt));
	let { answer } = started;
	let trouble: MotiveFailure | undefined;
	let strangeInARow = 0;
	let pendingAtAge = 0;
	let askedAt = takenAt;
	while (wait && answer.state === 'pending' && clock.now() < deadline) {
		await times.wait(nextPoll);
		const patience = Math.max(LEAST_PATIENCE_MS, deadline - clock.now());
		try {
			({ answer, askedAt } = await job.poll(answer, { patience, deadline, signal }));
			outcome.answer = answer;
			trouble = undefined;
			strangeInARow = 0;
			const to = askedAt - takenAt;
			schedule.learn({ from: pendingAtAge, to, isDone: answer.state !== 'pending' });
			pendingAtAge = to;
			times.move();
		} catch (error) {
			strangeInARow = isStrange(error) ? strangeInARow + 1 : 0;
			const isPassing = mayPassWhileWaiting(error, age());
			if (!isPassing || strangeInARow >= MOST_STRANGE_IN_A_ROW) throw asError(error);
			trouble = error;
			askedAt = clock.now();
		}
		nextPoll = () => pollAfter(schedule.interval(askedAt - takenAt, age()), askedAt);
	}
	signal.throwIfAborted();
	return { answer, ...(trouble && { trouble }) };
}

/**
 * Motive has answered before, so that something else in its place (the page of a proxy) is no reason to give up. Nor is
 * it when a job that was just accepted is not found yet.
 */
function mayPassWhileWaiting(failure: unknown, elapsed: number): failure is MotiveFailure {
	if (mayPass(failure) || isStrange(failure)) return true;
	const isUnseen = failure instanceof MotiveFailure && failure.kind === 'notFound';
	return isUnseen && elapsed < LONGEST_UNSEEN_MS;
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
	await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { isRateLimit, MotiveFailure } from '../motive/failure';
import type { JobAnswer } from '../motive/jobAnswer';
import type { JobOptions } from '../parameters/jobOptions';
import { runJobs, type ScheduledJob } from '../polling/scheduler';
import type { Advice } from '../transport/errorTexts';
import type { SendRequest } from '../transport/request';
import { finishJob, isLost, runOf, type Finished } from './finishJob';
import { errorItem, forEachItem, itemError, type ItemState } from './items';
import type { Job, JobInput } from './job';
import { failuresOf, itemPerFile, type JobItem, type JobRun } from './jobItems';
import type { Operation, OperationText } from './operation';
import { openSession, reader, type Session } from './session';

/** An operation on jobs, as far as it differs from others. */
export interface JobOperation<Input extends JobInput, Answer extends JobAnswer> {
	text: OperationText;
	fields: INodeProperties[];
	/**
	 * Reads and checks the parameters of one item, without any request.
	 *
	 * @throws BadInput
	 */
	read: (context: IExecuteFunctions, itemIndex: number) => Input;
	/**
	 * Called once per run, so that items can share what was requested.
	 *
	 * @returns a function that makes the jobs of one item; it may look things up
	 */
	connect: (session: Session) => (input: Input, itemIndex: number) => Promise<Array<Job<Answer>>>;
	/** How long such jobs usually take (ms), beyond the time before which hardly any is done. */
	usualWait: number;
	/** What to do about failures, where the usual advice does not fit. */
	advice?: Advice;
	/** How started jobs are found again, as text behind the description of an error. */
	startedList?: (answers: readonly Answer[]) => string;
	/** What to say where Motive has refused every job of an item that may be left out; its first refusal unless given. */
	allRefused?: (input: Input, first: MotiveFailure) => MotiveFailure;
	/** The output of an item; one item for each output of its jobs unless given. */
	itemsOf?: (item: JobItem<Input, Answer>, input: Input) => INodeExecutionData[];
	/** What a person should know and no item says. */
	hints: (items: ReadonlyArray<JobItem<Input, Answer>>) => string[];
}

/**
 * Makes an operation that starts jobs at Motive or asks how they stand, waits for them and downloads their files, over
 * all input items at once: everything is checked before the first request is sent, and everything is started before
 * anything is waited for.
 *
 * Its `execute` returns the output items in the order of the input, with continue on fail also error items for what
 * failed. It throws NodeOperationError or NodeApiError for the first failure, naming all jobs that were started.
 */
export function jobOperation<Input extends JobInput, Answer extends JobAnswer>(
	operation: JobOperation<Input, Answer>,
): Operation {
	const { text, fields } = operation;
	return { text, fields, execute: async (context) => await runOperation(context, operation) };
}

async function runOperation<Input extends JobInput, Answer extends JobAnswer>(
	context: IExecuteFunctions,
	operation: JobOperation<Input, Answer>,
): Promise<INodeExecutionData[]> {
	const { advice = {}, itemsOf = itemPerFile } = operation;
	const items = Array.from(
		context.getInputData().keys(),
		(itemIndex): JobItem<Input, Answer> => ({ itemIndex, runs: [] }),
	);
	const throwFirstFailure = () => {
		const [first] = context.continueOnFail() ? [] : items.flatMap((item) => failuresOf(item));
		if (first === undefined) return;
		const runs = items.flatMap((item) => item.runs);
		const answers = runs.filter(isOfUse).flatMap(({ answer }) => answer ?? []);
		throw itemError(context, first, advice, operation.startedList?.(answers));
	};
	const output = () =>
		items.flatMap((item) =>
			item.failure !== undefined || item.input === undefined
				? failuresOf(item).map(errorItem)
				: itemsOf(item, item.input),
		);

	await forEachItem(items, async (item) => {
		item.input = operation.read(context, item.itemIndex);
	});
	throwFirstFailure();
	const options = items.find(({ input }) => input !== undefined)?.input?.options;
	if (options === undefined) return output();

	const session = await openForAll(context, options, items);
	throwFirstFailure();
	if (session === undefined) return output();
	await runItems(session, operation, items);
	throwFirstFailure();
	if (items.every((item) => failuresOf(item).length === 0)) session.started.forgetAll();
	for (const message of operation.hints(items))
		context.addExecutionHints({ message, location: 'outputPane' });
	return output();
}

/** Opens the session; when that fails, all items fail. */
async function openForAll(
	context: IExecuteFunctions,
	options: JobOptions,
	items: readonly ItemState[],
): Promise<Session | undefined> {
	try {
		return await openSession(context, options);
	} catch (error) {
		for (const item of items) item.failure ??= error;
		return undefined;
	}
}

/** Makes the jobs of all items, runs them together, and gives each item what became of its own. */
async function runItems<Input extends JobInput, Answer extends JobAnswer>(
	session: Session,
	operation: JobOperation<Input, Answer>,
	items: ReadonlyArray<JobItem<Input, Answer>>,
): Promise<void> {
	const { context, signal } = session;
	const stopAtFirstFailure = !context.continueOnFail();
	const connected = operation.connect(session);
	const batch: Array<{ item: JobItem<Input, Answer>; input: Input; job: Job<Answer> }> = [];
	await forEachItem(items, async (item) => {
		const { input, itemIndex } = item;
		if (input === undefined) return;
		const jobs = await connected(input, itemIndex);
		batch.push(...jobs.map((job) => ({ item, input, job })));
	});
	signal.throwIfAborted();
	if (stopAtFirstFailure && items.some(({ failure }) => failure !== undefined)) return;

	batch.sort((one, other) => one.item.itemIndex - other.item.itemIndex);
	const outcomes = await runJobs(
		batch.map(({ job, input }) => scheduled(session, job, input)),
		{ ...session, usualWait: operation.usualWait, stopAtFirstFailure },
	);
	batch.forEach(({ item, input, job }, index) => {
		const outcome = outcomes[index];
		if (outcome === undefined) return;
		if (isLost(outcome)) job.forget?.();
		item.runs.push(runOf(job, outcome, input));
	});
	// Positions that Motive refuses may be left out, but an item of which none is left has failed.
	for (const item of items) {
		const { input, runs } = item;
		if (runs.length === 0 || runs.some(({ state }) => state !== 'skipped')) continue;
		const first = runs[0]?.failures[0]?.failure;
		const isRefusal = input !== undefined && first instanceof MotiveFailure;
		item.failure = (isRefusal && operation.allRefused?.(input, first)) || first;
	}
}

/** Whether it makes sense to ask later for what Motive has started. */
function isOfUse({ answer, failures }: JobRun<JobAnswer>): boolean {
	const isGone = ({ failure }: { failure: unknown }) =>
		failure instanceof MotiveFailure && failure.kind === 'notFound';
	return answer?.state !== 'failed' && !failures.some(isGone);
}

function scheduled<Answer extends JobAnswer>(
	session: Session,
	job: Job<Answer>,
	input: JobInput,
): ScheduledJob<Answer, Finished<Answer>> {
	return {
		...(job.source !== undefined && { source: job.source }),
		...(job.resumed && { resumed: job.resumed }),
		wait: input.wait,
		timeout: input.options.timeout,
		longestInterval: input.options.pollInterval,
		start: async (signal) => await job.start(signal),
		isLeftOut: (failure) => job.isLeftOut?.(failure) ?? false,
		poll: async (answer, { patience, deadline, signal }) => {
			let askedAt = session.clock.now();
			const request: SendRequest = async (what) => {
				askedAt = session.clock.now();
				return await session.request({ ...what, patience });
			};
			const once = reader(
				{ ...session, request },
				{
					mayRepeat: isRateLimit,
					// Waiting for its turn does not count.
					deadline: () => Math.max(deadline, session.deadline(input.options.timeout)),
					signal,
					purpose: 'poll',
				},
			);
			return { answer: await job.poll(once, answer), askedAt };
		},
		finish: async (answer, signal, trouble) =>
			await finishJob(session, job, input, { answer, signal, ...(trouble && { trouble }) }),
	};
}

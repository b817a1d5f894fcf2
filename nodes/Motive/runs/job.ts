import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { stateOfStatus, type JobAnswer, type State } from '../motive/jobAnswer';
import type { JsonObject } from '../motive/json';
import type { JobOptions } from '../parameters/jobOptions';
import { runJobs, type Outcome, type ScheduledJob, type Started } from '../polling/scheduler';
import type { StoredFile } from '../transport/download';
import type { Advice } from '../transport/errorTexts';
import type { SendRequest } from '../transport/request';
import { downloadFiles, type Download, type JobFile } from './files';
import {
	errorItem,
	forEachItem,
	itemError,
	outputJson,
	type ItemFailure,
	type ItemState,
} from './items';
import type { Operation, OperationText } from './operation';
import { openSession, reader, type Session } from './session';

/** What every operation on jobs reads of an item. */
export interface JobInput {
	/** Whether to wait until the job is done. */
	wait: boolean;
	/** Whether to download its files. */
	download: boolean;
	options: JobOptions;
}

/** A job, as far as it differs from others. */
export interface Job<Answer extends JobAnswer> {
	/** What it is called while Motive has not named it. */
	subject: string;
	/** What it is called once Motive has answered. */
	name: (answer: Answer) => string;
	/** Starts of the same source are spaced. */
	source?: string;
	/** Started by an earlier try. */
	resumed?: Started<Answer>;
	/** Starts the job, or asks for the first time how one stands that was started elsewhere. */
	start: (signal: AbortSignal) => Promise<Started<Answer>>;
	/** Whether this refusal of the start means that the job is left out. */
	isLeftOut?: (failure: unknown) => boolean;
	/** Asks how the job stands. */
	poll: (request: SendRequest, answer: Answer) => Promise<Answer>;
	/** The files of a job that is ready. */
	files: (answer: Answer) => JobFile[];
	/** What else is wanted to know of a finished job; requested while its files are downloaded. */
	details?: (answer: Answer) => Promise<Partial<Answer>>;
	/** What an item says of the job, and of one of its files. */
	row: (answer: Answer, file?: OutputFile) => JsonObject;
	/** Makes the next try start anew what Motive has given up. */
	forget?: () => void;
	words: JobWords;
}

/** How messages speak of a kind of job. */
export interface JobWords {
	/** What a user waits for, for example `video`. */
	file: string;
	/** What Motive may fail to do, for example `recall the video`. */
	attempt: string;
	/** What to say where a job is ready and none of the wanted files is there. */
	noneThere: string;
}

/** A file, and what was stored of it if it was downloaded. */
export interface OutputFile extends JobFile {
	stored?: StoredFile;
}

/** What one file of a job, or a job without files, puts out. */
export interface JobOutput {
	/** Name of the file. */
	name?: string;
	json: JsonObject;
	stored?: StoredFile;
}

/** A job and what became of it. */
export interface JobRun<Answer> {
	/** What it is called in messages. */
	subject: string;
	state: State;
	answer?: Answer;
	outputs: JobOutput[];
	/** What failed about it, a file for example; or why it was left out. */
	failures: Array<{ subject: string; failure: unknown }>;
}

/** An input item on its way through the operation. */
export interface JobItem<Input, Answer> extends ItemState {
	input?: Input;
	runs: Array<JobRun<Answer>>;
}

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
	/** The output of an item; one item for each output of its jobs unless given. */
	itemsOf?: (item: JobItem<Input, Answer>, input: Input) => INodeExecutionData[];
	/** What a person should know and no item says. */
	hints: (items: ReadonlyArray<JobItem<Input, Answer>>) => string[];
}

/** What a finished job has: its last answer, and its files. */
interface Finished<Answer> {
	answer: Answer;
	downloads: Download[];
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

/** The output of an item: one item for each file, or for each job without files; then what failed. */
export function itemPerFile<Answer>(
	{ itemIndex, runs }: JobItem<JobInput, Answer>,
	{ options }: JobInput,
): INodeExecutionData[] {
	const items = runs.map((run) => [
		...run.outputs.map(({ json, stored }) => ({
			json: json as IDataObject,
			...(stored && { binary: { [options.binaryProperty]: stored.binary } }),
			pairedItem: { item: itemIndex },
		})),
		...failuresOf({ itemIndex, runs: [run] }).map(errorItem),
	]);
	return items.flat();
}

/** Everything that failed about an item, in the order of its jobs. */
export function failuresOf<Answer>({
	itemIndex,
	failure,
	runs,
}: JobItem<unknown, Answer>): ItemFailure[] {
	if (failure !== undefined) {
		const subject = runs[0]?.subject ?? 'lookup of the vehicle or asset';
		return [{ itemIndex, subject, failure }];
	}
	const failed = runs.filter(({ state }) => state !== 'skipped');
	return failed.flatMap(({ failures }) => failures.map((each) => ({ itemIndex, ...each })));
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
		const answers = items.flatMap(({ runs }) => runs.flatMap(({ answer }) => answer ?? []));
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
		if (item.runs.length > 0 && item.runs.every(({ state }) => state === 'skipped'))
			item.failure = item.runs[0]?.failures[0]?.failure;
	}
}

/** What Motive has started and does not know any more is not worth going back to. */
function isLost({ answer, failure }: Outcome<unknown, unknown>): boolean {
	return answer !== undefined && failure instanceof MotiveFailure && failure.kind === 'notFound';
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
			const policy = { mayRepeat: () => false, deadline: () => deadline, signal };
			const once = reader(session, policy);
			const patiently: SendRequest = async (request) => await once({ ...request, patience });
			return await job.poll(patiently, answer);
		},
		finish: async (answer, signal, trouble) =>
			await finish(session, job, input, { answer, signal, ...(trouble && { trouble }) }),
	};
}

async function finish<Answer extends JobAnswer>(
	session: Session,
	job: Job<Answer>,
	{ wait, download, options }: JobInput,
	{ answer, signal, trouble }: { answer: Answer; signal: AbortSignal; trouble?: MotiveFailure },
): Promise<Finished<Answer>> {
	if (answer.state === 'failed') job.forget?.();
	const isReady = answer.state === 'ready';
	if (!isReady && wait && options.whenUnavailable === 'error')
		throw unavailable(job.words, answer, options, trouble);
	const wantsFiles = isReady && download && !session.isToolCall;
	if (wantsFiles && job.files(answer).length === 0)
		throw new MotiveFailure('download', { detail: job.words.noneThere });
	const renew = async () => await job.poll(reader(session, { signal }), answer);
	const files = async () =>
		wantsFiles
			? await downloadFiles(session, answer, { files: job.files, renew }, signal)
			: { answer, downloads: [] };
	const [downloaded, details] = await Promise.all([files(), job.details?.(answer)]);
	return { ...downloaded, answer: { ...downloaded.answer, ...details } };
}

function unavailable(
	{ file, attempt, noneThere }: JobWords,
	{ state, status }: JobAnswer,
	{ timeout }: JobOptions,
	trouble?: MotiveFailure,
): MotiveFailure {
	if (state === 'failed') {
		const detail = `Motive’s status is “${status}”.`;
		return new MotiveFailure('failed', { attempt, detail });
	}
	const isCalledReady = stateOfStatus(status) === 'ready';
	const noFile = isCalledReady ? noneThere : `No ${file} after ${timeout / 1_000} seconds`;
	const detail = trouble ? `${noFile}, and Motive did not answer the last request` : noFile;
	return new MotiveFailure('timedOut', { detail });
}

function runOf<Answer extends JobAnswer>(
	job: Job<Answer>,
	{ state, answer: lastAnswer, result, failure }: Outcome<Answer, Finished<Answer>>,
	{ options: { includeUrl } }: JobInput,
): JobRun<Answer> {
	const answer = result?.answer ?? lastAnswer;
	const subject = answer === undefined ? job.subject : job.name(answer);
	const failures = [
		...(failure === undefined ? [] : [{ subject, failure }]),
		...(result?.downloads ?? []).flatMap((download) =>
			download.stored ? [] : [{ subject: download.file.subject, failure: download.failure }],
		),
	];
	const outputs = result
		? outputsOf(job, result).map(({ json, ...rest }) => ({
				...rest,
				json: outputJson(json, includeUrl),
			}))
		: [];
	return { subject, state, outputs, failures, ...(answer && { answer }) };
}

function outputsOf<Answer extends JobAnswer>(
	job: Job<Answer>,
	{ answer, downloads }: Finished<Answer>,
): JobOutput[] {
	if (downloads.length > 0) {
		return downloads.flatMap(({ file, stored }) =>
			stored ? [{ name: file.name, json: job.row(answer, { ...file, stored }), stored }] : [],
		);
	}
	const files = answer.state === 'ready' ? job.files(answer) : [];
	if (files.length === 0) return [{ json: job.row(answer) }];
	return files.map((file) => ({ json: job.row(answer, file) }));
}

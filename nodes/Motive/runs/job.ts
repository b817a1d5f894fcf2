import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { runJobs, type Job, type Outcome } from '../polling/scheduler';
import type { Advice } from '../transport/errorTexts';
import {
	errorItem,
	forEachItem,
	nodeErrorOf,
	type ItemFailure,
	type ItemState,
} from './items';
import type { Session, SessionOptions } from './session';
import type { StartedWork } from './startedJobs';

/** How a batch is run; times in milliseconds. */
export interface BatchOptions extends SessionOptions {
	/** Longest time between two looks at the same work. */
	pollInterval: number;
}

/** A session that knows what it has started. */
export interface WorkSession<Answer> extends Session {
	started: Pick<StartedWork<Answer>, 'forgetAll'>;
}

/** A job for one input item. */
export interface WorkJob<Answer, Result> extends Job<Answer, Result> {
	itemIndex: number;
	/** What it is called while Motive has not named it. */
	subject: string;
}

/** A job with its end. */
export interface WorkRun<Answer, Result> extends Outcome<Answer, Result> {
	/** What it is called in messages. */
	subject: string;
}

/** One input item on its way through the operation. */
export interface ItemWork<Input, Answer, Result> extends ItemState {
	input?: Input;
	runs: Array<WorkRun<Answer, Result>>;
}

/** An operation on work that Motive does in its own time. */
export interface WorkOperation<Input, Answer, Result, Sess extends WorkSession<never>> {
	/**
	 * Reads and checks the parameters of one item, without any request.
	 *
	 * @throws BadInput
	 */
	readItem(context: IExecuteFunctions, itemIndex: number): Input;
	/** The options of the whole batch, which are those of its first item. */
	batchOptions(input: Input): BatchOptions;
	openSession(context: IExecuteFunctions, options: BatchOptions): Promise<Sess>;
	/** How long such work usually takes (ms), beyond the time before which hardly any is done. */
	usualWait: number;
	/** The jobs that one item asks for; may look things up. */
	createJobs(
		session: Sess,
		input: Input,
		itemIndex: number,
	): Promise<Array<WorkJob<Answer, Result>>>;
	/** What started work is called in messages, or undefined when there is none. */
	nameOf(answer: Answer): string | undefined;
	/** What to do about failures, where the usual advice does not fit. */
	advice?: Advice;
	/** How started work is found again, as text behind the description of an error. */
	startedList(answers: readonly Answer[]): string;
	/** Looks at an item whose jobs have all ended; what it throws fails the item. */
	conclude?(item: ItemWork<Input, Answer, Result>): void;
	/** The output of an item that did not fail as a whole; single jobs of it may have failed. */
	itemsOf(item: ItemWork<Input, Answer, Result>, input: Input): INodeExecutionData[];
	/** What a person should know and no item says. */
	hintsOf(items: ReadonlyArray<ItemWork<Input, Answer, Result>>): string[];
}

/**
 * Runs an operation over all input items at once: everything is checked before the first request is sent, and
 * everything is started before anything is waited for.
 *
 * @returns the output items in the order of the input; with continue on fail, error items for what failed
 * @throws NodeOperationError or NodeApiError for the first item that failed, naming all work that was started
 */
export async function runWork<Input, Answer, Result, Sess extends WorkSession<never>>(
	context: IExecuteFunctions,
	operation: WorkOperation<Input, Answer, Result, Sess>,
): Promise<INodeExecutionData[]> {
	const stopAtFirstFailure = !context.continueOnFail();
	const items = context
		.getInputData()
		.map((_, itemIndex): ItemWork<Input, Answer, Result> => ({ itemIndex, runs: [] }));
	const throwFirstFailure = () => {
		const error = stopAtFirstFailure ? firstError(context, operation, items) : undefined;
		if (error) throw error;
	};
	const output = () =>
		items.flatMap((item) =>
			item.failure !== undefined || item.input === undefined
				? failuresOf(item).map(errorItem)
				: operation.itemsOf(item, item.input),
		);

	await forEachItem(items, async (item) => {
		item.input = operation.readItem(context, item.itemIndex);
	});
	throwFirstFailure();
	const first = items.find(({ input }) => input !== undefined)?.input;
	if (first === undefined) return output();

	const options = operation.batchOptions(first);
	const [opened] = await Promise.allSettled([operation.openSession(context, options)]);
	if (opened.status === 'rejected') {
		for (const item of items) item.failure ??= opened.reason;
		throwFirstFailure();
		return output();
	}
	const session = opened.value;
	const jobs: Array<WorkJob<Answer, Result>> = [];
	await forEachItem(items, async ({ input, itemIndex }) => {
		if (input !== undefined) jobs.push(...(await operation.createJobs(session, input, itemIndex)));
	});
	session.signal.throwIfAborted();
	throwFirstFailure();

	jobs.sort((one, other) => one.itemIndex - other.itemIndex);
	const { usualWait } = operation;
	const outcomes = await runJobs(jobs, {
		...session,
		longestInterval: options.pollInterval,
		usualWait,
		stopAtFirstFailure,
	});
	jobs.forEach(({ itemIndex, subject }, index) => {
		const outcome = outcomes[index] ?? {};
		const name = outcome.answer === undefined ? undefined : operation.nameOf(outcome.answer);
		items[itemIndex]?.runs.push({ ...outcome, subject: name ?? subject });
	});
	await forEachItem(items, async (item) => operation.conclude?.(item));
	throwFirstFailure();
	if (!firstError(context, operation, items)) session.started.forgetAll();
	for (const message of operation.hintsOf(items))
		context.addExecutionHints({ message, location: 'outputPane' });
	return output();
}

/** Everything that failed about an item, in the order of its jobs. */
export function failuresOf<Answer, Result>({
	itemIndex,
	failure,
	runs,
}: ItemWork<unknown, Answer, Result>): ItemFailure[] {
	if (failure !== undefined)
		return [{ itemIndex, subject: runs[0]?.subject ?? 'lookup of the vehicle or asset', failure }];
	return runs.flatMap(({ subject, failure: own }) =>
		own === undefined ? [] : [{ itemIndex, subject, failure: own }],
	);
}

function firstError<Answer, Result>(
	context: IExecuteFunctions,
	{ startedList, advice }: { startedList(answers: readonly Answer[]): string; advice?: Advice },
	items: ReadonlyArray<ItemWork<unknown, Answer, Result>>,
): NodeApiError | NodeOperationError | undefined {
	const [first] = items.flatMap((item) => failuresOf(item));
	const answers = items.flatMap(({ runs }) =>
		runs.flatMap(({ answer }) => (answer === undefined ? [] : [answer])),
	);
	return (
		first && nodeErrorOf(context, { ...first, ...(advice && { advice }) }, startedList(answers))
	);
}

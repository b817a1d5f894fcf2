import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runJobs, type Outcome } from '../../capture/scheduler';
import { forEachItem, type ItemState } from '../itemFailures';
import { itemsOf } from './captureItems';
import type { CaptureJob, CaptureProgress, CaptureResult } from './captureJob';
import { openCaptureSession, type CaptureSession } from './captureSession';
import { addHints } from './hints';
import { itemError } from './itemError';
import { readOptions, type CaptureOptions } from './readInput';

/** An operation of the image captures, as far as it differs from the others. */
export interface CaptureOperation<Input> {
	/**
	 * Reads and checks the parameters of one item, without any request.
	 *
	 * @throws BadInput
	 */
	readItem(context: IExecuteFunctions, itemIndex: number): Input;
	/** The captures that one item asks for; may look things up. */
	createJobs(session: CaptureSession, input: Input, options: CaptureOptions, itemIndex: number): Promise<CaptureJob[]>;
}

/** One input item on its way through the operation. */
export interface ItemWork<Input = unknown> extends ItemState {
	prepared?: { input: Input; options: CaptureOptions };
	captures: CaptureRun[];
}

/** One capture with its end. */
export interface CaptureRun {
	subject: string;
	outcome: Outcome<CaptureProgress, CaptureResult>;
}

/**
 * Runs an operation over all input items at once: everything is checked before the first request is sent, and
 * everything is started before anything is waited for.
 *
 * @returns the output items in the order of the input; with continue on fail, error items for what failed
 * @throws NodeOperationError or NodeApiError for the first item that failed, naming all captures that were started
 */
export async function runCaptures<Input>(
	context: IExecuteFunctions,
	operation: CaptureOperation<Input>,
): Promise<INodeExecutionData[]> {
	const stopAtFirstFailure = !context.continueOnFail();
	const items = context.getInputData().map((_, itemIndex): ItemWork<Input> => ({ itemIndex, captures: [] }));
	const throwFirstFailure = () => {
		const error = stopAtFirstFailure ? itemError(context, items) : undefined;
		if (error) throw error;
	};

	await forEachItem(items, async (item) => {
		const options = readOptions(context, item.itemIndex);
		item.prepared = { options, input: operation.readItem(context, item.itemIndex) };
	});
	throwFirstFailure();
	const batchOptions = items.find(({ prepared }) => prepared)?.prepared?.options;
	if (!batchOptions) return itemsOf(items);

	const [opened] = await Promise.allSettled([openCaptureSession(context, batchOptions)]);
	if (opened.status === 'rejected') {
		for (const item of items) item.failure ??= opened.reason;
		throwFirstFailure();
		return itemsOf(items);
	}
	const session = opened.value;
	const jobs: CaptureJob[] = [];
	await forEachItem(items, async ({ prepared, itemIndex }) => {
		if (!prepared) return;
		jobs.push(...(await operation.createJobs(session, prepared.input, prepared.options, itemIndex)));
	});
	session.signal.throwIfAborted();
	throwFirstFailure();

	jobs.sort((one, other) => one.itemIndex - other.itemIndex);
	const outcomes = await runJobs(jobs, { ...session, longestInterval: batchOptions.pollInterval, stopAtFirstFailure });
	jobs.forEach(({ itemIndex, subject }, index) => {
		items[itemIndex]?.captures.push({ subject, outcome: outcomes[index] ?? {} });
	});
	items.forEach(failWithoutAnyCamera);
	throwFirstFailure();
	if (!itemError(context, items)) session.started.forgetAll();
	addHints(context, items);
	return itemsOf(items);
}

/** Positions that Motive refuses are left out, but an item of which none is left has failed. */
function failWithoutAnyCamera(item: ItemWork): void {
	const refusals = item.captures.flatMap(({ outcome: { result } }) => (result && 'leftOut' in result ? [result] : []));
	if (refusals.length > 0 && refusals.length === item.captures.length) item.failure = refusals[0]?.leftOut;
}

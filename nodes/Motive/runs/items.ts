import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { cleanText } from '../transport/cleanText';
import { errorText, type Advice } from '../transport/errorTexts';
import { toNodeError } from '../transport/nodeError';

/** An input item on its way through an operation. */
export interface ItemState {
	itemIndex: number;
	/** What ended the item as a whole. */
	failure?: unknown;
}

/** Something that failed about an input item. */
export interface ItemFailure {
	itemIndex: number;
	/** What it is about, in words that fit into a sentence. */
	subject: string;
	failure: unknown;
	/** What to do about it, where the usual advice does not fit. */
	advice?: Advice;
}

/** Works on all items at once that have not failed so far; what a stage throws fails its item alone. */
export async function forEachItem<Item extends ItemState>(
	items: readonly Item[],
	stage: (item: Item) => Promise<void>,
): Promise<void> {
	const going = items.filter(({ failure }) => failure === undefined);
	const results = await Promise.allSettled(going.map(async (item) => await stage(item)));
	results.forEach((result, index) => {
		const item = going[index];
		if (item && result.status === 'rejected') item.failure = result.reason;
	});
}

/** The output of a failed item: n8n's error output and Retry On Fail know it by its only key being `error`. */
export function errorItem({ itemIndex, subject, failure }: ItemFailure): INodeExecutionData {
	const text = failure instanceof Error ? cleanText(failure.message) : String(failure);
	const error = failure instanceof MotiveFailure ? errorText(failure, subject).message : text;
	return { json: { error }, pairedItem: { item: itemIndex } };
}

/**
 * The n8n error that names the item where there are several.
 *
 * @param addendum text behind the description
 */
export function nodeErrorOf(
	context: IExecuteFunctions,
	{ itemIndex, subject, failure, advice }: ItemFailure,
	addendum = '',
): NodeApiError | NodeOperationError {
	const suffix = context.getInputData().length > 1 ? ` [item ${itemIndex}]` : '';
	return toNodeError(context.getNode(), failure, {
		subject,
		itemIndex,
		suffix,
		addendum,
		...(advice && { advice }),
	});
}

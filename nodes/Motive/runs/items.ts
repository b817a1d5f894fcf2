import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { withoutUrls, type JsonObject } from '../motive/json';
import { cleanText } from '../transport/cleanText';
import type { StoredFile } from '../transport/download';
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
}

/** Works on all items at once that have not failed so far; what a stage throws fails its item alone. */
export async function forEachItem<Item extends ItemState>(
	items: readonly Item[],
	stage: (item: Item) => Promise<void>,
): Promise<void> {
	const going = items.filter(({ failure }) => failure === undefined);
	const perform = async (item: Item): Promise<void> => {
		try {
			await stage(item);
		} catch (error) {
			item.failure = error;
		}
	};
	await Promise.all(going.map(perform));
}

/** The output of a failed item: n8n's error output and Retry On Fail know it by its only key being `error`. */
export function errorItem({ itemIndex, subject, failure }: ItemFailure): INodeExecutionData {
	const text = failure instanceof Error ? cleanText(failure.message) : String(failure);
	const error = failure instanceof MotiveFailure ? errorText(failure, subject).message : text;
	return { json: { error }, pairedItem: { item: itemIndex } };
}

/**
 * The n8n error of a failed item, which it names where there are several.
 *
 * @param advice what to do about it, where the usual advice does not fit
 * @param addendum text behind the description
 */
export function itemError(
	context: IExecuteFunctions,
	{ itemIndex, subject, failure }: ItemFailure,
	advice: Advice = {},
	addendum = '',
): NodeApiError | NodeOperationError {
	const suffix = context.getInputData().length > 1 ? ` [item ${itemIndex}]` : '';
	return toNodeError(context.getNode(), failure, { subject, itemIndex, suffix, addendum, advice });
}

/**
 * What a successful item says: Motive's fields, and the node's own. A field of Motive's with the name of one of these
 * is kept as `motive_…`, and so is a top-level `error`, because n8n would take the item for a failed one.
 */
export function successJson(json: JsonObject, own: JsonObject = {}): JsonObject {
	const fields = Object.entries(json).map(([key, value]): [string, unknown] => [
		key === 'error' || Object.hasOwn(own, key) ? `motive_${key}` : key,
		value,
	]);
	return { ...Object.fromEntries(fields), ...own };
}

/** The `json` of an item, without any web address where the user wants none. */
export function outputJson(json: JsonObject, includeUrl: boolean): JsonObject {
	return includeUrl ? json : withoutUrls(json);
}

/** What an item says of a file that was downloaded. */
export function fileFacts(stored: StoredFile | undefined): JsonObject {
	if (stored === undefined) return {};
	const { fileName, mimeType, fileSize } = stored;
	return { fileName, mimeType, fileSize };
}

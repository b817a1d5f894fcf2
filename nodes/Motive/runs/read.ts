import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mayPass } from '../motive/failure';
import type { JsonObject } from '../motive/json';
import type { Advice } from '../transport/errorTexts';
import { stopSignal } from '../transport/executionClock';
import type { MotiveApi } from '../transport/request';
import {
	errorItem,
	forEachItem,
	nodeErrorOf,
	type ItemFailure,
	type ItemState,
} from './items';
import { successJson } from './outputJson';
import { openSession } from './session';

/** Requests under way at the same time, over all items: whole fleets were read with 2 without ever being slowed down. */
const CONCURRENCY = 4;

/** How long requests are repeated while Motive answers none of them (ms). */
const PATIENCE_MS = 180_000;

const ADVICE: Advice = {
	rateLimited:
		'The node waited and tried again for some minutes. Run it later, or read less at once.',
};

/** An operation that only reads, as far as it differs from the others. */
export interface ReadOperation<Input> {
	/**
	 * Reads and checks the parameters of one item, without any request.
	 *
	 * @throws BadInput
	 */
	readItem(context: IExecuteFunctions, itemIndex: number): Input;
	/** What is read, in words that fit into a sentence. */
	subjectOf(input: Input): string;
	/**
	 * Called once per run, so that items can share what was read.
	 *
	 * @returns a function that fetches what one item asks for
	 */
	connect(read: MotiveApi['send']): (input: Input) => Promise<JsonObject[]>;
}

interface ItemRead<Input> extends ItemState {
	input?: Input;
	records: JsonObject[];
}

/**
 * Runs an operation over all input items at once; everything is checked before the first request is sent.
 *
 * @returns an item for each record, in the order of the input; with continue on fail, error items for what failed
 * @throws NodeOperationError or NodeApiError for the item that failed first
 */
export async function runReads<Input>(
	context: IExecuteFunctions,
	operation: ReadOperation<Input>,
): Promise<INodeExecutionData[]> {
	const items = context
		.getInputData()
		.map((_, itemIndex): ItemRead<Input> => ({ itemIndex, records: [] }));
	const ended = new AbortController();
	const throwFirstFailure = () => {
		const failed = items.find(
			({ failure }) => failure !== undefined && failure !== ended.signal.reason,
		);
		if (failed && !context.continueOnFail())
			throw nodeErrorOf(context, failureOf(operation, failed));
	};

	await forEachItem(items, async (item) => {
		item.input = operation.readItem(context, item.itemIndex);
	});
	throwFirstFailure();
	if (items.every(({ failure }) => failure !== undefined)) return outputOf(operation, items);

	const connected = connect(context, operation, ended.signal);
	await forEachItem(items, async (item) => {
		const { input } = item;
		if (input === undefined) return;
		const [records] = await Promise.allSettled([
			connected.then(async (fetch) => await fetch(input)),
		]);
		if (records.status === 'rejected') {
			if (!context.continueOnFail()) ended.abort();
			throw records.reason;
		}
		item.records = records.value;
	});
	stopSignal(context).throwIfAborted();
	throwFirstFailure();
	return outputOf(operation, items);
}

function outputOf<Input>(
	operation: ReadOperation<Input>,
	items: ReadonlyArray<ItemRead<Input>>,
): INodeExecutionData[] {
	return items.flatMap((item) =>
		item.failure === undefined
			? item.records.map((record) => outputItem(record, item.itemIndex))
			: [errorItem(failureOf(operation, item))],
	);
}

function failureOf<Input>(
	operation: ReadOperation<Input>,
	{ itemIndex, input, failure }: ItemRead<Input>,
): ItemFailure {
	return {
		itemIndex,
		subject: input === undefined ? 'input' : operation.subjectOf(input),
		failure,
		advice: ADVICE,
	};
}

/** Every answer gives the others new time: a list has as many pages as it has, and patience is for silence. */
async function connect<Input>(
	context: IExecuteFunctions,
	operation: ReadOperation<Input>,
	ended: AbortSignal,
) {
	const session = await openSession(context, { timeout: PATIENCE_MS, concurrency: CONCURRENCY });
	const { api, clock, lane } = session;
	let lastAnswer = clock.now();
	const policy = {
		mayRepeat: mayPass,
		signal: AbortSignal.any([session.signal, ended]),
		get deadline() {
			return lastAnswer + PATIENCE_MS;
		},
	};
	const send: MotiveApi['send'] = async (request) => {
		const answer = await api.send(request);
		lastAnswer = clock.now();
		return answer;
	};
	return operation.connect(
		async (request) => await lane.run(async () => await send(request), policy),
	);
}

function outputItem(record: JsonObject, itemIndex: number): INodeExecutionData {
	return { json: successJson(record) as IDataObject, pairedItem: { item: itemIndex } };
}

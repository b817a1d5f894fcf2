import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { asError } from '../motive/failure';
import type { JsonObject } from '../motive/json';
import type { Clock } from '../polling/clock';
import type { Advice } from '../transport/errorTexts';
import { stopSignal } from '../transport/executionClock';
import type { RequestFleet } from '../transport/fleetLists';
import type { SendRequest } from '../transport/request';
import {
	errorItem,
	forEachItem,
	itemError,
	successJson,
	type ItemFailure,
	type ItemState,
} from './items';
import type { Operation, OperationText } from './operation';
import { openSession, reader } from './session';

/** Requests under way at the same time, over all items: whole fleets were read with 2 without ever being slowed down. */
const CONCURRENCY = 4;

/** How long requests are repeated while Motive answers none of them (ms). */
const PATIENCE_MS = 180_000;

const ADVICE: Advice = {
	rateLimited:
		'The node waited and tried again for some minutes. Run it later, or read less at once.',
};

/** An operation that only reads, as far as it differs from others. */
export interface ReadOperation<Input> {
	text: OperationText;
	fields: INodeProperties[];
	/**
	 * Reads and checks the parameters of one item, without any request.
	 *
	 * @throws BadInput
	 */
	read: (context: IExecuteFunctions, itemIndex: number) => Input;
	/** What to do about failures, where the usual advice does not fit. */
	advice?: Advice;
	/** What is requested, in words that fit into a sentence. */
	subject: (input: Input) => string;
	/**
	 * Called once per run, so that items can share what was requested.
	 *
	 * @returns a function that requests the records of one item
	 */
	connect: (run: ReadRun<Input>) => (input: Input) => Promise<JsonObject[]>;
}

/** What the items of one run share. */
export interface ReadRun<Input> {
	request: SendRequest;
	/** Reads the vehicles, assets or drivers of the company, if that has not been done just now. */
	fleet: RequestFleet;
	/** For what has to be looked for again. */
	clock: Clock;
	/** Aborted when the run ends before its items do. */
	signal: AbortSignal;
	/** What the items ask for, but for those that could not be read. */
	inputs: readonly Input[];
}

interface ReadItem<Input> extends ItemState {
	input?: Input;
	records: JsonObject[];
}

/**
 * Makes an operation that reads records, over all input items at once; everything is checked before the first request
 * is sent.
 *
 * Its `execute` returns an item for each record, in the order of the input, with continue on fail also error items for
 * what failed. It throws NodeOperationError or NodeApiError for the first failure.
 */
export function readOperation<Input>(operation: ReadOperation<Input>): Operation {
	const { text, fields } = operation;
	return { text, fields, execute: async (context) => await runOperation(context, operation) };
}

async function runOperation<Input>(
	context: IExecuteFunctions,
	operation: ReadOperation<Input>,
): Promise<INodeExecutionData[]> {
	const items = Array.from(
		context.getInputData().keys(),
		(itemIndex): ReadItem<Input> => ({ itemIndex, records: [] }),
	);
	const ended = new AbortController();
	const throwFirstFailure = () => {
		const failed = items.find(
			({ failure }) => failure !== undefined && failure !== ended.signal.reason,
		);
		if (failed && !context.continueOnFail())
			throw itemError(context, failureOf(operation, failed), { ...ADVICE, ...operation.advice });
	};

	await forEachItem(items, async (item) => {
		item.input = operation.read(context, item.itemIndex);
	});
	throwFirstFailure();
	if (items.every(({ failure }) => failure !== undefined)) return outputOf(operation, items);

	const inputs = items.map(({ input }) => input).filter((input) => input !== undefined);
	const connected = connect(context, operation, inputs, ended.signal);
	await forEachItem(items, async (item) => {
		if (item.input === undefined) return;
		try {
			item.records = await (await connected)(item.input);
		} catch (error) {
			if (!context.continueOnFail()) ended.abort();
			throw asError(error);
		}
	});
	stopSignal(context).throwIfAborted();
	throwFirstFailure();
	return outputOf(operation, items);
}

function outputOf<Input>(
	operation: ReadOperation<Input>,
	items: ReadonlyArray<ReadItem<Input>>,
): INodeExecutionData[] {
	return items.flatMap((item) =>
		item.failure === undefined
			? item.records.map((record) => ({
					json: successJson(record) as IDataObject,
					pairedItem: { item: item.itemIndex },
				}))
			: [errorItem(failureOf(operation, item))],
	);
}

function failureOf<Input>(
	operation: ReadOperation<Input>,
	{ itemIndex, input, failure }: ReadItem<Input>,
): ItemFailure {
	const subject = input === undefined ? 'input' : operation.subject(input);
	return { itemIndex, subject, failure };
}

async function connect<Input>(
	context: IExecuteFunctions,
	operation: ReadOperation<Input>,
	inputs: readonly Input[],
	ended: AbortSignal,
) {
	const session = await openSession(context, { timeout: PATIENCE_MS, concurrency: CONCURRENCY });
	const signal = AbortSignal.any([session.signal, ended]);
	return operation.connect({
		request: reader(session, { signal }),
		fleet: session.fleet,
		clock: session.clock,
		signal,
		inputs,
	});
}

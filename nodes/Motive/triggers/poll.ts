import {
	NodeOperationError,
	type INodeExecutionData,
	type IPollFunctions,
	type NodeApiError,
} from 'n8n-workflow';

import { executionClock } from '../transport/executionClock';
import { toNodeError } from '../transport/nodeError';
import type { EventKind } from './eventKinds';
import { compare, parseMemory, withAdded, type EventMemory } from './eventMemory';
import { readWindow } from './eventWindow';
import { passes } from './filters';
import { eventItem } from './output';
import { readPollInput, type PollInput } from './parameters';
import { ownerOf } from './registrationData';

/** Key of the memory in n8n's static data. */
const MEMORY = 'eventMemory';

const HOUR_MS = 60 * 60 * 1_000;

/** How far back a test event is looked for, where there is none in the look-back window. */
const WEEK_HOURS = 7 * 24;

/**
 * What polls have remembered of events that started nothing, by the owner of the trigger. n8n keeps static data only of
 * polls that start something (unless its durable scheduler is on), and publishing a workflow again begins with what was
 * kept: without this, filters that were changed would let through what was listed before.
 */
const notKept = new Map<string, EventMemory>();

/**
 * The triggers of which a poll is under way, by owner. n8n begins the next one all the same, and it would not know what
 * this one finds; the one after it will.
 */
const underWay = new Set<string>();

/**
 * Asks Motive for the events of the look-back window, and starts the workflow with those that are new. The first poll
 * only remembers what is there. Whoever fetches a test event gets the newest one, and nothing is remembered.
 *
 * @throws NodeApiError, NodeOperationError when Motive cannot be asked; then nothing is remembered either, so that the
 * next poll finds the same events
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const input = readInput(context);
	try {
		const items =
			context.getMode() === 'manual'
				? [await testEvent(context, input)]
				: await newEvents(context, input);
		return items.length === 0 ? null : [items];
	} catch (error) {
		throw pollError(context, input.kind, error);
	}
}

function readInput(context: IPollFunctions): PollInput {
	try {
		return readPollInput(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { subject: 'Motive Polling Trigger' });
	}
}

async function newEvents(context: IPollFunctions, input: PollInput): Promise<INodeExecutionData[]> {
	const owner = ownerOf(context);
	if (underWay.has(owner)) return [];
	underWay.add(owner);
	try {
		return await findNew(context, input);
	} finally {
		underWay.delete(owner);
	}
}

async function findNew(context: IPollFunctions, input: PollInput): Promise<INodeExecutionData[]> {
	const { kind, filters, lookBackHours } = input;
	const now = executionClock.now();
	const from = now - lookBackHours * HOUR_MS;
	const before = memoryOf(context, kind.name);
	const window = { from, now, page: before?.page ?? 1 };
	const reading = { kind: kind.name, from, now, ...(await readWindow(context, kind, window)) };
	const { fresh, memory } = compare(reading, before);
	const items = fresh.filter(({ event }) => passes(event, filters)).map(eventItem);
	// Nothing waits between here and the moment in which n8n takes the items.
	context.getWorkflowStaticData('node')[MEMORY] = { ...memory };
	if (items.length === 0) notKept.set(ownerOf(context), memory);
	else notKept.delete(ownerOf(context));
	return items;
}

/** What is remembered of this kind of event; undefined before its first poll. */
function memoryOf(context: IPollFunctions, kind: string): EventMemory | undefined {
	const kept = parseMemory(context.getWorkflowStaticData('node')[MEMORY]);
	return kept?.kind === kind ? withAdded(kept, notKept.get(ownerOf(context))) : undefined;
}

async function testEvent(
	context: IPollFunctions,
	{ kind, filters, lookBackHours }: PollInput,
): Promise<INodeExecutionData> {
	const now = executionClock.now();
	const longest = Math.max(lookBackHours, WEEK_HOURS);
	for (const hours of [lookBackHours, longest]) {
		const from = now - hours * HOUR_MS;
		const { events } = await readWindow(context, kind, { from, now, page: 1 });
		const [newest] = events
			.filter(({ at = now, event }) => at >= from && passes(event, filters))
			.sort((one, other) => (other.at ?? now) - (one.at ?? now));
		if (newest) return eventItem(newest);
	}
	throw new NodeOperationError(
		context.getNode(),
		`Motive has no ${kind.things} of the last ${Math.ceil(longest / 24)} days that pass the filters`,
		{
			description:
				'Take out a filter, or wait until something happens. The workflow can be published all the same.',
		},
	);
}

function pollError(
	context: IPollFunctions,
	{ things, scope }: EventKind,
	failure: unknown,
): NodeApiError | NodeOperationError {
	const error = toNodeError(context.getNode(), failure, {
		subject: `list of ${things}`,
		advice: {
			forbidden: `With OAuth2 the app needs the scope ${scope}.`,
			rateLimited: 'n8n asks again at the next of the Poll Times. Make them less frequent.',
			unavailable: 'This usually passes. n8n asks again at the next of the Poll Times.',
			noAnswer:
				'The connection broke or took too long. n8n asks again at the next of the Poll Times.',
		},
	});
	const isFirst = context.getWorkflowStaticData('node')[MEMORY] === undefined;
	// Of an activation that fails n8n shows nothing but the message.
	if (isFirst && context.getMode() !== 'manual')
		error.message = [error.message, error.description].filter(Boolean).join('. ');
	return error;
}

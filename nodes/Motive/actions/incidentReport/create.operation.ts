import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { parseEvent } from '../../motive/event';
import { reportHtml } from '../../report/reportHtml';
import { errorItem, fileFacts, itemError, type ItemFailure } from '../../runs/items';
import type { Operation } from '../../runs/operation';
import { isToolCall } from '../../runs/session';
import { executionClock, stopSignal } from '../../transport/executionClock';
import { reportFields } from './fields';
import { fileNameOf, fileOpener, storeReport } from './files';
import { eventIn, groupItems, type ItemGroup, type ReportItem } from './incidents';
import { readDetails, readEvent, readReportInput, readReportsBy } from './parameters';
import { viewsOf } from './views';

/** Makes printable reports of incidents, of whatever images, gaps and errors its input items bring. */
export const create: Operation = {
	text: {
		name: 'Create',
		action: 'Create incident report',
		description: 'Put the pictures of an incident into one file to print, mail or keep',
	},
	fields: reportFields,
	execute: createReports,
};

/**
 * Makes the reports, one after the other so that there is one image in memory at a time.
 *
 * @returns an item for each report, with continue on fail also error items for what failed
 * @throws NodeOperationError for the first failure
 */
async function createReports(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	refuseAgents(context);
	const output: INodeExecutionData[] = [];
	const attempt = async (itemIndex: number, step: () => Promise<void>): Promise<void> => {
		try {
			await step();
		} catch (error) {
			stopSignal(context).throwIfAborted();
			const failure: ItemFailure = { itemIndex, subject: 'incident report', failure: error };
			if (!context.continueOnFail()) throw itemError(context, failure);
			output.push(errorItem(failure));
		}
	};

	const items: ReportItem[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		await attempt(itemIndex, async () => {
			items.push(readItem(context, itemIndex, item));
		});
	}
	const reports: ItemGroup[][] = [];
	await attempt(0, async () => {
		reports.push(...groupItems(items, readReportsBy(context)));
	});
	for (const groups of reports) {
		const [first = 0] = itemIndexes(groups);
		await attempt(first, async () => {
			output.push(await createReport(context, groups, first));
		});
	}
	return output;
}

/** @throws NodeOperationError where an AI agent runs the node as its tool */
function refuseAgents(context: IExecuteFunctions): void {
	if (!isToolCall(context)) return;
	throw new NodeOperationError(
		context.getNode(),
		'Incident Report → Create makes files, so an agent cannot use it as a tool',
		{
			description:
				'Agents get no files from tools. Put Incident Report → Create into the workflow behind the agent.',
		},
	);
}

function readItem(
	context: IExecuteFunctions,
	itemIndex: number,
	item: INodeExecutionData,
): ReportItem {
	return {
		itemIndex,
		event: readEvent(context, itemIndex) ?? eventIn(item.json),
		json: item.json,
		views: viewsOf(item, fileOpener(context, itemIndex)),
	};
}

/** Makes one report; its parameters are those of its first item. */
async function createReport(
	context: IExecuteFunctions,
	groups: readonly ItemGroup[],
	firstIndex: number,
): Promise<INodeExecutionData> {
	const input = readReportInput(context, firstIndex);
	const { title, binaryProperty } = input;
	const incidents = groups.map(({ event, items }) => ({
		event,
		sources: items.map(({ json }) => json),
		details: readDetails(context, items[0]?.itemIndex ?? firstIndex),
		views: items.flatMap(({ views }) => views),
	}));
	const report = { ...input, incidents, madeAt: executionClock.now() };
	const text = reportHtml(report);
	const stored = await storeReport(context, fileNameOf(input, incidents), text);
	const [only, ...others] = groups;
	const event = others.length === 0 && only?.event ? parseEvent(only.event, input.timeZone) : null;
	const views = incidents.flatMap((incident) => incident.views);
	const missing = views.filter(({ image }) => 'missing' in image).length;
	const json = { title, event, pictures: views.length - missing, missing, ...fileFacts(stored) };
	return {
		json,
		binary: { [binaryProperty]: stored.binary },
		pairedItem: itemIndexes(groups).map((item) => ({ item })),
	};
}

/** The input items that a report is made of, in their order. */
function itemIndexes(groups: readonly ItemGroup[]): number[] {
	const all = groups.flatMap(({ items }) => items.map(({ itemIndex }) => itemIndex));
	return all.sort((one, other) => one - other);
}

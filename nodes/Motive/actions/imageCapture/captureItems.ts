import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { errorItem } from '../../runs/items';
import { captureJson, commonState, type FinishedCapture } from './captureJson';
import { failuresOf, type ItemWork } from '../../runs/job';
import type { CaptureProgress, CaptureResult } from './captureJob';
import type { CaptureInput } from './captureWork';
import type { CaptureOptions } from './readInput';

/** An input item with its captures. */
export type CaptureWork = ItemWork<CaptureInput, CaptureProgress, CaptureResult>;

/** The output of one input item, linked to it. */
export function itemsOf(item: CaptureWork, { options }: CaptureInput): INodeExecutionData[] {
	const finished = item.runs.flatMap(({ result }) =>
		result && 'answer' in result ? [result] : [],
	);
	if (options.outputMode === 'image') return imageItems(item, options);
	const errors = failuresOf(item).map(errorItem);
	return finished.length === 0
		? errors
		: [sourceItem(item, finished, options, errors.length), ...errors];
}

function imageItems(
	{ itemIndex, runs }: CaptureWork,
	options: CaptureOptions,
): INodeExecutionData[] {
	return runs.flatMap((run) =>
		run.result && 'answer' in run.result
			? [imageItem(itemIndex, run.result, options)]
			: failuresOf({ itemIndex, runs: [run] }).map(errorItem),
	);
}

function imageItem(
	itemIndex: number,
	capture: FinishedCapture,
	options: CaptureOptions,
): INodeExecutionData {
	return {
		json: captureJson(capture, options.includeUrl) as IDataObject,
		...(capture.stored && { binary: { [options.binaryProperty]: capture.stored.binary } }),
		pairedItem: { item: itemIndex },
	};
}

function sourceItem(
	{ itemIndex }: CaptureWork,
	captures: readonly FinishedCapture[],
	{ includeUrl }: CaptureOptions,
	failedCount: number,
): INodeExecutionData {
	const binary: IBinaryKeyData = {};
	for (const { answer, stored } of captures) if (stored) binary[answer.position] = stored.binary;
	const jsons = captures.map((capture) => captureJson(capture, includeUrl));
	const states = [
		...captures.map(({ answer }) => answer.state),
		...Array<'failed'>(failedCount).fill('failed'),
	];
	const { vehicle, asset, location } = jsons[0] ?? {};
	return {
		json: {
			...(vehicle !== undefined && { vehicle }),
			...(asset !== undefined && { asset }),
			...(location !== undefined && { location }),
			state: commonState(states),
			captures: jsons,
		} as IDataObject,
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { errorItem } from '../itemFailures';
import { captureJson, commonState, type FinishedCapture } from './captureJson';
import { failuresOf } from './itemError';
import type { CaptureOptions } from './readInput';
import type { ItemWork } from './runCaptures';

/** The output items of all input items, each linked to the one it came from. */
export function itemsOf(items: readonly ItemWork[]): INodeExecutionData[] {
	return items.flatMap((item) => {
		const errors = failuresOf(item).map(errorItem);
		const { prepared } = item;
		const finished = item.captures.flatMap(({ outcome: { result } }) => (result && 'answer' in result ? [result] : []));
		if (!prepared || finished.length === 0) return errors;
		const { options } = prepared;
		return options.outputMode === 'source'
			? [sourceItem(item, finished, options, errors.length), ...errors]
			: imageItems(item, options);
	});
}

function imageItems(item: ItemWork, options: CaptureOptions): INodeExecutionData[] {
	return item.captures.flatMap((capture) => {
		const { result } = capture.outcome;
		if (result && 'answer' in result) return [imageItem(item.itemIndex, result, options)];
		return failuresOf({ itemIndex: item.itemIndex, captures: [capture] }).map(errorItem);
	});
}

function imageItem(itemIndex: number, capture: FinishedCapture, options: CaptureOptions): INodeExecutionData {
	return {
		json: captureJson(capture, options.includeUrl) as IDataObject,
		...(capture.stored && { binary: { [options.binaryProperty]: capture.stored.binary } }),
		pairedItem: { item: itemIndex },
	};
}

function sourceItem(
	{ itemIndex }: ItemWork,
	captures: readonly FinishedCapture[],
	{ includeUrl }: CaptureOptions,
	failedCount: number,
): INodeExecutionData {
	const binary: IBinaryKeyData = {};
	for (const { answer, stored } of captures) if (stored) binary[answer.position] = stored.binary;
	const jsons = captures.map((capture) => captureJson(capture, includeUrl));
	const states = [...captures.map(({ answer }) => answer.state), ...Array<'failed'>(failedCount).fill('failed')];
	const { vehicle, asset } = jsons[0] ?? {};
	return {
		json: {
			...(vehicle !== undefined && { vehicle }),
			...(asset !== undefined && { asset }),
			state: commonState(states),
			captures: jsons,
		} as IDataObject,
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

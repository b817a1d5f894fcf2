import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import type { State } from '../../motive/jobAnswer';
import type { JsonObject } from '../../motive/json';
import { errorItem, fileFacts, successJson } from '../../runs/items';
import type { OutputFile } from '../../runs/job';
import { failuresOf, itemPerFile, type JobItem, type JobRun } from '../../runs/jobItems';
import type { LocatedCapture } from './location';
import type { CaptureInput } from './parameters';

/** An input item with its captures. */
export type CaptureItem<Input extends CaptureInput = CaptureInput> = JobItem<Input, LocatedCapture>;

/**
 * What an item says of a capture: Motive's answer with its own field names, plus `state`, plus `image` once there is one,
 * plus `location` where that was asked for and is known.
 */
export function captureRow(
	{ requestId, cameraType, position, status, state, images, json, whereabouts }: LocatedCapture,
	file?: Pick<OutputFile, 'name' | 'stored'>,
): JsonObject {
	const image = file ? images.find(({ name }) => name === file.name) : images[0];
	const own = {
		state,
		...(whereabouts && 'location' in whereabouts && { location: whereabouts.location }),
		...(image && {
			image: {
				position: image.position,
				url: image.url,
				...(image.expiresAt !== null && { expires_at: image.expiresAt }),
				...fileFacts(file?.stored),
			},
		}),
	};
	return {
		request_id: requestId,
		camera_type: cameraType,
		position: position === '' ? (image?.position ?? '') : position,
		status,
		...successJson(json, own),
	};
}

/** The output of one input item: an item for each image, or one for all of them together. */
export function captureItems(item: CaptureItem, input: CaptureInput): INodeExecutionData[] {
	if (input.options.outputMode === 'image') return itemPerFile(item, input);
	const errors = failuresOf(item).map(errorItem);
	const finished = item.runs.filter(({ outputs }) => outputs.length > 0);
	return finished.length === 0
		? errors
		: [sourceItem(item.itemIndex, finished, errors.length), ...errors];
}

/** The state of several captures together. */
export function commonState(states: readonly State[]): State | 'partial' {
	if (states.every((state) => state === 'ready')) return 'ready';
	if (states.includes('ready')) return 'partial';
	return states.includes('pending') ? 'pending' : 'failed';
}

function sourceItem(
	itemIndex: number,
	runs: ReadonlyArray<JobRun<LocatedCapture>>,
	failedCount: number,
): INodeExecutionData {
	const outputs = runs.flatMap((run) => run.outputs);
	const binary: IBinaryKeyData = {};
	for (const { name, stored } of outputs) {
		if (stored && name !== undefined) binary[name] = stored.binary;
	}
	const states = [...runs.map(({ state }) => state), ...Array<State>(failedCount).fill('failed')];
	const captures = outputs.map(({ json }) => json);
	const { vehicle, asset, location } = captures[0] ?? {};
	return {
		json: {
			...(vehicle !== undefined && { vehicle }),
			...(asset !== undefined && { asset }),
			...(location !== undefined && { location }),
			state: commonState(states),
			captures,
		},
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { State } from '../../motive/jobAnswer';
import type { JsonObject } from '../../motive/json';
import type { LinkedMedium } from '../../motive/media';
import { parseNumber, parseText } from '../../motive/parse';
import { errorItem, fileFacts, successJson } from '../../runs/items';
import type { OutputFile, RowFacts } from '../../runs/job';
import { failuresOf, itemPerFile, type JobItem, type JobRun } from '../../runs/jobItems';
import type { LocatedCapture } from './location';
import type { CaptureInput } from './parameters';

/** What simplified captures of one source have in common; those that are not simplified have `location` as well. */
const SIMPLE_SOURCE_FIELDS = [
	'vehicle_id',
	'vehicle_number',
	'asset_id',
	'asset_name',
	'location',
	'lat',
	'lon',
	'located_at',
];

/** An input item with its captures. */
export type CaptureItem<Input extends CaptureInput = CaptureInput> = JobItem<Input, LocatedCapture>;

/** What of the facts of a row matters here. */
type CaptureFacts = Omit<RowFacts, 'file'> & { file?: ImageFile };
type ImageFile = Pick<OutputFile, 'name' | 'stored'>;

/**
 * What an item says of a capture that is not simplified: Motive's answer with its own field names, plus `state`,
 * `requested_at` and `ready_at`, plus `image` once there is one, plus `location` where that was asked for and is known.
 */
export function captureRow(
	{ requestId, cameraType, position, status, state, images, json, whereabouts }: LocatedCapture,
	{ file, startedAt, readyAt }: CaptureFacts,
): JsonObject {
	const image = imageOf(images, file);
	const own = {
		state,
		requested_at: isoTime(startedAt),
		ready_at: isoTime(readyAt),
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

/** A capture as one row of a table: what is not known is null. */
export function simpleRow(
	capture: LocatedCapture,
	{ file, startedAt, readyAt }: CaptureFacts,
	includeUrl: boolean,
): JsonObject {
	const { requestId, cameraType, position, status, state, source, whereabouts } = capture;
	const image = imageOf(capture.images, file);
	const kind = source?.kind ?? 'vehicle';
	return {
		state,
		[`${kind}_id`]: source?.id ?? null,
		[kind === 'vehicle' ? 'vehicle_number' : 'asset_name']: source?.name ?? null,
		position: position === '' ? (image?.position ?? null) : position,
		file_name: file?.stored?.fileName ?? null,
		requested_at: isoTime(startedAt),
		ready_at: isoTime(readyAt),
		request_id: requestId,
		camera_type: cameraType,
		status,
		...(includeUrl && { url: image?.url ?? null, url_expires_at: image?.expiresAt ?? null }),
		...(whereabouts && placeFields('location' in whereabouts ? whereabouts.location : {})),
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
	const first = captures[0] ?? {};
	return {
		json: {
			...pick(first, ['vehicle', 'asset']),
			state: commonState(states),
			...pick(first, SIMPLE_SOURCE_FIELDS),
			attachments: Object.keys(binary).join(','),
			captures,
		},
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

function imageOf(
	images: readonly LinkedMedium[],
	file: ImageFile | undefined,
): LinkedMedium | undefined {
	return file ? images.find(({ name }) => name === file.name) : images[0];
}

/** The place of a vehicle, under the names of simplified rows. */
function placeFields(location: JsonObject): JsonObject {
	return {
		location: parseText(location, 'description', 'city'),
		lat: parseNumber(location, 'lat'),
		lon: parseNumber(location, 'lon'),
		located_at: parseText(location, 'located_at'),
	};
}

function isoTime(moment: number | undefined): string | null {
	return moment === undefined ? null : new Date(moment).toISOString();
}

function pick(json: JsonObject, names: readonly string[]): IDataObject {
	const entries = Object.entries(json).filter(([name]) => names.includes(name));
	return Object.fromEntries(entries) as IDataObject;
}

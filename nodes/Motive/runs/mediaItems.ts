import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { positionName } from '../motive/positionName';
import type { FetchedMedium } from './fetchMedia';
import { errorItem } from './items';
import type { FinishedMedia } from './mediaJob';
import { outputJson, successJson } from './outputJson';
import { failuresOf, type ItemWork } from './job';
import type { WorkOptions } from '../parameters/options';

/** An answer with several files, on its way to items. */
export interface AnswerWithMedia {
	json: JsonObject;
	state: string;
	/** What is said of each file, in order; the names are those of `files`. */
	media: ReadonlyArray<{ name: string; json: JsonObject }>;
	/** Those that were downloaded, or tried. */
	files: readonly FetchedMedium[];
}

/** How the items look. */
export interface MediaItemOptions {
	/** Field of `json` that tells about the file of the item. */
	key: string;
	binaryProperty: string;
	includeUrl: boolean;
}

/** One item per file; an answer without any is an item as well, so that it can be routed. */
export function mediaItems(
	itemIndex: number,
	{ json, state, media, files }: AnswerWithMedia,
	{ key, binaryProperty, includeUrl }: MediaItemOptions,
): INodeExecutionData[] {
	const item = (medium?: JsonObject, binary?: INodeExecutionData['binary']): INodeExecutionData => {
		const whole = successJson(json, { state, ...(medium && { [key]: medium }) });
		return {
			json: outputJson(whole, includeUrl) as IDataObject,
			...(binary && { binary }),
			pairedItem: { item: itemIndex },
		};
	};
	if (state !== 'ready' || media.length === 0) return [item()];
	return media.flatMap(({ name, json: medium }) => {
		const file = files.find((each) => each.name === name);
		if (!file) return [item(medium)];
		if (!('stored' in file)) return [];
		const { binary, fileName, mimeType, fileSize } = file.stored;
		return [item({ ...medium, fileName, mimeType, fileSize }, { [binaryProperty]: binary })];
	});
}

/** How items whose work ends in files are concluded and put out: a file that could not be had fails alone. */
export function mediaOutput<Answer>(
	itemsOfAnswer: (
		finished: FinishedMedia<Answer>,
		itemIndex: number,
		options: WorkOptions,
	) => INodeExecutionData[],
) {
	type Item = ItemWork<unknown, Answer, FinishedMedia<Answer>>;
	return {
		conclude({ runs }: Item): void {
			runs.push(
				...runs.flatMap(({ subject, result }) => failedFiles(subject, result?.files ?? [])),
			);
		},
		itemsOf: (item: Item, { options }: { options: WorkOptions }): INodeExecutionData[] => [
			...item.runs.flatMap(({ result }) =>
				result ? itemsOfAnswer(result, item.itemIndex, options) : [],
			),
			...failuresOf(item).map(errorItem),
		],
	};
}

function failedFiles(
	subject: string,
	files: readonly FetchedMedium[],
): Array<{ subject: string; failure: unknown }> {
	return files.flatMap((file) =>
		'failure' in file
			? [{ subject: `${subject}, ${positionName(file.name)}`, failure: file.failure }]
			: [],
	);
}

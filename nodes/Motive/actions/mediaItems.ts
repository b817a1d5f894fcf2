import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../capture/json';
import type { FetchedMedium } from './fetchMedia';
import { outputJson, successJson } from './outputJson';

/** An answer with several files, on its way to items. */
export interface AnswerWithMedia {
	json: JsonObject;
	state: string;
	/** What Motive says of each file, in order. */
	media: ReadonlyArray<{ name: string } & JsonObject>;
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
	return media.flatMap(({ name, ...medium }) => {
		const file = files.find((each) => each.name === name);
		if (!file) return [item(medium)];
		if (!('stored' in file)) return [];
		const { binary, fileName, mimeType, fileSize } = file.stored;
		return [item({ ...medium, fileName, mimeType, fileSize }, { [binaryProperty]: binary })];
	});
}

/** The files that could not be had; each one fails alone, next to those that came. */
export function failedFiles(subject: string, files: readonly FetchedMedium[]): Array<{ subject: string; failure: unknown }> {
	return files.flatMap((file) =>
		'failure' in file ? [{ subject: `${subject}, ${file.name}`, failure: file.failure }] : [],
	);
}

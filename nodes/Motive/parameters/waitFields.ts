import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { workOptions, type OptionName, type OptionWords } from './options';

/**
 * Whether to wait, whether to download, and the options that go with it.
 *
 * @param note what to know before waiting, a sentence without its full stop
 * @param more options besides the usual ones
 */
export function waitFields(
	words: OptionWords,
	note: string,
	more: readonly OptionName[] = [],
): INodeProperties[] {
	const whenWaiting: IDisplayOptions = { show: { [`/waitFor${words.title}`]: [true] } };
	return [
		{
			displayName: `Wait for ${words.title}`,
			name: `waitFor${words.title}`,
			type: 'boolean',
			default: false,
			description: `Whether to wait until the ${words.files} are ready. ${note}.`,
		},
		downloadField(words),
		workOptions(
			words,
			[
				...more,
				'binaryProperty',
				'concurrency',
				'includeUrl',
				'pollInterval',
				'timeout',
				'whenUnavailable',
			],
			{ pollInterval: whenWaiting, timeout: whenWaiting, whenUnavailable: whenWaiting },
		),
	];
}

/** Whether to fetch the files themselves. */
export function downloadField(words: OptionWords): INodeProperties {
	return {
		displayName: `Download ${words.title}`,
		name: `download${words.title}`,
		type: 'boolean',
		default: true,
		description: `Whether to put the ${words.files} into the output as files, once they are ready`,
	};
}

/** Reads whether to wait and whether to download. */
export function readWait(context: IExecuteFunctions, itemIndex: number, words: OptionWords) {
	return {
		wait: context.getNodeParameter(`waitFor${words.title}`, itemIndex, false) === true,
		download: readDownload(context, itemIndex, words),
	};
}

/** Reads whether to download. */
export function readDownload(
	context: IExecuteFunctions,
	itemIndex: number,
	words: OptionWords,
): boolean {
	return context.getNodeParameter(`download${words.title}`, itemIndex, true) === true;
}

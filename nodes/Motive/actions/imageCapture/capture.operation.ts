import type { IDisplayOptions } from 'n8n-workflow';

import type { Operation } from '../operation';
import { downloadField, readDownload } from '../waitFields';
import { CAPTURE_ADVICE } from './advice';
import { runCaptures } from './captureWork';
import { optionsField, PICTURE_WORDS, sourceFields } from './fields';
import { readOptions } from './readInput';
import { readSourceInput, sourceJobs } from './sourceJobs';

const displayOptions: IDisplayOptions = { show: { resource: ['imageCapture'], operation: ['capture'] } };
const whenDownloading: IDisplayOptions = { show: { '/downloadImage': [true] } };

/** Starts captures, waits for them and downloads their pictures. */
export const capture: Operation = {
	option: {
		name: 'Capture',
		action: 'Capture images',
		description: 'Take pictures, wait for them and download them',
	},
	description: [
		...sourceFields(displayOptions),
		downloadField(PICTURE_WORDS, displayOptions),
		optionsField(
			displayOptions,
			[
				'binaryProperty',
				'bodyJson',
				'concurrency',
				'includeLocation',
				'includeUrl',
				'outputMode',
				'pollInterval',
				'timeout',
				'whenUnavailable',
			],
			{ binaryProperty: whenDownloading },
		),
	],
	execute: async (context) =>
		await runCaptures(context, {
			advice: CAPTURE_ADVICE,
			readItem: (_, itemIndex) => ({
				...readSourceInput(context, itemIndex),
				options: readOptions(context, itemIndex),
				wait: true,
				download: readDownload(context, itemIndex, PICTURE_WORDS),
			}),
			createJobs: async (session, input, itemIndex) =>
				await sourceJobs(session, input, { ...input, itemIndex }),
		}),
};

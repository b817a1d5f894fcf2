import type { Operation } from '../../runs/operation';
import { downloadField, readDownload } from '../../parameters/waitFields';
import { workOptions } from '../../parameters/options';
import { CAPTURE_ADVICE } from './advice';
import { runCaptures } from './captureWork';
import { PICTURE_WORDS, sourceFields } from './fields';
import { readOptions } from './readInput';
import { readSourceInput, sourceJobs } from './sourceJobs';

/** Starts captures, waits for them and downloads their pictures. */
export const capture: Operation = {
	option: {
		name: 'Capture',
		action: 'Capture images',
		description: 'Take pictures, wait for them and download them',
	},
	description: [
		...sourceFields,
		downloadField(PICTURE_WORDS),
		workOptions(
			PICTURE_WORDS,
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
			{ binaryProperty: { show: { '/downloadImage': [true] } } },
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

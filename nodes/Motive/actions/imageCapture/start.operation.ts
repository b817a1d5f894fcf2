import type { IDisplayOptions } from 'n8n-workflow';

import type { Operation } from '../operation';
import { CAPTURE_ADVICE } from './advice';
import { runCaptures } from './captureWork';
import { optionsField, sourceFields } from './fields';
import { readOptions } from './readInput';
import { readSourceInput, sourceJobs } from './sourceJobs';

const displayOptions: IDisplayOptions = { show: { resource: ['imageCapture'], operation: ['start'] } };

/**
 * Starts captures and lets the workflow go on at once.
 *
 * @see https://developer-docs.gomotive.com/reference/begin-image-capture
 */
export const start: Operation = {
	option: {
		name: 'Start',
		action: 'Start image capture',
		description: 'Ask for pictures and go on without waiting for them',
	},
	description: [
		...sourceFields(displayOptions),
		optionsField(displayOptions, ['bodyJson', 'concurrency', 'includeUrl']),
	],
	execute: async (context) =>
		await runCaptures(context, {
			advice: CAPTURE_ADVICE,
			readItem: (_, itemIndex) => ({
				...readSourceInput(context, itemIndex),
				options: readOptions(context, itemIndex),
				wait: false,
			}),
			createJobs: async (session, input, itemIndex) =>
				await sourceJobs(session, input, { ...input, itemIndex, download: false }),
		}),
};

import type { IDisplayOptions } from 'n8n-workflow';

import type { Operation } from '../operation';
import { optionsField, sourceFields } from './fields';
import { runCaptures } from './runCaptures';
import { readSourceInput, sourceJobs } from './sourceJobs';

const displayOptions: IDisplayOptions = { show: { resource: ['imageCapture'], operation: ['start'] } };

/**
 * Starts captures and lets the workflow go on at once.
 *
 * @see https://developer-docs.gomotive.com/reference/begin-image-capture
 */
export const start: Operation = {
	description: [
		...sourceFields(displayOptions),
		optionsField(displayOptions, ['bodyJson', 'concurrency', 'includeUrl']),
	],
	execute: async (context) =>
		await runCaptures(context, {
			readItem: readSourceInput,
			createJobs: async (session, input, options, itemIndex) =>
				await sourceJobs(session, input, { itemIndex, wait: false, download: false, options }),
		}),
};

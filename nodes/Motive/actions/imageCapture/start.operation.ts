import type { Operation } from '../../runs/operation';
import { workOptions } from '../../parameters/options';
import { CAPTURE_ADVICE } from './advice';
import { runCaptures } from './captureWork';
import { PICTURE_WORDS, sourceFields } from './fields';
import { readOptions } from './readInput';
import { readSourceInput, sourceJobs } from './sourceJobs';

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
		...sourceFields,
		workOptions(PICTURE_WORDS, ['bodyJson', 'concurrency', 'includeUrl']),
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

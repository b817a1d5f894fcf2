import { simplifyField } from '../../parameters/listFields';
import { jobOperation } from '../../runs/jobOperation';
import { sourceFields, startOptions } from './fields';
import { captureJobs } from './job';
import { readStartInput } from './parameters';

/**
 * Starts image captures and lets the workflow go on at once.
 *
 * @see https://developer-docs.gomotive.com/reference/begin-image-capture
 */
export const start = jobOperation({
	...captureJobs,
	text: {
		name: 'Start',
		action: 'Start image capture',
		description: 'Ask for pictures and go on without waiting for them',
	},
	fields: [...sourceFields, simplifyField, startOptions],
	read: readStartInput,
});

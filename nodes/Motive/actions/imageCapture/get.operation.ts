import { simplifyField } from '../../parameters/listFields';
import { jobOperation } from '../../runs/jobOperation';
import { cameraType, downloadImage, getOptions, requestId, waitForImage } from './fields';
import { knownCaptureJobs } from './job';
import { readGetInput } from './parameters';

/**
 * Gets image captures that were started elsewhere.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-captured-image
 */
export const getImageCapture = jobOperation({
	...knownCaptureJobs,
	text: {
		name: 'Get',
		action: 'Get image capture',
		description: 'Fetch the picture of a capture that was started before',
	},
	fields: [requestId, cameraType, waitForImage, downloadImage, simplifyField, getOptions],
	read: readGetInput,
});

import { simplifyField } from '../../parameters/listFields';
import { jobOperation } from '../../runs/jobOperation';
import { captureOptions, downloadImage, sourceFields } from './fields';
import { captureJobs } from './job';
import { readCaptureInput } from './parameters';

/** Takes images with the cameras of a vehicle or asset, waits for them and downloads them. */
export const capture = jobOperation({
	...captureJobs,
	text: {
		name: 'Capture',
		action: 'Capture images',
		description: 'Take pictures, wait for them and download them',
	},
	fields: [...sourceFields, downloadImage, simplifyField, captureOptions],
	read: readCaptureInput,
});

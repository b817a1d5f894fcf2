import { shownWhen } from '../../parameters/jobOptions';
import { jobOperation } from '../../runs/jobOperation';
import { createOptions, downloadVideo, recallFields, waitForVideo } from './fields';
import { recallJobs } from './job';
import { readCreateInput } from './parameters';

/**
 * Asks for recorded video, and waits for it where wanted.
 *
 * @see https://developer.gomotive.com/reference/create-a-video-recall-request
 */
export const createVideoRecall = jobOperation({
	...recallJobs,
	text: {
		name: 'Create',
		action: 'Create video recall',
		description: 'Ask for recorded video, and wait for it if you like',
	},
	fields: [
		...recallFields,
		waitForVideo,
		// Nothing is there yet that could be downloaded at once.
		shownWhen(downloadVideo, { waitForVideo: [true] }),
		createOptions,
	],
	read: readCreateInput,
});

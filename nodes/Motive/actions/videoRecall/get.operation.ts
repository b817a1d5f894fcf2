import { jobOperation } from '../../runs/jobOperation';
import { downloadVideo, getRecallOptions, recallId, waitForVideo } from './fields';
import { knownRecallJobs } from './job';
import { readGetRecallInput } from './parameters';

/**
 * Gets recalls that were asked for elsewhere.
 *
 * @see https://developer.gomotive.com/reference/fetch-details-of-a-specific-video-recall
 */
export const getVideoRecall = jobOperation({
	...knownRecallJobs,
	text: {
		name: 'Get',
		action: 'Get video recall',
		description: 'Fetch the videos of a recall that was created before',
	},
	fields: [recallId, waitForVideo, downloadVideo, getRecallOptions],
	read: readGetRecallInput,
});

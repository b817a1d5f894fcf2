import { jobOperation } from '../../runs/jobOperation';
import {
	downloadMedia,
	eventId,
	eventTime,
	mediaOptions,
	mediaTypes,
	waitForMedia,
} from './fields';
import { eventMediaJobs } from './job';
import { readGetMediaInput } from './parameters';

/**
 * Gets the images and videos that the dashcam kept of a safety event.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const getMedia = jobOperation({
	...eventMediaJobs,
	text: {
		name: 'Get Media',
		action: 'Get media of safety event',
		description: 'Download the pictures and videos that the dashcam kept of an event',
	},
	fields: [eventId, eventTime, mediaTypes, waitForMedia, downloadMedia, mediaOptions],
	read: readGetMediaInput,
});

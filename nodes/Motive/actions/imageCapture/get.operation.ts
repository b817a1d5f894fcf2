import type { Operation } from '../../runs/operation';
import { readWait, waitFields } from '../../parameters/waitFields';
import { FETCH_ADVICE } from './advice';
import { fetchJob } from './captureJob';
import { runCaptures } from './captureWork';
import { PICTURE_WORDS } from './fields';
import { readCameraType, readOptions, readRequestId } from './readInput';

/**
 * Fetches the captures that were started elsewhere.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-captured-image
 */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get image capture',
		description: 'Fetch the picture of a capture that was started before',
	},
	description: [
		{
			displayName: 'Camera Type',
			name: 'cameraType',
			type: 'options',
			options: [
				{
					name: 'Dashcam',
					value: 'dashcam',
					description: 'Front facing and driver facing pictures',
				},
				{ name: 'Omnicam', value: 'omnicam', description: 'Side and rear pictures' },
			],
			default: 'dashcam',
			required: true,
			description:
				'Kind of camera: what Start gave as camera_type. An expression can give any other value.',
		},
		{
			displayName: 'Request ID',
			name: 'requestId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 90312',
			description: 'ID of the image capture: what Start gave as request_id',
		},
		...waitFields(PICTURE_WORDS, 'Otherwise the item goes on as it is, also without a picture', [
			'includeLocation',
		]),
	],
	execute: async (context) =>
		await runCaptures(context, {
			advice: FETCH_ADVICE,
			readItem: (_, itemIndex) => ({
				...readWait(context, itemIndex, PICTURE_WORDS),
				options: readOptions(context, itemIndex),
				requestId: readRequestId(context, itemIndex),
				cameraType: readCameraType(context, itemIndex),
			}),
			createJobs: async (session, input, itemIndex) => [
				fetchJob(session, input, { ...input, itemIndex }),
			],
		}),
};

import type { Operation } from '../../runs/operation';
import { readWait, waitFields } from '../../parameters/waitFields';
import { readWorkOptions } from '../../parameters/options';
import { VIDEO_WORDS, WAIT_NOTE } from './fields';
import { readRecallId } from './readInput';
import { fetchJob } from './recallJob';
import { runRecalls } from './recallWork';

/**
 * Fetches recalls that were asked for elsewhere.
 *
 * @see https://developer.gomotive.com/reference/fetch-details-of-a-specific-video-recall
 */
export const get: Operation = {
	option: {
		name: 'Get',
		action: 'Get video recall',
		description: 'Fetch the videos of a recall that was created before',
	},
	description: [
		{
			displayName: 'Recall ID',
			name: 'recallId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 8f0c1a',
			description: 'ID of the video recall: what Create gave as its ID',
		},
		...waitFields(VIDEO_WORDS, WAIT_NOTE),
	],
	execute: async (context) =>
		await runRecalls(context, {
			readItem: (_, itemIndex) => ({
				id: readRecallId(context, itemIndex),
				...readWait(context, itemIndex, VIDEO_WORDS),
				options: readWorkOptions(context, itemIndex, VIDEO_WORDS),
			}),
			createJobs: async (session, input, itemIndex) => [
				fetchJob(session, input.id, { ...input, itemIndex }),
			],
		}),
};

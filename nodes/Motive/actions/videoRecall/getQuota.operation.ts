import { unwrap } from '../../motive/answer';
import { MotiveFailure } from '../../motive/failure';
import type { Operation } from '../../runs/operation';
import { runReads } from '../../runs/read';

/**
 * Tells how many minutes of video can still be recalled this month.
 *
 * @see https://developer.gomotive.com/reference/fetch-the-video-recall-quota-of-your-company
 */
export const getQuota: Operation = {
	option: {
		name: 'Get Quota',
		action: 'Get video recall quota',
		description: 'See how many minutes can still be recalled',
	},
	description: [],
	execute: async (context) =>
		await runReads(context, {
			readItem: () => ({}),
			subjectOf: () => 'video recall quota',
			connect: (read) => async () => {
				const quota = unwrap(
					await read({ method: 'GET', path: '/v1/video_recall_requests/quota' }),
					['regular', 'timelapse'],
				);
				if (!quota) throw new MotiveFailure('unreadable');
				return [quota];
			},
		}),
};

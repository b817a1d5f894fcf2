import { MotiveFailure } from '../../motive/failure';
import { unwrap } from '../../motive/parse';
import { readOperation } from '../../runs/read';

/**
 * Tells how many minutes of video can still be recalled this month.
 *
 * @see https://developer.gomotive.com/reference/fetch-the-video-recall-quota-of-your-company
 */
export const getQuota = readOperation({
	text: {
		name: 'Get Quota',
		action: 'Get video recall quota',
		description: 'See how many minutes can still be recalled',
	},
	fields: [],
	read: () => ({}),
	subject: () => 'video recall quota',
	connect:
		({ request }) =>
		async () => {
			const answer = await request({ method: 'GET', path: '/v1/video_recall_requests/quota' });
			const quota = unwrap(answer, ['regular', 'timelapse']);
			if (!quota) throw new MotiveFailure('unreadable');
			return [quota];
		},
});

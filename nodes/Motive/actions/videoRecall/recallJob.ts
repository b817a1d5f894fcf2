import { withoutUrls, type JsonObject } from '../../motive/json';
import { readRecall, type RecallAnswer } from '../../motive/videoRecall';
import { VIDEO } from '../../transport/fileType';
import type { MotiveRequest } from '../../transport/request';
import { baseNameOf } from '../../motive/fileName';
import { mediaJob, type FinishedMedia, type MediaSource, type MediaWish } from '../../runs/mediaJob';
import type { WorkJob, WorkSession } from '../../runs/job';
import { startOnce, type StartRequest } from '../../runs/startOnce';
import type { StartedWork } from '../../runs/startedJobs';

/** What all recalls of one run of the node share. */
export interface RecallSession extends WorkSession<RecallAnswer> {
	started: StartedWork<RecallAnswer>;
}

/** One recall of one input item. */
export type RecallJob = WorkJob<RecallAnswer, FinishedMedia<RecallAnswer>>;

/** The job that asks for a recall, and waits for it where wished. */
export function createJob(session: RecallSession, body: JsonObject, wish: MediaWish): RecallJob {
	const source = String(body['vehicle_number'] ?? body['asset_name']);
	// Without the time: it may come from the clock, and be another one in the next try of the same work.
	const work = `${wish.itemIndex}:recall:${source}`;
	const known = session.started.find(work);
	return {
		...mediaJob(session, wish, { ...recalledVideos, onFailed: () => session.started.forget(work) }),
		subject: `video recall of ${source}`,
		source,
		...(known?.answer && { resumed: { answer: known.answer, startedAt: known.startedAt } }),
		start: async (signal) => {
			const start: StartRequest<RecallAnswer> = {
				work,
				request: { method: 'POST', path: '/v1/video_recall_requests', body },
				read: (answer) => readRecall(answer),
				nameOf,
				toRemember: (answer) => ({ ...answer, videos: [], json: withoutUrls(answer.json) }),
			};
			return await startOnce(session, session.started, start, signal);
		},
	};
}

/** The job that fetches a recall that was asked for elsewhere, and waits for it where wished. */
export function fetchJob(session: RecallSession, id: string, wish: MediaWish): RecallJob {
	return {
		...mediaJob(session, wish, recalledVideos),
		subject: nameOf({ id }),
		start: async (signal) => readRecall(await session.read(questionFor(id), signal), id),
	};
}

/** What a recall is called in messages. */
export function nameOf({ id }: Pick<RecallAnswer, 'id'>): string {
	return `video recall ${id}`;
}

const recalledVideos: MediaSource<RecallAnswer> = {
	ask: async ({ id }, read) => readRecall(await read(questionFor(id)), id),
	mediaIn: ({ id, videos, sourceName = '' }) =>
		videos.map(({ position, url }) => ({
			name: position,
			kind: VIDEO,
			baseName: baseNameOf(sourceName, position, id),
			url,
		})),
	file: 'video',
	attempt: 'recall the video',
	noneThere: 'Motive says that the video is ready, but gives no address for it',
};

function questionFor(id: string): MotiveRequest {
	return { method: 'GET', path: `/v1/video_recall_requests/${encodeURIComponent(id)}` };
}

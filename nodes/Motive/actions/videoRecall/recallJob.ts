import { MotiveFailure } from '../../capture/failure';
import { withoutUrls, type JsonObject } from '../../capture/json';
import { readRecall, type RecallAnswer } from '../../capture/recallState';
import { VIDEO } from '../../transport/fileType';
import type { MotiveRequest } from '../../transport/motiveApi';
import { fetchMedia, type FetchedMedium } from '../fetchMedia';
import { baseNameOf } from '../fileName';
import type { WorkJob, WorkSession } from '../runWork';
import { startOnce } from '../startOnce';
import type { StartedWork } from '../startedWork';
import type { WorkOptions } from '../workOptions';

/** What all recalls of one run of the node share. */
export interface RecallSession extends WorkSession<RecallAnswer> {
	started: StartedWork<RecallAnswer>;
}

/** A recall with the files that were made of it. */
export interface FinishedRecall {
	answer: RecallAnswer;
	files: FetchedMedium[];
}

/** One recall of one input item. */
export type RecallJob = WorkJob<RecallAnswer, FinishedRecall>;

/** What is done with a recall once it is there. */
export interface RecallWish {
	itemIndex: number;
	wait: boolean;
	download: boolean;
	options: WorkOptions;
}

/** The job that asks for a recall, and waits for it where wished. */
export function createJob(session: RecallSession, body: JsonObject, wish: RecallWish): RecallJob {
	const source = String(body['vehicle_number'] ?? body['asset_name']);
	// Without the time: it may come from the clock, and be another one in the next try of the same work.
	const work = `${wish.itemIndex}:recall:${source}`;
	const known = session.started.find(work);
	return {
		...commonJob(session, wish, () => session.started.forget(work)),
		subject: `video recall of ${source}`,
		source,
		...(known?.answer && { resumed: { answer: known.answer, startedAt: known.startedAt } }),
		start: async (signal) => {
			const start = {
				work,
				request: { method: 'POST', path: '/v1/video_recall_requests', body },
				read: (answer: unknown) => readRecall(answer),
				toRemember: (answer: RecallAnswer) => ({ ...answer, videos: [], json: withoutUrls(answer.json) }),
			} as const;
			return await startOnce(session, session.started, start, signal);
		},
	};
}

/** The job that fetches a recall that was asked for elsewhere, and waits for it where wished. */
export function fetchJob(session: RecallSession, id: string, wish: RecallWish): RecallJob {
	return {
		...commonJob(session, wish, () => undefined),
		subject: nameOf({ id }),
		start: async (signal) => readRecall(await session.read(questionFor(id), signal), id),
	};
}

/** What a recall is called in messages. */
export function nameOf({ id }: Pick<RecallAnswer, 'id'>): string {
	return `video recall ${id}`;
}

function commonJob(session: RecallSession, wish: RecallWish, onFailed: () => void) {
	const { itemIndex, wait, options } = wish;
	return {
		itemIndex,
		wait,
		async check({ id }: RecallAnswer, patience: number, signal: AbortSignal): Promise<RecallAnswer> {
			return readRecall(await session.readOnce({ ...questionFor(id), patience }, signal), id);
		},
		stateOf: ({ state }: RecallAnswer) => state,
		async finish(answer: RecallAnswer, signal: AbortSignal, trouble?: MotiveFailure): Promise<FinishedRecall> {
			if (answer.state === 'failed') onFailed();
			if (answer.state === 'ready') {
				const files = wish.download && !session.isToolCall ? await fetchVideos(session, answer, signal) : [];
				return { answer, files };
			}
			if (wait && options.whenUnavailable === 'error') throw unavailable(answer, options, trouble);
			return { answer, files: [] };
		},
	};
}

async function fetchVideos(session: RecallSession, answer: RecallAnswer, signal: AbortSignal): Promise<FetchedMedium[]> {
	if (answer.videos.length === 0) {
		throw new MotiveFailure('download', { detail: 'Motive says that the video is ready, but gives no address for it' });
	}
	const mediaIn = ({ videos, sourceName = '' }: RecallAnswer) =>
		videos.map(({ position, url }) => ({
			name: position,
			kind: VIDEO,
			baseName: baseNameOf(sourceName, position, answer.id),
			url,
		}));
	const renew = async (until: AbortSignal) => readRecall(await session.read(questionFor(answer.id), until), answer.id);
	return await fetchMedia(session, { answer, mediaIn, renew }, signal);
}

function unavailable({ state, status }: RecallAnswer, { timeout }: WorkOptions, trouble?: MotiveFailure): MotiveFailure {
	if (state === 'failed') {
		return new MotiveFailure('failed', { media: 'video', detail: `Motive’s status for it is “${status}”.` });
	}
	const noVideo = `No video after ${timeout / 1_000} seconds`;
	return new MotiveFailure('timedOut', {
		detail: trouble ? `${noVideo}, and no answer from Motive in the end` : noVideo,
	});
}

function questionFor(id: string): MotiveRequest {
	return { method: 'GET', path: `/v1/video_recall_requests/${encodeURIComponent(id)}` };
}

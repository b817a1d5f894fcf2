import { MotiveFailure } from './failure';
import { stateOfStatus, type JobAnswer } from './jobAnswer';
import { parseEntries, parseSourceName, parseText, unwrap, type Entry } from './parse';

/** One camera's video of a recall. */
export interface RecalledVideo {
	position: string;
	/** Short-lived: whoever has it can see the video. */
	url: string;
}

/** A video recall as Motive describes it. */
export interface VideoRecall extends JobAnswer {
	id: string;
	/** In Motive's order; only those that can be fetched. */
	videos: RecalledVideo[];
}

/**
 * Parses an answer of `POST /v1/video_recall_requests` or `GET /v1/video_recall_requests/{id}`.
 * A recall is ready when Motive says so: videos of single cameras may be there before the others.
 *
 * @param askedId the id that was asked for, in case the answer leaves it out
 * @throws MotiveFailure `unreadable` when it is no recall or has no id
 * @see https://developer.gomotive.com/reference/fetch-details-of-a-specific-video-recall
 */
export function parseVideoRecall(body: unknown, askedId?: string): VideoRecall {
	const json = unwrap(body, ['id', 'status', 'cameras']);
	if (!json) throw new MotiveFailure('unreadable');
	const id = parseText(json, 'id') ?? askedId;
	if (id === undefined) {
		throw new MotiveFailure('unreadable', { detail: 'The answer has no recall ID' });
	}
	const status = parseText(json, 'status') ?? '';
	return {
		id,
		status,
		state: stateOfStatus(status),
		videos: parseEntries(json, 'cameras').flatMap(parseVideo),
		sourceName: parseSourceName(json),
		json,
	};
}

/** What a video recall is called in messages. */
export function recallName({ id }: Pick<VideoRecall, 'id'>): string {
	return `video recall ${id}`;
}

function parseVideo({ value: camera }: Entry): RecalledVideo[] {
	const position = parseText(camera, 'position');
	const url = parseText(camera, 'download_url');
	return position === null || url === null ? [] : [{ position, url }];
}

import { readSourceName, readText, unwrap } from './answer';
import { stateOf, type CaptureState } from './imageCapture';
import { MotiveFailure } from './failure';
import { isObject, type JsonObject } from './json';

/** One camera's video of a recall. */
export interface RecalledVideo {
	position: string;
	/** Short-lived: whoever has it can see the video. */
	url: string;
}

/** A video recall as Motive answered, read with tolerance and checked. */
export interface RecallAnswer {
	id: string;
	/** Motive's own status word, unchanged. */
	status: string;
	state: CaptureState;
	/** In Motive's order; only those that can be fetched. */
	videos: RecalledVideo[];
	/** Fleet number of the vehicle or name of the asset; their id where the answer has no more. */
	sourceName?: string;
	/** The answer itself, out of its wrapper and otherwise untouched. */
	json: JsonObject;
}

/**
 * Reads an answer of `POST /v1/video_recall_requests` or `GET /v1/video_recall_requests/{id}`.
 * A recall is ready when Motive says so: videos of single cameras may be there before the others.
 *
 * @param askedId the id that was asked for, in case the answer leaves it out
 * @throws MotiveFailure `unreadable` when it is no recall or has no id
 * @see https://developer.gomotive.com/reference/fetch-details-of-a-specific-video-recall
 */
export function readRecall(body: unknown, askedId?: string): RecallAnswer {
	const json = unwrap(body, ['id', 'status', 'cameras']);
	if (!json) throw new MotiveFailure('unreadable');
	const id =
		typeof json['id'] === 'number' ? String(json['id']) : (readText(json['id']) ?? askedId);
	if (id === undefined)
		throw new MotiveFailure('unreadable', { detail: 'The answer has no recall ID' });
	const status = readText(json['status']) ?? '';
	const sourceName = readSourceName(json);
	const cameras: unknown[] = Array.isArray(json['cameras']) ? json['cameras'] : [];
	return {
		id,
		status,
		state: stateOf(status, undefined),
		videos: cameras.flatMap(readVideo),
		json,
		...(sourceName !== undefined && { sourceName }),
	};
}

function readVideo(camera: unknown): RecalledVideo[] {
	if (!isObject(camera)) return [];
	const position = readText(camera['position']);
	const url = readText(camera['download_url']);
	return position === undefined || url === undefined ? [] : [{ position, url }];
}

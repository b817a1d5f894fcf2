import { MotiveFailure } from './failure';
import {
	isUnderWay,
	stateOfStatus,
	stateWithoutLinks,
	throwIfOther,
	unreadable,
	type JobAnswer,
	type State,
} from './jobAnswer';
import { isLinked, parseMedia, type LinkedMedium, type Medium } from './media';
import { isWord, nameOfSource, parseSource, parseText, parseValue, unwrap } from './parse';

/** A video recall as Motive describes it. */
export interface VideoRecall extends JobAnswer {
	id: string;
	/** In Motive's order; only those that can be fetched. */
	videos: LinkedMedium[];
	/** Names of those that Motive names without a link. */
	missing: string[];
	/** Positions that were asked for; empty for all that there are, and where that is not known. */
	positions: readonly string[];
}

/** What was asked for: it fills in what an answer leaves out, and an answer to another question is found out by it. */
export type AskedRecall = Partial<Pick<VideoRecall, 'id' | 'positions' | 'source'>>;

/** Fields of which a video recall has at least one (in lower case). */
export const RECALL_MARKS = ['id', 'status', 'cameras'];

/**
 * Parses an answer of `POST /v1/video_recall_requests` or `GET /v1/video_recall_requests/{id}`, flat or wrapped in a
 * single key.
 *
 * @throws MotiveFailure `unreadable` when it is no recall, has no id, or is another one than was asked for
 * @see https://developer.gomotive.com/reference/fetch-details-of-a-specific-video-recall
 */
export function parseVideoRecall(body: unknown, asked: AskedRecall = {}): VideoRecall {
	const json = unwrap(body, RECALL_MARKS);
	if (!json) throw new MotiveFailure('unreadable');
	const id = parseText(json, 'id') ?? asked.id;
	if (id === undefined || !isWord(id)) throw unreadable('The answer has no recall ID');
	const source = parseSource(json) ?? asked.source ?? null;
	throwIfOther('video recall', { id, source }, asked);
	const status = parseText(json, 'status') ?? '';
	const media = parseMedia(parseValue(json, 'cameras'), { position: '', name: 'video' });
	const positions = asked.positions ?? [];
	return {
		id,
		status,
		state: stateOf(status, media, positions),
		videos: media.filter(isLinked),
		missing: media.filter((medium) => !isLinked(medium)).map(({ name }) => name),
		positions,
		source,
		sourceName: nameOfSource(source),
		json,
	};
}

/** What a video recall is called in messages. */
export function recallName({ id }: Pick<VideoRecall, 'id'>): string {
	return `video recall ${id}`;
}

/**
 * Links count more than words, but the videos of single cameras may be there before the others. So a recall is ready when
 * all its videos are there, or some of them and Motive has stopped working on it.
 */
function stateOf(status: string, media: readonly Medium[], positions: readonly string[]): State {
	const linked = media.filter(isLinked);
	if (linked.length === 0) return stateWithoutLinks(status);
	if (stateOfStatus(status) !== 'pending') return 'ready';
	const isWhole =
		positions.length > 0
			? positions.every((position) => linked.some((video) => video.position === position))
			: linked.length === media.length && !isUnderWay(status);
	return isWhole ? 'ready' : 'pending';
}

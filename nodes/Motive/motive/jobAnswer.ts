import { MotiveFailure } from './failure';
import type { JsonObject } from './json';
import { isOtherSource, nameOfSource, type Id, type Source } from './parse';

/** What can be done with a job: use its result, wait for it, give it up, or take it for one that was never possible. */
export type State = 'ready' | 'pending' | 'failed' | 'skipped';

/** What Motive says of a job: of an image capture, a video recall or the media of an event. */
export interface JobAnswer {
	/** Motive's own status word, unchanged; empty where it has none. */
	status: string;
	state: State;
	/** What its cameras are on, as far as that is known. */
	source: Source | null;
	/** Fleet number of the vehicle or name of the asset; made of the id where the answer has no more. */
	sourceName: string | null;
	/** The answer itself, out of its wrapper and otherwise untouched. */
	json: JsonObject;
}

const FAILED_STATUSES = new Set([
	'failed',
	'failure',
	'error',
	'expired',
	'cancelled',
	'canceled',
	'timeout',
	'timed_out',
]);

const UNDER_WAY_STATUSES = new Set([
	'pending',
	'queued',
	'submitted',
	'requested',
	'accepted',
	'started',
	'not_started',
	'processing',
	'in_progress',
	'uploading',
]);

/**
 * The state behind a status word, before a look at the links, which count more. Words that nobody has seen yet mean that
 * the job is still under way; `unknown` as well, which sibling endpoints also say when they are asked too often.
 */
export function stateOfStatus(status: string): State {
	const word = wordOf(status);
	if (word === 'success') return 'ready';
	return FAILED_STATUSES.has(word) ? 'failed' : 'pending';
}

/** The state of a job that has no links yet: whatever its word, it is not ready without them. */
export function stateWithoutLinks(status: string): State {
	const state = stateOfStatus(status);
	return state === 'ready' ? 'pending' : state;
}

/** Every status word that has been thought of. */
export const KNOWN_STATUSES = ['success', 'unknown', ...UNDER_WAY_STATUSES, ...FAILED_STATUSES];

/** Whether a status word says for sure that the job is still under way. */
export function isUnderWay(status: string): boolean {
	return UNDER_WAY_STATUSES.has(wordOf(status));
}

/**
 * Makes sure that an answer is about the job that was asked for: an image of the wrong truck is worse than none.
 *
 * @param thing what such jobs are called, for example `video recall`
 * @throws MotiveFailure `unreadable` when it is about another job, or about the cameras of another source
 */
export function throwIfOther(
	thing: string,
	answered: { id: Id; source: Source | null },
	asked: { id?: Id; source?: Source | null },
): void {
	if (asked.id !== undefined && asked.id !== answered.id)
		throw unreadable(`Motive answered with another ${thing}, ${answered.id}`);
	if (isOtherSource(answered.source, asked.source ?? null)) {
		const name = nameOfSource(answered.source) ?? '';
		throw unreadable(`Motive answered with the ${thing} of another vehicle or asset, ${name}`);
	}
}

/** The failure of an answer that cannot be read, with one sentence on why. */
export function unreadable(detail: string): MotiveFailure {
	return new MotiveFailure('unreadable', { detail });
}

/** A status word in the form in which words are compared: `in_progress` for `In Progress`. */
export function wordOf(status: string): string {
	return status
		.trim()
		.toLowerCase()
		.replaceAll(/[\s-]+/g, '_');
}

import type { JsonObject } from './json';

/** What can be done with a job: use its result, wait for it, give it up, or take it for one that was never possible. */
export type State = 'ready' | 'pending' | 'failed' | 'skipped';

/** What Motive says of a job: of an image capture, a video recall or the media of an event. */
export interface JobAnswer {
	/** Motive's own status word, unchanged; empty where it has none. */
	status: string;
	state: State;
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
	'unknown',
]);

/** The state behind a status word. Words that nobody has seen yet mean that the job is still under way. */
export function stateOfStatus(status: string): State {
	const word = status
		.trim()
		.toLowerCase()
		.replaceAll(/[\s-]+/g, '_');
	if (word === 'success') return 'ready';
	return FAILED_STATUSES.has(word) ? 'failed' : 'pending';
}

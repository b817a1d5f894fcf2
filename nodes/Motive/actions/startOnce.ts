import { hadNoEffect, MotiveFailure } from '../capture/failure';
import type { MotiveRequest } from '../transport/motiveApi';
import type { Session } from './session';
import type { StartedWork } from './startedWork';

/** A request that starts something at Motive. */
export interface StartRequest<Answer> {
	/** What is started, in a form that is the same in every try of the same work. */
	work: string;
	request: MotiveRequest;
	/** Reads the answer. */
	read(body: unknown): Answer;
	/** What of the answer is remembered: plain JSON without secrets. */
	toRemember(answer: Answer): Answer;
}

/**
 * Sends a request that starts something, at most once for the same work: again only where it surely had no effect.
 *
 * @throws MotiveFailure `outcomeUnknown` when it was sent (now or in an earlier try) and nobody knows what came of it;
 * `rateLimited` when its turn did not come before the deadline; other kinds when Motive refused
 */
export async function startOnce<Answer>(
	{ api, clock, deadline, lane, timeout }: Session,
	started: StartedWork<Answer>,
	{ work, request, read, toRemember }: StartRequest<Answer>,
	signal: AbortSignal,
): Promise<Answer> {
	if (started.find(work)) throw new MotiveFailure('outcomeUnknown');
	const call = async (): Promise<Answer> => {
		const now = clock.now();
		if (now > deadline) {
			throw new MotiveFailure('rateLimited', { detail: `Not started within ${timeout / 1_000} seconds` });
		}
		started.noteRequest(work, now);
		const [sent] = await Promise.allSettled([api.send(request)]);
		if (sent.status === 'fulfilled') {
			const answer = read(sent.value);
			started.noteAnswer(work, toRemember(answer));
			return answer;
		}
		if (!wasRefused(sent.reason)) {
			throw new MotiveFailure('outcomeUnknown', sent.reason instanceof MotiveFailure ? sent.reason.facts : {});
		}
		started.forget(work);
		throw sent.reason;
	};
	return await lane.run(call, { mayRepeat: hadNoEffect, deadline, signal });
}

function wasRefused(failure: unknown): boolean {
	return failure instanceof MotiveFailure && failure.kind !== 'unavailable' && failure.kind !== 'noAnswer';
}

import { hadNoEffect, MotiveFailure, type FailureKind } from '../motive/failure';
import type { MotiveRequest } from '../transport/request';
import type { Session } from './session';
import type { StartedWork } from './startedJobs';

/** Failures that do not say themselves what became of the request. */
const LEAVE_OPEN: readonly FailureKind[] = ['unavailable', 'noAnswer'];

const REFUSALS: readonly FailureKind[] = ['unauthorized', 'forbidden', 'notFound', 'refused'];

/** A request that starts something at Motive. */
export interface StartRequest<Answer> {
	/** What is started, in a form that is the same in every try of the same work. */
	work: string;
	request: MotiveRequest;
	/** Reads the answer. */
	read(body: unknown): Answer;
	/** What Motive calls it. */
	nameOf(answer: Answer): string;
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
	{ api, clock, context, deadline, lane, timeout }: Session,
	started: StartedWork<Answer>,
	{ work, request, read, nameOf, toRemember }: StartRequest<Answer>,
	signal: AbortSignal,
): Promise<Answer> {
	if (started.find(work)) throw new MotiveFailure('outcomeUnknown');
	const call = async (): Promise<Answer> => {
		const now = clock.now();
		if (now > deadline) {
			throw new MotiveFailure('rateLimited', {
				detail: `Not started within ${timeout / 1_000} seconds`,
			});
		}
		started.noteRequest(work, now);
		const [sent] = await Promise.allSettled([api.send(request)]);
		if (sent.status === 'fulfilled') {
			const answer = read(sent.value);
			started.noteAnswer(work, toRemember(answer));
			// The node's context is lost with a process that dies. What it had started is then found in n8n's log.
			context.logger.info(
				`Motive started ${nameOf(answer)} (execution ${context.getExecutionId()})`,
			);
			return answer;
		}
		const failure: unknown = sent.reason;
		if (surelyDidNothing(failure)) started.forget(work);
		if (failure instanceof MotiveFailure && !LEAVE_OPEN.includes(failure.kind)) throw failure;
		throw new MotiveFailure(
			'outcomeUnknown',
			failure instanceof MotiveFailure ? failure.facts : {},
		);
	};
	return await lane.run(call, { mayRepeat: hadNoEffect, deadline, signal });
}

/** Anything else, a redirect or an unreadable page for example, may have come after the request was taken. */
function surelyDidNothing(failure: unknown): boolean {
	return (
		hadNoEffect(failure) || (failure instanceof MotiveFailure && REFUSALS.includes(failure.kind))
	);
}

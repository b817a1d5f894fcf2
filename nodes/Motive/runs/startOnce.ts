import { asError, hadNoEffect, MotiveFailure, type FailureKind } from '../motive/failure';
import type { JobAnswer } from '../motive/jobAnswer';
import { withoutUrls } from '../motive/json';
import { counted } from '../motive/text';
import type { RepeatPolicy } from '../polling/requestQueue';
import type { Started } from '../polling/scheduler';
import type { SendRequest } from '../transport/request';
import type { Session } from './session';

/** How a job is started at Motive. */
export interface JobStarter<Answer extends JobAnswer> {
	/** Names the job in a form that is the same in every try. */
	key: string;
	/** Sends the request, or several of which only one can have an effect. */
	send: (request: SendRequest) => Promise<unknown>;
	/** @throws MotiveFailure when the answer cannot be read */
	parse: (body: unknown) => Answer;
	/** What Motive has to know for it, in words that fit into a sentence. */
	needs: string;
	/** What the job is called. */
	name: (answer: Answer) => string;
	/** How long it may take until Motive takes the request or another one of this run (ms). */
	timeout: number;
}

/** The part of a job that has to do with its start. */
export interface JobStart<Answer extends JobAnswer> {
	/** What an earlier try has started. */
	resumed?: Started<Answer>;
	start: (signal: AbortSignal) => Promise<Started<Answer>>;
	/** Lets the next try start the job anew. */
	forget: () => void;
}

/** Failures that do not say themselves what became of the request. */
const LEAVE_OPEN: readonly FailureKind[] = ['unavailable', 'noAnswer'];

const REFUSALS: readonly FailureKind[] = ['unauthorized', 'forbidden', 'notFound', 'refused'];

/**
 * Starts a job at most once, over all tries of Retry On Fail: what an earlier try has started is resumed, and the request
 * is only sent again where it surely had no effect.
 *
 * `start` throws MotiveFailure: `outcomeUnknown` when the request was sent (now or in an earlier try) and nobody knows
 * what came of it; `rateLimited` when its turn did not come before the deadline; other kinds when Motive refused.
 */
export function startOnce<Answer extends JobAnswer>(
	session: Session,
	job: JobStarter<Answer>,
): JobStart<Answer> {
	const { started } = session;
	const { answer, startedAt = 0 } = started.find(job.key) ?? {};
	return {
		...(answer !== undefined && { resumed: { answer: job.parse(answer), startedAt } }),
		start: async (signal) => await send(session, job, signal),
		forget: () => started.forget(job.key),
	};
}

async function send<Answer extends JobAnswer>(
	{ clock, context, deadline, queue, request: sendNow, started }: Session,
	job: JobStarter<Answer>,
	signal: AbortSignal,
): Promise<Started<Answer>> {
	const { key, needs, timeout } = job;
	if (started.find(key)) throw new MotiveFailure('outcomeUnknown');
	let startedAt = clock.now();
	const sendOnce: SendRequest = async (request) => {
		startedAt = clock.now();
		started.noteRequest(key, startedAt);
		try {
			return await sendNow(request);
		} catch (error) {
			if (surelyDidNothing(error)) started.forget(key);
			throw leavesOpen(error) ? outcomeUnknown(error) : explained(error, needs);
		}
	};
	const start = async (): Promise<Started<Answer>> => {
		if (clock.now() > deadline(timeout)) {
			const detail = `Not started, because Motive took no request for ${counted(timeout / 1_000, 'second')}`;
			throw new MotiveFailure('rateLimited', { detail });
		}
		const answer = job.parse(await job.send(sendOnce));
		// It is saved with the execution, where a presigned address has no business.
		started.noteAnswer(key, withoutUrls(answer.json));
		// The node's context is lost with a process that dies. What it had started is then found in n8n's log.
		context.logger.info(
			`Motive started ${job.name(answer)} (execution ${context.getExecutionId()})`,
		);
		return { answer, startedAt };
	};
	const policy: RepeatPolicy = {
		mayRepeat: hadNoEffect,
		deadline: () => deadline(timeout),
		signal,
		purpose: 'start',
	};
	return await queue.run(start, policy);
}

/** Anything else, a redirect or an unreadable page for example, may have come after the request was taken. */
function surelyDidNothing(failure: unknown): boolean {
	return (
		hadNoEffect(failure) || (failure instanceof MotiveFailure && REFUSALS.includes(failure.kind))
	);
}

function leavesOpen(failure: unknown): boolean {
	return !(failure instanceof MotiveFailure) || LEAVE_OPEN.includes(failure.kind);
}

function outcomeUnknown(failure: unknown): MotiveFailure {
	const facts = failure instanceof MotiveFailure ? failure.facts : {};
	return new MotiveFailure('outcomeUnknown', facts);
}

/** What Motive says of a vehicle or asset that is deactivated, as far as that is known. */
const OUT_OF_USE = /\b(vehicle|asset)\b.*\b(deactivated|inactive|not active)\b/i;

/** The refusal with what is known of its reason. */
function explained(refusal: unknown, needs: string): Error {
	if (!(refusal instanceof MotiveFailure)) return asError(refusal);
	const { kind, facts } = refusal;
	if (kind === 'notFound' && facts.isPage !== true)
		return new MotiveFailure(kind, { detail: `Motive did not find ${needs}`, ...facts });
	if (kind === 'refused' && OUT_OF_USE.test(facts.serviceText ?? '')) {
		const advice =
			'Activate it in the Motive Dashboard, or choose another one. Get Many has the filter Status for those in use.';
		return new MotiveFailure(kind, { advice, ...facts });
	}
	return refusal;
}

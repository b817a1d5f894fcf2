import { readCapture, type CaptureAnswer, type CaptureQuestion } from '../../capture/captureState';
import { hadNoEffect, mayPass, MotiveFailure } from '../../capture/failure';
import type { JsonObject } from '../../capture/json';
import type { Job } from '../../capture/scheduler';
import { fetchImage } from './fetchImage';
import type { FinishedCapture } from './captureJson';
import type { CaptureSession } from './captureSession';
import type { CaptureOptions } from './readInput';

/** How far a capture has come; a position that Motive refuses may be left out instead of failing. */
export type CaptureProgress = { answer: CaptureAnswer } | { leftOut: MotiveFailure };

/** How a capture ended. */
export type CaptureResult = FinishedCapture | { leftOut: MotiveFailure };

/** One capture of one input item. */
export interface CaptureJob extends Job<CaptureProgress, CaptureResult> {
	itemIndex: number;
	/** What it is called while it has no request id. */
	subject: string;
}

/** What is done with a capture once it is there. */
export interface CaptureWish {
	itemIndex: number;
	/** Whether to wait for the picture. */
	wait: boolean;
	/** Whether to download it. */
	download: boolean;
	options: CaptureOptions;
}

/** A capture to be started. */
export interface CaptureOrder {
	kind: 'vehicle' | 'asset';
	id: number;
	position: string;
	/** Whether a refusal leaves the position out instead of failing. */
	onlyWhereAvailable: boolean;
}

/** The job that starts a capture, and waits for it where wished. */
export function captureJob(session: CaptureSession, order: CaptureOrder, wish: CaptureWish): CaptureJob {
	const work = `${wish.itemIndex}:${order.kind}:${order.id}:${order.position}`;
	const known = session.started.find(work);
	const resumed = known?.answer && { answer: { answer: known.answer }, startedAt: known.startedAt };
	return {
		...commonJob(session, wish, () => session.started.forget(work)),
		subject: `image capture of ${order.kind} ${order.id}, ${order.position}`,
		source: `${order.kind} ${order.id}`,
		...(resumed && { resumed }),
		mayRepeatStart: hadNoEffect,
		start: async () => {
			if (known) throw new MotiveFailure('outcomeUnknown');
			return await startCapture(session, order, wish.options, work);
		},
	};
}

/** The job that fetches a capture that was started elsewhere, and waits for it where wished. */
export function fetchJob(
	session: CaptureSession,
	question: Required<Pick<CaptureQuestion, 'cameraType' | 'requestId'>>,
	wish: CaptureWish,
): CaptureJob {
	return {
		...commonJob(session, wish, () => undefined),
		subject: nameOf(question),
		mayRepeatStart: mayPass,
		start: async () => ({ answer: await askForCapture(session, question) }),
	};
}

/** What a capture is called in messages. */
export function nameOf({ requestId, cameraType }: { requestId: number; cameraType: string }): string {
	return `${cameraType} image capture ${requestId}`;
}

/** The body of `POST /v1/image_captures`; the user's fields win, and null takes a field out. */
export function captureBody({ kind, id, position }: CaptureOrder, extra: JsonObject): JsonObject {
	const body: JsonObject = { [`${kind}_id`]: id, position, ...extra };
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

function commonJob(session: CaptureSession, wish: CaptureWish, onFailed: () => void) {
	const { itemIndex, wait, options } = wish;
	return {
		itemIndex,
		wait,
		check: async (progress: CaptureProgress, patience: number) =>
			'leftOut' in progress ? progress : { answer: await askForCapture(session, progress.answer, patience) },
		stateOf: (progress: CaptureProgress) => ('leftOut' in progress ? 'failed' : progress.answer.state),
		async finish(progress: CaptureProgress, trouble?: MotiveFailure): Promise<CaptureResult> {
			if ('leftOut' in progress) return progress;
			const { answer } = progress;
			if (answer.state === 'failed') onFailed();
			if (answer.state === 'ready') {
				return wish.download && !session.isToolCall ? await fetchImage(session, answer, askForCapture) : { answer };
			}
			if (wait && options.whenUnavailable === 'error') throw unavailable(answer, options, trouble);
			return { answer };
		},
	};
}

function unavailable(answer: CaptureAnswer, { timeout }: CaptureOptions, trouble?: MotiveFailure): MotiveFailure {
	if (answer.state === 'failed') {
		return new MotiveFailure('failed', { detail: `Motive’s status for ${answer.position} is “${answer.status}”.` });
	}
	const noPicture = `No picture after ${timeout / 1_000} seconds`;
	return new MotiveFailure('timedOut', {
		detail: trouble ? `${noPicture}, and no answer from Motive in the end` : noPicture,
	});
}

async function startCapture(
	session: CaptureSession,
	order: CaptureOrder,
	{ extraBody, timeout }: CaptureOptions,
	work: string,
): Promise<CaptureProgress> {
	const { api, clock, deadline, started } = session;
	if (clock.now() > deadline) {
		throw new MotiveFailure('rateLimited', { detail: `Not started within ${timeout / 1_000} seconds` });
	}
	const startedAt = clock.now();
	started.noteRequest(work, startedAt);
	const [sent] = await Promise.allSettled([
		api.send({ method: 'POST', path: '/v1/image_captures', body: captureBody(order, extraBody) }),
	]);
	if (sent.status === 'fulfilled') {
		const answer = readCapture(sent.value, { position: order.position });
		started.noteAnswer(work, answer, startedAt);
		return { answer };
	}
	const failure: unknown = sent.reason;
	if (!(failure instanceof MotiveFailure) || failure.kind === 'unavailable' || failure.kind === 'noAnswer') {
		throw new MotiveFailure('outcomeUnknown', failure instanceof MotiveFailure ? failure.facts : {});
	}
	started.forget(work);
	if (order.onlyWhereAvailable && isRefusal(failure)) return { leftOut: failure };
	throw failure;
}

function isRefusal({ kind, facts }: MotiveFailure): boolean {
	return (kind === 'refused' || kind === 'notFound') && facts.status !== undefined;
}

async function askForCapture(
	session: CaptureSession,
	question: { requestId: number; cameraType: string; position?: string },
	patience?: number,
): Promise<CaptureAnswer> {
	const body = await session.api.send({
		method: 'GET',
		path: `/v1/image_captures/${encodeURIComponent(question.cameraType)}/${question.requestId}`,
		...(patience !== undefined && { patience }),
	});
	return readCapture(body, question);
}

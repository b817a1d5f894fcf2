import { readInteger } from '../../motive/answer';
import { readCapture, type CaptureAnswer, type CaptureQuestion } from '../../motive/imageCapture';
import { MotiveFailure } from '../../motive/failure';
import { isObject, withoutUrls, type JsonObject } from '../../motive/json';
import { positionName } from '../../motive/positionName';
import { PICTURE } from '../../transport/fileType';
import type { MotiveRequest } from '../../transport/request';
import { fetchFile, type MediaFile } from '../../runs/files';
import { mergeFields } from '../../parameters/readers';
import type { WorkJob } from '../../runs/job';
import { startOnce, type StartRequest } from '../../runs/startOnce';
import { fileBaseName, type FinishedCapture } from './captureJson';
import type { CaptureSession } from './captureSession';
import type { CaptureOptions } from './readInput';
import type { Whereabouts } from './vehicleLocation';

/** A position that Motive refused, where the user asked for whatever there is. */
export interface LeftOut {
	leftOut: MotiveFailure;
	order: CaptureOrder;
}

/** How far a capture has come. */
export type CaptureProgress = { answer: CaptureAnswer } | LeftOut;

/** How a capture ended. */
export type CaptureResult = FinishedCapture | LeftOut;

/** One capture of one input item. */
export type CaptureJob = WorkJob<CaptureProgress, CaptureResult>;

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
	/** What the user calls the vehicle or asset, as far as that is known. */
	name: string;
	position: string;
	/** Whether a refusal leaves the position out instead of failing. */
	onlyWhereAvailable: boolean;
}

/** The job that starts a capture, and waits for it where wished. */
export function captureJob(
	session: CaptureSession,
	order: CaptureOrder,
	wish: CaptureWish,
): CaptureJob {
	const { kind, id, name, position } = order;
	const work = `${wish.itemIndex}:${kind}:${id}:${position}`;
	const known = session.started.find(work);
	const resumed = known?.answer && { answer: { answer: known.answer }, startedAt: known.startedAt };
	return {
		...commonJob(session, wish, () => session.started.forget(work)),
		subject: `image capture of ${name}, ${positionName(position)}`,
		source: `${kind} ${id}`,
		...(resumed && { resumed }),
		start: async (signal) => {
			const start: StartRequest<CaptureAnswer> = {
				work,
				request: {
					method: 'POST',
					path: '/v1/image_captures',
					body: captureBody(order, wish.options.extraBody),
				},
				read: (body) => readCapture(body, { position }),
				nameOf,
				toRemember: withoutAddresses,
			};
			const [sent] = await Promise.allSettled([startOnce(session, session.started, start, signal)]);
			if (sent.status === 'fulfilled') return { answer: sent.value };
			if (order.onlyWhereAvailable && isRefusal(sent.reason))
				return { leftOut: sent.reason, order };
			throw sent.reason;
		},
	};
}

/** The job that fetches a capture that was started elsewhere, and waits for it where wished. */
export function fetchJob(
	session: CaptureSession,
	question: CaptureName,
	wish: CaptureWish,
): CaptureJob {
	return {
		...commonJob(session, wish, () => undefined),
		subject: nameOf(question),
		start: async (signal) => ({
			answer: readCapture(await session.read(questionFor(question), signal), question),
		}),
	};
}

/** The two words by which Motive knows a capture. */
export type CaptureName = Required<Pick<CaptureQuestion, 'cameraType' | 'requestId'>>;

/** What a capture is called in messages, for example `dashcam image capture 90312 of T-118, Front Facing`. */
export function nameOf({
	requestId,
	cameraType,
	sourceName,
	position,
}: CaptureName & Partial<CaptureAnswer>): string {
	const of = sourceName === undefined ? '' : ` of ${sourceName}`;
	const by = position === undefined || position === '' ? '' : `, ${positionName(position)}`;
	return `${cameraType} image capture ${requestId}${of}${by}`;
}

/** The body of `POST /v1/image_captures`; the user's fields win, and null takes a field out. */
export function captureBody({ kind, id, position }: CaptureOrder, extra: JsonObject): JsonObject {
	return mergeFields({ [`${kind}_id`]: id, position }, extra);
}

function commonJob(session: CaptureSession, wish: CaptureWish, onFailed: () => void) {
	const { itemIndex, wait, options } = wish;
	return {
		itemIndex,
		wait,
		async check(
			progress: CaptureProgress,
			patience: number,
			signal: AbortSignal,
		): Promise<CaptureProgress> {
			if ('leftOut' in progress) return progress;
			const request = { ...questionFor(progress.answer), patience };
			return { answer: readCapture(await session.readOnce(request, signal), progress.answer) };
		},
		stateOf: (progress: CaptureProgress) =>
			'leftOut' in progress ? 'failed' : progress.answer.state,
		async finish(
			progress: CaptureProgress,
			signal: AbortSignal,
			trouble?: MotiveFailure,
		): Promise<CaptureResult> {
			if ('leftOut' in progress) return progress;
			const { answer } = progress;
			if (answer.state === 'failed') onFailed();
			const isReady = answer.state === 'ready';
			if (!isReady && wait && options.whenUnavailable === 'error')
				throw unavailable(answer, options, trouble);
			const download = isReady && wish.download && !session.isToolCall;
			const [capture, whereabouts] = await Promise.all([
				download ? fetchPicture(session, answer, signal) : { answer },
				options.includeLocation ? locateSource(session, answer) : undefined,
			]);
			return { ...capture, ...(whereabouts && { whereabouts }) };
		},
	};
}

async function fetchPicture(
	session: CaptureSession,
	answer: CaptureAnswer,
	signal: AbortSignal,
): Promise<FinishedCapture> {
	const picture: MediaFile<CaptureAnswer> = {
		answer,
		sourceIn: (from) => ({ url: from.image?.url, kind: PICTURE, baseName: fileBaseName(from) }),
		renew: async (until) => readCapture(await session.read(questionFor(answer), until), answer),
	};
	return await fetchFile(session, picture, signal);
}

/** Assets have no Vehicle Gateway, so there is no location to be had with this request. */
async function locateSource(
	session: CaptureSession,
	{ json }: CaptureAnswer,
): Promise<Whereabouts | undefined> {
	const id = isObject(json['vehicle']) ? readInteger(json['vehicle']['id']) : undefined;
	return id === undefined ? undefined : await session.locate(id);
}

function unavailable(
	answer: CaptureAnswer,
	{ timeout }: CaptureOptions,
	trouble?: MotiveFailure,
): MotiveFailure {
	if (answer.state === 'failed') {
		return new MotiveFailure('failed', {
			detail: `Motive’s status for ${positionName(answer.position)} is “${answer.status}”.`,
		});
	}
	const noPicture = `No picture after ${timeout / 1_000} seconds`;
	return new MotiveFailure('timedOut', {
		detail: trouble ? `${noPicture}, and no answer from Motive in the end` : noPicture,
	});
}

function isRefusal(failure: unknown): failure is MotiveFailure {
	if (!(failure instanceof MotiveFailure) || failure.facts.status === undefined) return false;
	return failure.kind === 'refused' || failure.kind === 'notFound';
}

function questionFor({ cameraType, requestId }: CaptureName): MotiveRequest {
	return {
		method: 'GET',
		path: `/v1/image_captures/${encodeURIComponent(cameraType)}/${requestId}`,
	};
}

/** The answer is kept with the execution, where a presigned address has no business. */
function withoutAddresses(answer: CaptureAnswer): CaptureAnswer {
	const kept = { ...answer, json: withoutUrls(answer.json) };
	delete kept.image;
	return kept;
}

import { MotiveFailure } from './failure';
import { baseNameOf } from './text';
import { stateOfStatus, type JobAnswer } from './jobAnswer';
import { isObject, type JsonObject } from './json';
import { parseInteger, parseObject, parseSourceName, parseText, unwrap } from './parse';
import { positionName } from './positions';

/** The two words by which Motive knows an image capture. */
export interface CaptureKey {
	requestId: number;
	/** Motive's word for the kind of camera. */
	cameraType: string;
}

/** The image of a capture, with Motive's own field names. */
export interface CaptureImage {
	position: string;
	/** Presigned and short-lived: whoever has it can see the image. */
	url?: string;
	expires_at?: string;
}

/** An image capture as Motive describes it. */
export interface ImageCapture extends JobAnswer, CaptureKey {
	position: string;
	/** Null until Motive has one. */
	image: CaptureImage | null;
}

/** What was asked for, to fill in what an answer leaves out. */
export type AskedCapture = Partial<CaptureKey> & { position?: string };

/**
 * Parses an answer of `POST /v1/image_captures` or `GET /v1/image_captures/{camera_type}/{request_id}`, flat or wrapped
 * in a single key. An image that is there counts more than any status word.
 *
 * @throws MotiveFailure `unreadable` when it is no image capture: no object, no request ID, no camera type
 * @see https://developer-docs.gomotive.com/reference/fetch-the-captured-image
 */
export function parseImageCapture(body: unknown, asked: AskedCapture = {}): ImageCapture {
	const json = unwrap(body, ['request_id', 'status', 'images']);
	if (!json) throw new MotiveFailure('unreadable');
	const requestId = parseInteger(json, 'request_id') ?? asked.requestId;
	if (requestId === undefined) {
		throw new MotiveFailure('unreadable', { detail: 'The answer has no request ID' });
	}
	const cameraType = parseText(json, 'camera_type') ?? asked.cameraType;
	if (cameraType === undefined) {
		const detail = `The answer to request ${requestId} does not name a camera type`;
		throw new MotiveFailure('unreadable', { detail });
	}
	const position = parseText(json, 'position') ?? asked.position;
	const image = parseImage(parseObject(json, 'images'), position);
	const status = parseText(json, 'status') ?? '';
	return {
		requestId,
		cameraType,
		position: position ?? image?.position ?? '',
		status,
		state: image?.url === undefined ? stateOfStatus(status) : 'ready',
		image,
		sourceName: parseSourceName(json),
		json,
	};
}

/** What an image capture is called, for example `dashcam image capture 90312 of T-118, Front Facing`. */
export function captureName({
	requestId,
	cameraType,
	sourceName = null,
	position = '',
}: CaptureKey & Partial<ImageCapture>): string {
	const of = sourceName === null ? '' : ` of ${sourceName}`;
	const by = position === '' ? '' : `, ${positionName(position)}`;
	return `${cameraType} image capture ${requestId}${of}${by}`;
}

/** The name of its file without extension, made of what a person recognises, for example `T-118_rear_90312`. */
export function imageBaseName({ sourceName, position, requestId }: ImageCapture): string {
	return baseNameOf(sourceName ?? '', position, String(requestId));
}

function parseImage(images: JsonObject, position: string | undefined): CaptureImage | null {
	const [name = '', entry] = entryOf(images, position) ?? [];
	if (!isObject(entry)) return null;
	const url = parseText(entry, 'url');
	const expiresAt = parseText(entry, 'expires_at');
	return {
		position: name,
		...(url !== null && { url }),
		...(expiresAt !== null && { expires_at: expiresAt }),
	};
}

function entryOf(images: JsonObject, position: string | undefined): [string, unknown] | undefined {
	const entries = Object.entries(images);
	return (
		entries.find(([name]) => name === position) ?? (entries.length === 1 ? entries[0] : undefined)
	);
}

import { MotiveFailure } from './failure';
import { stateWithoutLinks, throwIfOther, unreadable, type JobAnswer } from './jobAnswer';
import type { JsonObject } from './json';
import { isLinked, parseMedia, type LinkedMedium } from './media';
import {
	isWord,
	nameOfSource,
	parseInteger,
	parseSource,
	parseText,
	parseValue,
	unwrap,
} from './parse';
import { positionName } from './positions';
import { firstOf } from './text';

/** Stands for a camera type that is not known. */
export const AUTOMATIC = 'auto';

/** The camera types that are known, likeliest first. */
export const CAMERA_TYPES = ['dashcam', 'omnicam'] as const;

/** The two words by which Motive knows an image capture. */
export interface CaptureKey {
	requestId: number;
	/** Motive's word for the kind of camera. */
	cameraType: string;
}

/** An image capture as Motive describes it. */
export interface ImageCapture extends JobAnswer, CaptureKey {
	/** Empty where nobody has named one. */
	position: string;
	/** None until Motive has one, and usually one; several where Motive names several cameras or images. */
	images: LinkedMedium[];
}

/** What was asked for: it fills in what an answer leaves out, and an answer to another question is found out by it. */
export type AskedCapture = Partial<Pick<ImageCapture, 'source' | 'position'> & CaptureKey>;

/** Fields of which an image capture has at least one (in lower case). */
export const CAPTURE_MARKS = ['request_id', 'status', 'images'];

/**
 * Parses an answer of `POST /v1/image_captures` or `GET /v1/image_captures/{camera_type}/{request_id}`, flat or wrapped
 * in a single key. An image that is there counts more than any status word, and without one no word means that the
 * capture is ready.
 *
 * @throws MotiveFailure `unreadable` when it is no image capture (no object, no request ID, no camera type), or another
 * one than was asked for
 * @see https://developer-docs.gomotive.com/reference/fetch-the-captured-image
 */
export function parseImageCapture(body: unknown, asked: AskedCapture = {}): ImageCapture {
	const json = unwrap(body, CAPTURE_MARKS);
	if (!json) throw new MotiveFailure('unreadable');
	const requestId = parseInteger(json, 'request_id') ?? asked.requestId;
	if (requestId === undefined) throw unreadable('The answer has no request ID');
	const source = parseSource(json) ?? asked.source ?? null;
	throwIfOther(
		'image capture',
		{ id: requestId, source },
		{ ...asked, id: asked.requestId ?? requestId },
	);
	const position = parseText(json, 'position') ?? asked.position ?? '';
	const images = imagesOf(parseValue(json, 'images'), position);
	const status = parseText(json, 'status') ?? '';
	return {
		requestId,
		// That of the start is the one that belongs into the path.
		cameraType: asked.cameraType ?? parseCameraType(json, requestId),
		position: position === '' && images.length === 1 ? (images[0]?.position ?? '') : position,
		status,
		state: images.length > 0 ? 'ready' : stateWithoutLinks(status),
		images,
		source,
		sourceName: nameOfSource(source),
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
	const kind = cameraType === AUTOMATIC ? '' : `${cameraType} `;
	return `${kind}image capture ${requestId}${of}${by}`;
}

/** The images of the position that was asked for, or whatever came where there is none. */
function imagesOf(value: unknown, position: string): LinkedMedium[] {
	const images = parseMedia(value, { position, name: 'image' }).filter(isLinked);
	const wanted = images.filter((image) => image.position === position);
	return wanted.length > 0 ? wanted : images;
}

function parseCameraType(json: JsonObject, requestId: number): string {
	const cameraType = parseText(json, 'camera_type');
	if (cameraType === null)
		throw unreadable(`The answer to request ${requestId} does not name a camera type`);
	if (!isWord(cameraType)) {
		const word = firstOf(cameraType, 40);
		throw unreadable(
			`The answer to request ${requestId} names a camera type that is none, “${word}”`,
		);
	}
	return cameraType;
}

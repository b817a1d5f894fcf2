import { readInteger, readSourceName, readText, unwrap } from './answer';
import { MotiveFailure } from './failure';
import { isObject, type JsonObject } from './json';

/** What can be done with a capture: use it, wait for it, or give it up. */
export type CaptureState = 'ready' | 'pending' | 'failed';

/** The picture of a capture, with Motive's own field names. */
export interface CaptureImage {
	position: string;
	/** Presigned and short-lived: whoever has it can see the picture. */
	url?: string;
	expires_at?: string;
}

/** A capture as Motive answered, read with tolerance and checked. */
export interface CaptureAnswer {
	requestId: number;
	/** Motive's word for the kind of camera; needed to ask for the capture again. */
	cameraType: string;
	position: string;
	/** Motive's own status word, unchanged. */
	status: string;
	state: CaptureState;
	/** Present as soon as Motive gives one. */
	image?: CaptureImage;
	/** Fleet number of the vehicle or name of the asset; their id where the answer has no more. */
	sourceName?: string;
	/** The answer itself, out of its wrapper and otherwise untouched. */
	json: JsonObject;
}

/** What was asked for, to fill in what an answer leaves out. */
export interface CaptureQuestion {
	requestId?: number;
	cameraType?: string;
	position?: string;
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

/**
 * Reads an answer of `POST /v1/image_captures` or `GET /v1/image_captures/{camera_type}/{request_id}`,
 * flat or wrapped in a single key.
 *
 * @throws MotiveFailure `unreadable` when it is not a capture: no object, no request id, no camera type
 * @see https://developer-docs.gomotive.com/reference/fetch-the-captured-image
 */
export function readCapture(body: unknown, question: CaptureQuestion = {}): CaptureAnswer {
	const json = unwrap(body, ['request_id', 'status', 'images']);
	if (!json) throw new MotiveFailure('unreadable');
	const requestId = readInteger(json['request_id']) ?? question.requestId;
	if (requestId === undefined)
		throw new MotiveFailure('unreadable', { detail: 'The answer has no request ID' });
	const cameraType = readText(json['camera_type']) ?? question.cameraType;
	if (cameraType === undefined) {
		throw new MotiveFailure('unreadable', {
			detail: `The answer to request ${requestId} does not name a camera type`,
		});
	}
	const asked = readText(json['position']) ?? question.position;
	const image = readImage(json['images'], asked);
	const status = readText(json['status']) ?? '';
	const sourceName = readSourceName(json);
	return {
		requestId,
		cameraType,
		position: asked ?? image?.position ?? '',
		status,
		state: stateOf(status, image),
		json,
		...(image && { image }),
		...(sourceName !== undefined && { sourceName }),
	};
}

/**
 * The state behind a status word. A picture that is there counts more than any word;
 * words that nobody has seen yet mean that the capture is still on its way.
 */
export function stateOf(status: string, image: CaptureImage | undefined): CaptureState {
	const word = status
		.trim()
		.toLowerCase()
		.replaceAll(/[\s-]+/g, '_');
	if (image?.url !== undefined || word === 'success') return 'ready';
	return FAILED_STATUSES.has(word) ? 'failed' : 'pending';
}

function readImage(images: unknown, position: string | undefined): CaptureImage | undefined {
	if (!isObject(images)) return undefined;
	const [name = '', entry] = entryOf(images, position) ?? [];
	if (!isObject(entry)) return undefined;
	const url = readText(entry['url']);
	const expiresAt = readText(entry['expires_at']);
	return {
		position: name,
		...(url !== undefined && { url }),
		...(expiresAt !== undefined && { expires_at: expiresAt }),
	};
}

function entryOf(images: JsonObject, position: string | undefined): [string, unknown] | undefined {
	const entries = Object.entries(images);
	return (
		entries.find(([name]) => name === position) ?? (entries.length === 1 ? entries[0] : undefined)
	);
}

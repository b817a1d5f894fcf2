import type { CaptureAnswer, CaptureState } from '../../motive/imageCapture';
import type { JsonObject } from '../../motive/json';
import type { StoredFile } from '../../transport/download';
import { baseNameOf } from '../../motive/fileName';
import { outputJson, successJson } from '../../runs/outputJson';
import type { Whereabouts } from './vehicleLocation';

/** A capture with the file that was made of it, if one was. */
export interface FinishedCapture {
	answer: CaptureAnswer;
	stored?: StoredFile;
	/** Where the vehicle is, if that was asked for. */
	whereabouts?: Whereabouts;
}

/**
 * The `json` of a capture: Motive's answer with its own field names, plus `state`, plus `image` once there is one, plus
 * `location` where that was asked for and is known.
 */
export function captureJson(
	{ answer, stored, whereabouts }: FinishedCapture,
	includeUrl: boolean,
): JsonObject {
	const file = stored && {
		fileName: stored.fileName,
		mimeType: stored.mimeType,
		fileSize: stored.fileSize,
	};
	const own = {
		state: answer.state,
		...(whereabouts && 'location' in whereabouts && { location: whereabouts.location }),
		...(answer.state === 'ready' && {
			image: { position: answer.position, ...answer.image, ...file },
		}),
	};
	const json: JsonObject = {
		request_id: answer.requestId,
		camera_type: answer.cameraType,
		position: answer.position,
		status: answer.status,
		...successJson(answer.json, own),
	};
	return outputJson(json, includeUrl);
}

/** The state of several captures together. */
export function commonState(states: readonly CaptureState[]): CaptureState | 'partial' {
	if (states.every((state) => state === 'ready')) return 'ready';
	if (states.includes('ready')) return 'partial';
	return states.includes('pending') ? 'pending' : 'failed';
}

/** The name of a capture's file without extension, made of what a person recognises, for example `T-118_rear_90312`. */
export function fileBaseName({ sourceName, position, requestId }: CaptureAnswer): string {
	return baseNameOf(sourceName ?? '', position, String(requestId));
}

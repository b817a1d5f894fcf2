/** The requests of the probe, in one place, so that a dry run shows what a real one sends. */
import { CAPTURE_FORMS, type CaptureTarget } from '../../nodes/Motive/motive/captureForms.ts';
import { CAMERA_TYPES, type CaptureKey } from '../../nodes/Motive/motive/imageCapture.ts';
import { VEHICLES } from '../../nodes/Motive/motive/lists.ts';
import type { ProbeRequest } from './api.mts';

/** As many vehicles as are shown to choose from. */
const VEHICLES_SHOWN = 25;

/** The largest number that Motive documents for an id. */
const UNKNOWN_ID = 2_147_483_647;

/** A position that no camera has. */
const NO_POSITION = 'no_such_position';

/** Tells whether Motive takes the key. */
export const checkKey: ProbeRequest = get('/v1/companies');

/** The first vehicles. */
export const listVehicles: ProbeRequest = {
	...get(VEHICLES.path),
	query: { per_page: VEHICLES_SHOWN },
};

/** The vehicle with this fleet number. */
export function findVehicle(number: string): ProbeRequest {
	return { ...get('/v1/vehicles/lookup'), query: { number } };
}

/** Starts a capture in one of the forms, counted from 1. */
export async function startIn(form: number, target: CaptureTarget): Promise<ProbeRequest> {
	const body = await CAPTURE_FORMS[form - 1]?.(target);
	const path = '/v1/image_captures';
	return { method: 'POST', path, route: path, ...(body && { body }) };
}

/** A start that must be refused: in the form that Motive takes, with a position that no camera has. */
export async function startNowhere(form: number, target: CaptureTarget): Promise<ProbeRequest> {
	return await startIn(form, { ...target, position: NO_POSITION });
}

/** Asks how a capture stands. */
export function lookAt({ cameraType, requestId }: CaptureKey): ProbeRequest {
	return {
		method: 'GET',
		path: `/v1/image_captures/${encodeURIComponent(cameraType)}/${requestId}`,
		route: '/v1/image_captures/{camera_type}/{request_id}',
	};
}

/** Asks for a capture under the kind of camera that it is not of. */
export function lookAtOther({ cameraType, requestId }: CaptureKey): ProbeRequest {
	const other = CAMERA_TYPES.find((type) => type !== cameraType) ?? cameraType;
	return lookAt({ cameraType: other, requestId });
}

/** Asks for a capture that does not exist. */
export function lookAtNone(): ProbeRequest {
	return lookAt({ cameraType: CAMERA_TYPES[0], requestId: UNKNOWN_ID });
}

function get(path: string): ProbeRequest {
	return { method: 'GET', path, route: path };
}

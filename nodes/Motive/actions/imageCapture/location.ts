import { MotiveFailure } from '../../motive/failure';
import type { ImageCapture } from '../../motive/imageCapture';
import { isObject, type JsonObject } from '../../motive/json';
import { requestLocations } from '../../runs/vehicleLocations';
import { errorText } from '../../transport/errorTexts';
import type { SendRequest } from '../../transport/request';

/** Where a vehicle is, in Motive's words; or why that is not known. */
export type Whereabouts = { location: JsonObject } | { missing: string };

/** An image capture, and where its vehicle is if that was asked for. */
export interface LocatedCapture extends ImageCapture {
	whereabouts?: Whereabouts;
}

/**
 * The newest location of a vehicle; each vehicle is asked for once per run of the node. A picture counts without its
 * place, so nothing is repeated and nothing thrown.
 *
 * @param request how to send a request, without repeating it
 * @returns a function from vehicle id to its whereabouts
 */
export function vehicleLocations(
	request: SendRequest,
): (vehicleId: number) => Promise<Whereabouts> {
	const known = new Map<number, Promise<Whereabouts>>();
	return async (vehicleId) => {
		const found = known.get(vehicleId) ?? locate(request, vehicleId);
		known.set(vehicleId, found);
		return await found;
	};
}

async function locate(request: SendRequest, vehicleId: number): Promise<Whereabouts> {
	try {
		const located = await requestLocations(request, new Set([vehicleId]));
		const location = located.get(vehicleId)?.['current_location'];
		return isObject(location) ? { location } : { missing: 'Motive knows none' };
	} catch (error) {
		return { missing: reasonOf(error) };
	}
}

function reasonOf(failure: unknown): string {
	return failure instanceof MotiveFailure
		? errorText(failure, 'vehicle locations').message
		: 'it could not be read';
}

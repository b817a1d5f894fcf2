import { MotiveFailure } from '../../motive/failure';
import type { ImageCapture } from '../../motive/imageCapture';
import { isObject, type JsonObject } from '../../motive/json';
import { VEHICLE_LOCATIONS } from '../../motive/lists';
import { errorText } from '../../transport/errorTexts';
import { requestAll } from '../../transport/paging';
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
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
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
		const [vehicle] = await requestAll(request, VEHICLE_LOCATIONS, {
			query: { vehicle_id: vehicleId },
			accepts: ({ id }) => String(id) === String(vehicleId),
			limit: 1,
		});
		const location = vehicle?.['current_location'];
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

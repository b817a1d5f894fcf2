import { isObject, type JsonObject } from '../../motive/json';
import { errorText } from '../../transport/errorTexts';
import { MotiveFailure } from '../../motive/failure';
import { readAll, VEHICLE_LOCATIONS } from '../../transport/lists';
import type { MotiveApi } from '../../transport/request';

/** Where a vehicle is, in Motive's words; or why that is not known. */
export type Whereabouts = { location: JsonObject } | { missing: string };

/**
 * The newest location of a vehicle; each vehicle is asked for once per run of the node. A picture counts without its
 * place, so nothing is repeated and nothing thrown.
 *
 * @param read how to send a request that only reads, without repeating it
 * @returns a function from vehicle id to its whereabouts
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export function vehicleLocations(
	read: MotiveApi['send'],
): (vehicleId: number) => Promise<Whereabouts> {
	const known = new Map<number, Promise<Whereabouts>>();
	return async (vehicleId) => {
		const found = known.get(vehicleId) ?? locate(read, vehicleId);
		known.set(vehicleId, found);
		return await found;
	};
}

async function locate(read: MotiveApi['send'], vehicleId: number): Promise<Whereabouts> {
	const [answer] = await Promise.allSettled([
		readAll(read, VEHICLE_LOCATIONS, {
			query: { vehicle_id: vehicleId },
			accepts: ({ id }) => String(id) === String(vehicleId),
			limit: 1,
		}),
	]);
	if (answer.status === 'rejected') return { missing: reasonOf(answer.reason) };
	const location = answer.value[0]?.['current_location'];
	return isObject(location) ? { location } : { missing: 'Motive knows none' };
}

function reasonOf(failure: unknown): string {
	return failure instanceof MotiveFailure
		? errorText(failure, 'vehicle locations').message
		: 'it could not be read';
}

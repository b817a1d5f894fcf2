import type { JsonObject } from '../motive/json';
import { VEHICLE_LOCATIONS } from '../motive/lists';
import { parseInteger } from '../motive/parse';
import { requestAll } from '../transport/paging';
import type { SendRequest } from '../transport/request';

/** Most vehicles that are asked for one by one. For more of them the list of all is read, a hundred with each request. */
const FEW = 5;

/**
 * Requests where vehicles are now.
 *
 * @returns vehicles with their `current_location`, by id; those without a Vehicle Gateway, and those that are deactivated,
 * are missing
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export async function requestLocations(
	request: SendRequest,
	ids: ReadonlySet<number>,
): Promise<Map<number | null, JsonObject>> {
	const read = async (wanted: ReadonlySet<number>, query = {}) =>
		await requestAll(request, VEHICLE_LOCATIONS, {
			query,
			accepts: (vehicle) => wanted.has(parseInteger(vehicle, 'id') ?? NaN),
			limit: wanted.size,
		});
	const oneByOne = async () =>
		await Promise.all([...ids].map(async (id) => await read(new Set([id]), { vehicle_id: id })));
	const vehicles = ids.size > FEW ? await read(ids) : (await oneByOne()).flat();
	return new Map(vehicles.map((vehicle) => [parseInteger(vehicle, 'id'), vehicle]));
}

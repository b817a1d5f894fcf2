import type { JsonObject } from '../motive/json';
import { VEHICLE_LOCATIONS } from '../motive/lists';
import { parseInteger } from '../motive/parse';
import { requestAll, requestAllWithin } from '../transport/paging';
import type { SendRequest } from '../transport/request';
import { FEW_RECORDS } from './lookUp';

/**
 * Requests where vehicles are now: a hundred with each request where that takes fewer requests than one for each of them.
 *
 * @returns vehicles with their `current_location`, by id; those without a Vehicle Gateway, and those that are deactivated,
 * are missing
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export async function requestLocations(
	request: SendRequest,
	ids: ReadonlySet<number>,
): Promise<Map<number | null, JsonObject>> {
	const wantedAmong = (wanted: ReadonlySet<number>) => ({
		accepts: (vehicle: JsonObject) => wanted.has(parseInteger(vehicle, 'id') ?? NaN),
		limit: wanted.size,
		sideBySide: true,
	});
	const inList = async () =>
		await requestAllWithin(ids.size, request, VEHICLE_LOCATIONS, wantedAmong(ids));
	const single = async (id: number) =>
		await requestAll(request, VEHICLE_LOCATIONS, {
			...wantedAmong(new Set([id])),
			query: { vehicle_id: id },
		});
	const listed = ids.size > FEW_RECORDS ? await inList() : undefined;
	const vehicles = listed ?? (await Promise.all([...ids].map(single))).flat();
	return new Map(vehicles.map((vehicle) => [parseInteger(vehicle, 'id'), vehicle]));
}

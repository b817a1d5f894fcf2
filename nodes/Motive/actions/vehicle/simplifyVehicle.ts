import type { JsonObject } from '../../motive/json';
import { isActive, pickPlain } from '../../motive/facts';
import { readId, readName, readObject } from '../../motive/parse';

/** A vehicle as one row of a table. */
export function simplifyVehicle(vehicle: JsonObject): JsonObject {
	const driver = readObject(vehicle, 'current_driver');
	return {
		...pickPlain(vehicle, ['id', 'number']),
		active: isActive(vehicle),
		...pickPlain(vehicle, ['make', 'model', 'year', 'vin']),
		driver_id: readId(driver, 'id'),
		driver_name: readName(driver),
		...pickPlain(vehicle, ['updated_at']),
	};
}

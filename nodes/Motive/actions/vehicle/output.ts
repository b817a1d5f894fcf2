import type { JsonObject } from '../../motive/json';
import { parseId, parseName, parseObject } from '../../motive/parse';
import { isActive, pickPlain } from '../../motive/records';

/** A vehicle as one row of a table. */
export function simplifyVehicle(vehicle: JsonObject): JsonObject {
	const driver = parseObject(vehicle, 'current_driver');
	return {
		...pickPlain(vehicle, ['id', 'number']),
		active: isActive(vehicle),
		...pickPlain(vehicle, ['make', 'model', 'year', 'vin']),
		driver_id: parseId(driver, 'id'),
		driver_name: parseName(driver),
		...pickPlain(vehicle, ['updated_at']),
	};
}

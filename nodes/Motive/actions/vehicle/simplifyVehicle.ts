import type { JsonObject } from '../../capture/json';
import { isActive, nested, personName, pickPlain, plain } from '../../fleet/facts';

/** A vehicle as one row of a table. */
export function simplifyVehicle(vehicle: JsonObject): JsonObject {
	const driver = nested(vehicle, 'current_driver');
	return {
		...pickPlain(vehicle, ['id', 'number']),
		active: isActive(vehicle),
		...pickPlain(vehicle, ['make', 'model', 'year', 'vin']),
		driver_id: plain(driver['id']),
		driver_name: personName(driver),
		...pickPlain(vehicle, ['updated_at']),
	};
}

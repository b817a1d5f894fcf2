import type { JsonObject } from '../../motive/json';
import { parseId, parseName, parseNumber, parseObject, parseText } from '../../motive/parse';
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

/** Where a vehicle is, as one row of a table; what is not known is null. Motive writes speeds in the units of the company. */
export function simplifyLocation(vehicle: JsonObject): JsonObject {
	const location = parseObject(vehicle, 'current_location');
	const driver = parseObject(vehicle, 'current_driver');
	return {
		vehicle_id: parseId(vehicle, 'id'),
		vehicle_number: parseText(vehicle, 'number'),
		...pickPlain(location, ['located_at']),
		location: parseText(location, 'description'),
		lat: parseNumber(location, 'lat'),
		lon: parseNumber(location, 'lon'),
		speed: parseNumber(location, 'speed'),
		bearing: parseNumber(location, 'bearing'),
		driver_id: parseId(driver, 'id'),
		driver_name: parseName(driver),
	};
}

import type { JsonObject } from '../../motive/json';
import { pickPlain } from '../../motive/records';
import { parseEvent } from '../../motive/event';

/** A safety event as one row of a table. */
export function simplifySafetyEvent(event: JsonObject): JsonObject {
	const { id, type, severity, location, vehicle, driver } = parseEvent(event);
	return {
		id,
		type,
		severity,
		...pickPlain(event, ['start_time']),
		location,
		vehicle_id: vehicle.id,
		vehicle_number: vehicle.number,
		driver_id: driver.id,
		driver_name: driver.name,
		...pickPlain(event, ['coaching_status']),
	};
}

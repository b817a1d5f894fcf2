import type { JsonObject } from '../../motive/json';
import { pickPlain } from '../../motive/records';
import { parseEvent } from '../../motive/event';

/** A speeding event as one row of a table; speeds in km/h, the duration in seconds. */
export function simplifySpeedingEvent(event: JsonObject): JsonObject {
	const { id, severity, vehicle, driver } = parseEvent(event);
	return {
		id,
		severity,
		...pickPlain(event, [
			'start_time',
			'duration',
			'max_over_speed_in_kph',
			'min_posted_speed_limit_in_kph',
		]),
		vehicle_id: vehicle.id,
		vehicle_number: vehicle.number,
		driver_id: driver.id,
		driver_name: driver.name,
	};
}

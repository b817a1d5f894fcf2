import type { JsonObject } from '../../motive/json';
import { parseName } from '../../motive/parse';
import { isActive, pickPlain } from '../../motive/records';

/** A driver as one row of a table. */
export function simplifyDriver(driver: JsonObject): JsonObject {
	return {
		...pickPlain(driver, ['id']),
		name: parseName(driver),
		active: isActive(driver),
		...pickPlain(driver, ['username', 'email', 'phone', 'driver_company_id']),
		...pickPlain(driver, ['duty_status', 'updated_at']),
	};
}

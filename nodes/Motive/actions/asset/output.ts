import type { JsonObject } from '../../motive/json';
import { isActive, pickPlain } from '../../motive/records';

/** An asset as one row of a table. */
export function simplifyAsset(asset: JsonObject): JsonObject {
	return {
		...pickPlain(asset, ['id', 'name']),
		active: isActive(asset),
		...pickPlain(asset, [
			'type',
			'custom_type',
			'make',
			'model',
			'vin',
			'license_plate_state',
			'license_plate_number',
		]),
	};
}

import { DRIVERS } from '../../motive/lists';
import { parseName } from '../../motive/parse';
import { isActive, pickPlain } from '../../motive/records';
import { statusFilter, updatedAfterFilter } from '../../parameters/filterFields';
import { listOperation } from '../../runs/list';

/**
 * Lists drivers.
 *
 * @see https://developer.gomotive.com/reference/users-overview
 */
export const getManyDrivers = listOperation({
	description: 'List the drivers of the fleet',
	list: DRIVERS,
	things: 'drivers',
	filters: [statusFilter('drivers'), updatedAfterFilter('drivers')],
	simplify: (driver) => ({
		...pickPlain(driver, ['id']),
		name: parseName(driver),
		active: isActive(driver),
		...pickPlain(driver, ['username', 'email', 'phone', 'driver_company_id']),
		...pickPlain(driver, ['duty_status', 'updated_at']),
	}),
});

import { DRIVERS } from '../../motive/lists';
import { statusFilter, updatedAfterFilter } from '../../parameters/filterFields';
import { listOperation } from '../../runs/list';
import { simplifyDriver } from './output';

/**
 * Lists drivers.
 *
 * @see https://developer.gomotive.com/reference/users-overview
 */
export const getManyDrivers = listOperation({
	description: 'List the drivers of the fleet',
	list: DRIVERS,
	filters: [statusFilter('drivers'), updatedAfterFilter('drivers')],
	simplify: simplifyDriver,
});

import { parseId, parseObject } from '../../motive/parse';
import { VEHICLES } from '../../motive/lists';
import {
	driverFilter,
	filterField,
	statusFilter,
	updatedAfterFilter,
} from '../../parameters/filterFields';
import { byWords } from '../../parameters/filters';
import { listOperation } from '../../runs/list';
import { readText } from '../../parameters/readers';
import { simplifyVehicle } from './output';

/**
 * Lists vehicles.
 *
 * @see https://developer.gomotive.com/reference/overview-4
 */
export const getManyVehicles = listOperation({
	description: 'List the vehicles of the fleet',
	list: VEHICLES,
	filters: [
		// Whoever drives it now, or permanently.
		driverFilter((vehicle) => [
			parseId(parseObject(vehicle, 'current_driver'), 'id'),
			parseId(parseObject(vehicle, 'permanent_driver'), 'id'),
		]),
		filterField(
			{
				displayName: 'Fuel Type',
				name: 'fuelType',
				type: 'string',
				default: '',
				placeholder: 'e.g. diesel',
				description: 'Only vehicles with this fuel, in the word that Motive uses',
			},
			(value, field) =>
				byWords([readText(value, field)], 'fuel_type', (vehicle) => vehicle['fuel_type']),
		),
		statusFilter('vehicles'),
		updatedAfterFilter('vehicles'),
	],
	simplify: simplifyVehicle,
});

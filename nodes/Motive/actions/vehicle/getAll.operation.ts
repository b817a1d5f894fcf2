import { readId, readObject } from '../../motive/parse';
import { VEHICLES } from '../../transport/lists';
import { driverFilter, statusFilter, updatedAfterFilter } from '../../parameters/filterFields';
import { byWords } from '../../parameters/filters';
import { getMany } from '../../runs/list';
import { readText } from '../../parameters/readers';
import { simplifyVehicle } from './simplifyVehicle';

/**
 * Lists vehicles.
 *
 * @see https://developer.gomotive.com/reference/overview-4
 */
export const getAll = getMany({
	description: 'List the vehicles of the fleet',
	list: VEHICLES,
	things: 'vehicles',
	filters: [
		driverFilter('Only vehicles that these drivers drive now or permanently', (vehicle) => [
			readId(readObject(vehicle, 'current_driver'), 'id'),
			readId(readObject(vehicle, 'permanent_driver'), 'id'),
		]),
		{
			field: {
				displayName: 'Fuel Type',
				name: 'fuelType',
				type: 'string',
				default: '',
				placeholder: 'e.g. diesel',
				description: 'Only vehicles with this fuel, in the word that Motive uses',
			},
			read: (value) =>
				byWords([readText(value, 'Fuel Type')], 'fuel_type', (vehicle) => vehicle['fuel_type']),
		},
		statusFilter('vehicles'),
		updatedAfterFilter('vehicles'),
	],
	simplify: simplifyVehicle,
});

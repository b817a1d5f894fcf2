import { simplifyField } from '../../parameters/listFields';
import { integrationField, readPicked, vehiclePicker } from '../../parameters/pickers';
import { parametersOf, readBoolean, readText, type ReadParameter } from '../../parameters/readers';
import {
	lookUp,
	recordByExternalId,
	vehicleById,
	vehicleByNumber,
	type Lookup,
} from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { simplifyVehicle } from './output';

const picker = vehiclePicker({
	description: 'The vehicle to fetch',
	modes: ['list', 'id', 'number', 'externalId'],
});
const integration = integrationField('vehicleId');

/**
 * Gets one vehicle.
 *
 * @see https://developer.gomotive.com/reference/overview-4
 */
export const getVehicle = readOperation({
	text: {
		name: 'Get',
		action: 'Get vehicle',
		description: 'Fetch a vehicle by its ID, fleet number or external ID',
	},
	fields: [picker, integration, simplifyField],
	read(context, itemIndex) {
		const parameter = parametersOf(context, itemIndex);
		return { lookup: readLookup(parameter), simplify: parameter(simplifyField, readBoolean) };
	},
	subject: ({ lookup }) => `vehicle with ${lookup.by}`,
	connect:
		({ request, fleet }) =>
		async ({ lookup, simplify }) => {
			const vehicle = await lookUp(request, lookup, fleet);
			return [simplify ? simplifyVehicle(vehicle) : vehicle];
		},
});

function readLookup(parameter: ReadParameter): Lookup {
	const picked = parameter(picker, readPicked);
	if ('id' in picked) return vehicleById(picked.id);
	if (picked.mode === 'number') return vehicleByNumber(picked.text);
	return recordByExternalId('vehicle', picked.text, parameter(integration, readText));
}

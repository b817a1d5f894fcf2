import type { IExecuteFunctions } from 'n8n-workflow';

import { readSimplify, simplifyField } from '../../parameters/listFields';
import { integrationField, readIntegrationName, vehiclePicker } from '../../parameters/pickers';
import { readPicked } from '../../parameters/readers';
import {
	lookUp,
	recordByExternalId,
	vehicleById,
	vehicleByNumber,
	type Lookup,
} from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { simplifyVehicle } from './output';

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
	fields: [
		vehiclePicker({
			description: 'The vehicle to fetch',
			modes: ['list', 'id', 'number', 'externalId'],
		}),
		integrationField('vehicleId'),
		simplifyField,
	],
	read: (context, itemIndex) => ({
		lookup: readLookup(context, itemIndex),
		simplify: readSimplify(context, itemIndex),
	}),
	subject: ({ lookup }) => `vehicle with ${lookup.by}`,
	connect:
		(request) =>
		async ({ lookup, simplify }) => {
			const vehicle = await lookUp(request, lookup);
			return [simplify ? simplifyVehicle(vehicle) : vehicle];
		},
});

function readLookup(context: IExecuteFunctions, itemIndex: number): Lookup {
	const value = context.getNodeParameter('vehicleId', itemIndex);
	const picked = readPicked(value, 'Vehicle', ['list', 'id', 'number', 'externalId']);
	if ('id' in picked) return vehicleById(picked.id);
	if (picked.mode === 'number') return vehicleByNumber(picked.text);
	return recordByExternalId('vehicle', picked.text, readIntegrationName(context, itemIndex));
}

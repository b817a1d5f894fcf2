import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** The vehicles of the fleet. */
export const vehicle: Resource = {
	name: 'Vehicle',
	operations: { get, getAll },
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Get',
					value: 'get',
					action: 'Get vehicle',
					description: 'Fetch a vehicle by its ID, fleet number or external ID',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many vehicles',
					description: 'List the vehicles of the fleet',
				},
			],
			default: 'getAll',
			displayOptions: { show: { resource: ['vehicle'] } },
		},
		...get.description,
		...getAll.description,
	],
};

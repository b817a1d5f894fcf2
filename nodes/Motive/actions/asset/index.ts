import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** The assets of the fleet: trailers and other equipment. */
export const asset: Resource = {
	name: 'Asset',
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
					action: 'Get asset',
					description: 'Fetch an asset by its ID or external ID',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many assets',
					description: 'List the assets of the fleet',
				},
			],
			default: 'getAll',
			displayOptions: { show: { resource: ['asset'] } },
		},
		...get.description,
		...getAll.description,
	],
};

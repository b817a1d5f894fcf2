import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

/** Where vehicles were faster than the posted limit. */
export const speedingEvent: Resource = {
	name: 'Speeding Event',
	operations: { getAll },
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many speeding events',
					description: 'List where vehicles were faster than allowed',
				},
			],
			default: 'getAll',
			displayOptions: { show: { resource: ['speedingEvent'] } },
		},
		...getAll.description,
	],
};

import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

/** What happened on the road: hard brakes, crashes, and what the cameras noticed. */
export const safetyEvent: Resource = {
	name: 'Safety Event',
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
					action: 'Get many safety events',
					description: 'List crashes, hard brakes, distractions and the like',
				},
			],
			default: 'getAll',
			displayOptions: { show: { resource: ['safetyEvent'] } },
		},
		...getAll.description,
	],
};

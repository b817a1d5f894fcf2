import type { Resource } from '../operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getQuota } from './getQuota.operation';

/** Video that the cameras have recorded, fetched on demand. */
export const videoRecall: Resource = {
	name: 'Video Recall',
	operations: { create, get, getQuota },
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Create',
					value: 'create',
					action: 'Create video recall',
					description: 'Ask for recorded video, and wait for it if you like',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get video recall',
					description: 'Fetch the videos of a recall that was created before',
				},
				{
					name: 'Get Quota',
					value: 'getQuota',
					action: 'Get video recall quota',
					description: 'See how many minutes can still be recalled',
				},
			],
			default: 'create',
			displayOptions: { show: { resource: ['videoRecall'] } },
		},
		...create.description,
		...get.description,
		...getQuota.description,
	],
};

import type { Resource } from '../operation';
import { capture } from './capture.operation';
import { get } from './get.operation';
import { start } from './start.operation';

/** Pictures taken on demand by the cameras of vehicles and assets. */
export const imageCapture: Resource = {
	name: 'Image Capture',
	operations: { capture, get, start },
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Capture',
					value: 'capture',
					action: 'Capture images',
					description: 'Take pictures, wait for them and download them',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get image capture',
					description: 'Fetch the picture of a capture that was started before',
				},
				{
					name: 'Start',
					value: 'start',
					action: 'Start image capture',
					description: 'Ask for pictures and go on without waiting for them',
				},
			],
			default: 'capture',
			displayOptions: { show: { resource: ['imageCapture'] } },
		},
		...capture.description,
		...get.description,
		...start.description,
	],
};

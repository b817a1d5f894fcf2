import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { asset } from './asset';
import { imageCapture } from './imageCapture';
import { resourceFields, type Resource } from '../runs/operation';
import { safetyEvent } from './safetyEvent';
import { speedingEvent } from './speedingEvent';
import { vehicle } from './vehicle';
import { videoRecall } from './videoRecall';

/** Every resource of the node, by the value of the `resource` parameter; in alphabetical order. */
const resources: Record<string, Resource> = {
	asset,
	imageCapture,
	safetyEvent,
	speedingEvent,
	vehicle,
	videoRecall,
};

/** The choice of the resource. */
export const resourceOptions: INodePropertyOptions[] = Object.entries(resources).map(
	([value, { name }]) => ({ name, value }),
);

/** The parameters of every resource. */
export const allFields: INodeProperties[] = Object.entries(resources).flatMap(([value, resource]) =>
	resourceFields(value, resource),
);

/**
 * Runs the chosen operation over all input items.
 *
 * @throws NodeOperationError when an expression chose a resource or operation that does not exist
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = resources[resource]?.operations[operation];
	if (!chosen) {
		throw new NodeOperationError(
			context.getNode(),
			`There is no operation “${operation}” for the resource “${resource}”`,
		);
	}
	return await chosen.execute(context);
}

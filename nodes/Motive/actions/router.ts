import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { Resource } from '../runs/operation';
import { asset } from './asset';
import { driver } from './driver';
import { imageCapture } from './imageCapture';
import { incidentReport } from './incidentReport';
import { safetyEvent } from './safetyEvent';
import { speedingEvent } from './speedingEvent';
import { vehicle } from './vehicle';
import { videoRecall } from './videoRecall';

/** Every resource of the node, by the value of the `resource` parameter; in alphabetical order. */
const resources: Record<string, Resource> = {
	asset,
	driver,
	imageCapture,
	incidentReport,
	safetyEvent,
	speedingEvent,
	vehicle,
	videoRecall,
};

/** The choice of the resource. */
export const resourceOptions: INodePropertyOptions[] = Object.entries(resources).map(
	([value, { name }]) => ({ name, value }),
);

/** The parameters of every resource: the choice of its operations, and the parameters of each. */
export const allFields: INodeProperties[] = Object.entries(resources).flatMap(
	([value, resource]) => [operationField(value, resource), ...parametersOf(value, resource)],
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

function operationField(
	value: string,
	{ operations, defaultOperation }: Resource,
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(operations).map(([operation, { text }]) => ({
			value: operation,
			...text,
		})),
		default: defaultOperation,
		displayOptions: { show: { resource: [value] } },
	};
}

function parametersOf(value: string, { operations }: Resource): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, { fields }]) =>
		fields.map((field) => shownFor(field, value, operation)),
	);
}

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const { displayOptions } = field;
	const show = { resource: [resource], operation: [operation], ...displayOptions?.show };
	return { ...field, displayOptions: { ...displayOptions, show } };
}

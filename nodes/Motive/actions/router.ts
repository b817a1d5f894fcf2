import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { imageCapture } from './imageCapture';
import type { Resource } from './operation';

/** Every resource of the node, by the value of the `resource` parameter. */
export const resources: Record<string, Resource> = { imageCapture };

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
		throw new NodeOperationError(context.getNode(), `There is no operation “${operation}” for the resource “${resource}”`);
	}
	return await chosen.execute(context);
}

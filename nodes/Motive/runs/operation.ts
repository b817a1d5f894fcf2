import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of the node: what the editor shows, and what it does. */
export interface Operation {
	/** How the list of operations shows it. */
	option: {
		name: string;
		/** The same as a whole, for the list of everything that nodes can do. */
		action: string;
		description: string;
	};
	/** Its parameters; they are shown only where it is chosen. */
	description: INodeProperties[];
	/** Works on all input items at once. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A resource of the node. */
export interface Resource {
	/** What the editor calls it. */
	name: string;
	/** By the value of the `operation` parameter, in the order in which the editor lists them. */
	operations: Record<string, Operation>;
	/** The operation that is chosen at first. */
	defaultOperation: string;
}

/**
 * What the editor shows of a resource: the choice of its operations, and the parameters of each.
 *
 * @param value the value of the `resource` parameter
 */
export function resourceFields(
	value: string,
	{ operations, defaultOperation }: Resource,
): INodeProperties[] {
	const choice: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(operations).map(([operation, { option }]) => ({
			value: operation,
			...option,
		})),
		default: defaultOperation,
		displayOptions: { show: { resource: [value] } },
	};
	const parameters = Object.entries(operations).flatMap(([operation, { description }]) =>
		description.map((field) => shownFor(field, value, operation)),
	);
	return [choice, ...parameters];
}

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const { displayOptions } = field;
	const show = { resource: [resource], operation: [operation], ...displayOptions?.show };
	return { ...field, displayOptions: { ...displayOptions, show } };
}

import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of the node: what the editor shows, and what it does. */
export interface Operation {
	description: INodeProperties[];
	/** Works on all input items at once. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A resource of the node with its operations, by the value of the `operation` parameter. */
export interface Resource {
	/** What the editor calls it. */
	name: string;
	/** The choice of operations, and the parameters of each. */
	description: INodeProperties[];
	operations: Record<string, Operation>;
}

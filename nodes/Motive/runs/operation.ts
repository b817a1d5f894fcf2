import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** What the list of operations says about one. */
export interface OperationText {
	name: string;
	/** The operation in a few words, for the list of everything that nodes can do. */
	action: string;
	description: string;
}

/** One operation of the node: what the editor shows, and what it does. Made by one of the frames beside this file. */
export interface Operation {
	text: OperationText;
	/** Its parameters; they are shown only where it is chosen. */
	fields: INodeProperties[];
	/** Works on all input items at once. */
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
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

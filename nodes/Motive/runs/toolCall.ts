import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether an AI agent runs the node as its tool (older n8n tell only by the name of the node type). */
export function isToolCall(context: IExecuteFunctions): boolean {
	if ('isToolExecution' in context && typeof context.isToolExecution === 'function')
		return context.isToolExecution();
	return context.getNode().type.endsWith('Tool');
}

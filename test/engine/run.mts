import { stringify } from 'flatted';
import type {
	ExecutionStatus,
	IBinaryData,
	IDataObject,
	IExecuteContextData,
	INodeExecutionData,
	IRun,
	NodeExecutionHint,
} from 'n8n-workflow';

import { binaryData } from './core.mts';

/** An error as n8n stores it: a plain object. */
export interface RunError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
}

/** What one execution of one node produced. */
export interface NodeRun {
	/** Items by output; an output that got nothing is an empty list. */
	outputs: INodeExecutionData[][];
	/** Items of the first output. */
	items: INodeExecutionData[];
	hints: NodeExecutionHint[];
	/** Set when the node threw, also when the workflow went on. */
	error?: RunError;
	/** Milliseconds; of the virtual clock, if there is one. */
	took: number;
}

/** A finished execution, seen from the node under test (`runNode`) or from the last node that ran. */
export interface Run extends NodeRun {
	status: ExecutionStatus;
	/** All runs of a node, by node name: a node in a loop has several. */
	runs: (node: string) => NodeRun[];
	/** What its nodes remember, as n8n keeps it with the execution. */
	context: IExecuteContextData;
	/** The execution as n8n's database would hold it, so that tests can search it for secrets. */
	stored: string;
	/** Contents of a file of an item. */
	file: (data: IBinaryData | undefined) => Promise<Buffer>;
}

/**
 * Turns n8n's result into one that is easy to check.
 * @param node name of the node whose last run is meant; the last one executed if absent
 */
export function describeRun(run: IRun, node?: string): Run {
	const { resultData } = run.data;
	const runs = (name: string) => (resultData.runData[name] ?? []).map(describeTask);
	const last = runs(node ?? resultData.lastNodeExecuted ?? '').at(-1);
	const error = resultData.error ?? last?.error;
	return {
		...(last ?? { outputs: [], items: [], hints: [], took: 0 }),
		...(error && { error: plain(error) }),
		status: run.status,
		runs,
		context: structuredClone(run.data.executionData?.contextData ?? {}),
		stored: stringify(run.data),
		file: async (data) => {
			if (data === undefined) throw new Error('The item has no such file');
			return await binaryData.getAsBuffer(data);
		},
	};
}

function describeTask(task: IRun['data']['resultData']['runData'][string][number]): NodeRun {
	const outputs = (task.data?.['main'] ?? []).map((items) => items ?? []);
	return {
		outputs,
		items: outputs[0] ?? [],
		hints: task.hints ?? [],
		...(task.error && { error: plain(task.error) }),
		took: task.executionTime,
	};
}

/** As a plain object, which is what the editor and the database see. */
function plain(error: object): RunError {
	return { message: '', ...error };
}

import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';

import { core, workflowLibrary } from './core.mts';

/** What a node of another package does in a test: takes items and returns its outputs. */
export type StandIn = (
	items: INodeExecutionData[],
) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

/** Type of the stand-in agent that calls its one tool; see `agent` below. */
export const agentType = 'test.agent';

/** Loads a package the way n8n does, from the `n8n` entry of its package.json. */
export async function loadPackage(folder: string) {
	const loader = new core.PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

/**
 * Node types for a workflow: those of the package, real; every other type (n8n-nodes-base, AI nodes)
 * as its stand-in, or as one that passes its input on. Sticky notes and triggers need nothing more.
 */
export function createNodeTypes(
	loader: Awaited<ReturnType<typeof loadPackage>>,
	standIns: Record<string, StandIn>,
): INodeTypes {
	const find = (name: string): INodeType | IVersionedNodeType => {
		const [packageName, shortName] = split(name);
		if (packageName !== loader.packageName) return foreign(name, standIns[name]);
		if (!shortName.endsWith('Tool')) return loader.getNode(shortName).type;
		const { type } = loader.getNode(shortName.slice(0, -'Tool'.length));
		return asTool(workflowLibrary.NodeHelpers.getVersionedNodeType(type));
	};
	return {
		getByName: find,
		getByNameAndVersion: (name, version) =>
			workflowLibrary.NodeHelpers.getVersionedNodeType(find(name), version),
		getKnownTypes: () => ({}),
	};
}

function split(name: string): [packageName: string, shortName: string] {
	const dot = name.lastIndexOf('.');
	return [name.slice(0, dot), name.slice(dot + 1)];
}

/** The node as n8n offers it to agents: same code, with an `ai_tool` output and no input. */
function asTool(type: INodeType): INodeType {
	if (type.description.usableAsTool === undefined) {
		throw new Error(`${type.description.name} is not usable as a tool`);
	}
	const description = {
		...type.description,
		name: `${type.description.name}Tool`,
		inputs: [],
		outputs: [workflowLibrary.NodeConnectionTypes.AiTool],
	};
	return Object.create(type, { description: { value: description } }) as INodeType;
}

function foreign(name: string, standIn: StandIn = (items) => [items]): INodeType {
	if (name === agentType) return agent;
	return {
		description: describe(name, name.endsWith('rigger') ? [] : ['main']),
		async execute() {
			return await standIn(this.getInputData());
		},
	};
}

/** A minimal agent: invokes its one tool with the item's `json` as arguments; the answer is its output, as text. */
const agent: INodeType = {
	description: describe(agentType, ['main', 'ai_tool']),
	async execute() {
		const connected = await this.getInputConnectionData('ai_tool', 0);
		const [tool] = connected as Array<{
			name: string;
			description: string;
			invoke: (input: object) => Promise<string>;
		}>;
		const [item] = this.getInputData();
		if (tool === undefined || item === undefined)
			throw new Error('The agent needs a tool and an item');
		const { name, description } = tool;
		return [[{ json: { name, description, answer: await tool.invoke(item.json) } }]];
	},
};

function describe(name: string, inputs: Array<'main' | 'ai_tool'>): INodeTypeDescription {
	return {
		name,
		displayName: name,
		description: 'Stand-in for tests',
		group: inputs.length === 0 ? ['trigger'] : ['transform'],
		version: [1, 2, 3, 4, 5],
		defaults: {},
		inputs,
		outputs: ['main'],
		properties: [],
	};
}

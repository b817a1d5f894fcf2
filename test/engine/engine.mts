/**
 * The real n8n engine in this process: loads the packed package and runs workflows with it. Real are
 * the loader, expressions, parameters, HTTP client, binary storage and error handling; credentials
 * come from memory and nodes of other packages are stand-ins.
 */
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IPinData,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData.mts';
import { core, workflowLibrary } from './core.mts';
import { createCredentialsHelper, type CredentialValues } from './credentials.mts';
import { agentType, createNodeTypes, loadPackage, type StandIn } from './nodeTypes.mts';
import { packedPackage } from './package.mts';
import { startPolling, type Polling, type PollingOptions } from './polling.mts';
import { describeRun, type Run } from './run.mts';
import { startTrigger, type Trigger, type TriggerOptions } from './trigger.mts';

export interface EngineOptions {
	/** Credentials by type, used by every run that brings none of its own. */
	credentials?: CredentialValues;
	/** Folder of the package; the packed one if absent. */
	packageFolder?: string;
	/** Full type of the node that `runNode`, `runTool` and `listSearch` run. */
	nodeType?: string;
}

export interface RunOptions {
	/** Items that the start node emits; one empty item if absent. */
	items?: INodeExecutionData[];
	credentials?: CredentialValues;
	/** Called whenever a node gets its credentials from n8n, which costs a query and a decryption. */
	onCredentialRead?: () => void;
	/** Presses Stop after this many milliseconds of the (virtual) clock. */
	cancelAfter?: number;
	/** What nodes of other packages do, by full type. Those not named pass their input on. */
	standIns?: Record<string, StandIn>;
	/** `manual` if absent. */
	mode?: WorkflowExecuteMode;
	/** The execution that a person retries from the list: what its nodes remembered is carried along. */
	retryOf?: Run;
}

export interface NodeOptions extends RunOptions {
	parameters: INodeParameters;
	/** Settings of the node: `retryOnFail`, `maxTries`, `waitBetweenTries`, `onError`, `typeVersion`, … */
	node?: Partial<INode>;
}

/** The parts of an exported workflow that are needed. */
export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** How many credentials of each type there have been in this process. */
let credentialCount = 0;

/** Name of the node that `runNode` runs, for expressions and `run.runs`. */
const nodeName = 'Motive';

export type Engine = Awaited<ReturnType<typeof startEngine>>;

function modeOf({ mode, retryOf }: RunOptions): WorkflowExecuteMode | undefined {
	return retryOf ? 'retry' : mode;
}

/** Loads the package. Takes about a second in a new process, so do it outside virtual time. */
export async function startEngine(options: EngineOptions = {}) {
	const { nodeType = 'n8n-nodes-motive.motive' } = options;
	credentialCount++;
	const loader = await loadPackage(options.packageFolder ?? packedPackage);
	const credentialTypes = Object.fromEntries(
		loader.types.credentials.map((type) => [type.name, type]),
	);

	const prepare = (json: WorkflowJson, run: RunOptions, staticData: IDataObject = {}) => {
		const values = structuredClone(run.credentials ?? options.credentials ?? {});
		const helper = createCredentialsHelper(credentialTypes, values, run.onCredentialRead);
		const id = (type: string) => `${type}-${credentialCount}`;
		const references = Object.keys(values).map((type) => [type, { id: id(type), name: type }]);
		const nodes = structuredClone(json.nodes).map((node) =>
			node.type.startsWith(`${loader.packageName}.`)
				? {
						...node,
						credentials: Object.fromEntries(references) as NonNullable<INode['credentials']>,
					}
				: node,
		);
		const workflow = new workflowLibrary.Workflow({
			id: 'workflow',
			name: 'Test',
			active: false,
			nodeTypes: createNodeTypes(loader, run.standIns ?? {}),
			settings: { executionOrder: 'v1', ...json.settings },
			connections: json.connections,
			...(json.pinData && { pinData: json.pinData }),
			staticData,
			nodes,
		});
		const executionId = run.retryOf && 'retry';
		return {
			workflow,
			additionalData: createAdditionalData(helper, workflow, modeOf(run), executionId),
		};
	};

	const inEditor = (run: NodeOptions) => {
		const node = createOurs(nodeType, run);
		const { workflow, additionalData } = prepare({ nodes: [node], connections: {} }, run);
		const ours = workflow.getNode(node.name) ?? node;
		additionalData.currentNodeParameters = ours.parameters;
		const context = new core.LoadOptionsContext(
			workflow,
			ours,
			additionalData,
			'',
		) as ILoadOptionsFunctions;
		return {
			methods: workflow.nodeTypes.getByNameAndVersion(ours.type, ours.typeVersion).methods,
			context,
		};
	};

	const execute = async (json: WorkflowJson, run: RunOptions, node?: string): Promise<Run> => {
		const { workflow, additionalData } = prepare(json, run);
		const start = workflow.getStartNode();
		if (start === undefined) throw new Error('The workflow has no node to start from');
		const data = workflowLibrary.createRunExecutionData({
			resultData: { pinData: json.pinData ?? {} },
			executionData: {
				contextData: run.retryOf?.context ?? {},
				nodeExecutionStack: [
					{ node: start, data: { main: [run.items ?? [{ json: {} }]] }, source: null },
				],
			},
		});
		const execution = new core.WorkflowExecute(additionalData, modeOf(run) ?? 'manual', data);
		const running = execution.processRunExecutionData(workflow);
		const stop =
			run.cancelAfter === undefined
				? undefined
				: setTimeout(() => {
						running.cancel();
					}, run.cancelAfter);
		try {
			const result = await running;
			// As n8n does it: a stopped execution is saved at once, whatever its node does next.
			return describeRun(running.isCanceled ? { ...result, status: 'canceled' } : result, node);
		} finally {
			clearTimeout(stop);
		}
	};

	return {
		/** Lets the credentials of later runs be others with the same values: what the package remembers of these is not theirs. */
		renewCredentials: (): void => {
			credentialCount++;
		},

		/** Runs any workflow, such as one of `examples/`, from its trigger. */
		runWorkflow: (json: WorkflowJson, run: RunOptions = {}): Promise<Run> => execute(json, run),

		/** Runs the node once, behind a start node that emits `items`. */
		runNode: (run: NodeOptions): Promise<Run> =>
			execute(
				{
					nodes: [createNode('Start', 'n8n-nodes-base.manualTrigger'), createOurs(nodeType, run)],
					connections: { Start: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
				},
				run,
				nodeName,
			),

		/** Lets an agent call the node as its tool with `args`, and returns the text that the model gets. */
		runTool: async (run: NodeOptions & { args?: INodeExecutionData['json'] }): Promise<string> => {
			const agent = createNode('Agent', agentType);
			const result = await execute(
				{
					nodes: [
						createNode('Start', 'n8n-nodes-base.manualTrigger'),
						agent,
						createOurs(`${nodeType}Tool`, run),
					],
					connections: {
						Start: { main: [[{ node: agent.name, type: 'main', index: 0 }]] },
						[nodeName]: { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] },
					},
				},
				{ ...run, items: [{ json: run.args ?? {} }] },
				agent.name,
			);
			if (result.error) throw new Error(result.error.message);
			return result.items[0]?.json['answer'] as string;
		},

		/** Puts a trigger with a webhook behind a web server, to be activated and sent requests. */
		startTrigger: async (run: NodeOptions & Omit<TriggerOptions, 'load'>): Promise<Trigger> =>
			await startTrigger({
				...run,
				load: (staticData, mode) => {
					const ours = { webhookId: 'webhook-id', ...createOurs(nodeType, run) };
					const prepared = prepare(
						{ nodes: [ours], connections: {} },
						{ ...run, mode },
						staticData,
					);
					return { ...prepared, node: prepared.workflow.getNode(ours.name) ?? ours };
				},
			}),

		/** Puts a trigger that polls into a workflow, to be published and polled; what `run` says may change in between. */
		startPolling: (run: NodeOptions & Omit<PollingOptions, 'load' | 'fetch'>): Polling => {
			const workflow = () => ({ nodes: [createOurs(nodeType, run)], connections: {} });
			return startPolling({
				...run,
				load: (staticData) => {
					const json = workflow();
					const prepared = prepare(json, { ...run, mode: 'trigger' }, staticData);
					const [node] = Object.values(prepared.workflow.nodes);
					if (node === undefined) throw new Error('The workflow has no node');
					return { ...prepared, node };
				},
				fetch: async () => await execute(workflow(), run, nodeName),
			});
		},

		/** Calls a `methods.listSearch` function as the editor does while the user types. */
		listSearch: async (
			method: string,
			run: NodeOptions & { filter?: string; paginationToken?: string },
		): Promise<INodeListSearchResult> => {
			const { methods, context } = inEditor(run);
			const search = methods?.listSearch?.[method];
			if (search === undefined) throw new Error(`There is no list search ${method}`);
			return await search.call(context, run.filter, run.paginationToken);
		},

		/** Tests a credential with the function that the package has for it, as the window of the credential does. */
		testCredential: async (
			type: string,
			data: ICredentialDataDecryptedObject,
		): Promise<INodeCredentialTestResult> => {
			const { description, methods } = createNodeTypes(loader, {}).getByNameAndVersion(nodeType);
			const { testedBy } = description.credentials?.find(({ name }) => name === type) ?? {};
			const test = typeof testedBy === 'string' && methods?.credentialTest?.[testedBy];
			if (!test) throw new Error(`There is no function that tests ${type}`);
			const context = new core.CredentialTestContext({} as IWorkflowExecuteAdditionalData);
			return await test.call(context, { id: type, name: type, type, data });
		},

		/** Calls a `methods.loadOptions` function as the editor does when it opens a choice. */
		loadOptions: async (method: string, run: NodeOptions): Promise<INodePropertyOptions[]> => {
			const { methods, context } = inEditor(run);
			const load = methods?.loadOptions?.[method];
			if (load === undefined) throw new Error(`There are no options ${method}`);
			return await load.call(context);
		},
	};
}

function createOurs(type: string, { parameters, node }: NodeOptions): INode {
	return { ...createNode(nodeName, type), parameters, ...node };
}

function createNode(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

/**
 * A trigger node with a webhook, run with n8n's real contexts. Of n8n's server there is only the necessary: it calls the
 * webhook methods on activation, passes requests on, starts runs, and keeps static data.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { core } from './core.mts';

/** A workflow with the trigger as its only node, as n8n would load it now. */
export interface LoadedTrigger {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

export interface TriggerOptions {
	/** Loads the workflow with this static data, in this mode. */
	load: (staticData: IDataObject, mode: 'manual' | 'webhook') => LoadedTrigger;
	/** Whether someone listens for a test event in the editor, so that the URL is the one for tests. */
	isTest?: boolean;
	/** The address that n8n gives for itself, without a slash at the end; by default one that does not look local. */
	baseUrl?: string;
}

export type Trigger = Awaited<ReturnType<typeof startTrigger>>;

/** Starts a web server on this machine that serves the webhook. It is not active yet. */
export async function startTrigger({ load, isTest = false, baseUrl }: TriggerOptions) {
	const mode = isTest ? 'manual' : 'webhook';
	const log: string[] = [];
	const runs: INodeExecutionData[][] = [];
	const state = {
		staticData: {} as IDataObject,
		canStartRuns: true,
		answersAfter: Promise.resolve(),
	};

	const server = createServer((request, response) => void serve(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	let origin = baseUrl ?? `http://n8n.test:${port}`;

	const open = (method = 'POST') => {
		const { workflow, node, additionalData } = load(structuredClone(state.staticData), mode);
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const webhookDescription = type.description.webhooks?.find(
			({ httpMethod }) => httpMethod === method,
		);
		if (webhookDescription === undefined)
			throw new Error(`${node.type} has no webhook for ${method}`);
		const data = {
			...additionalData,
			webhookBaseUrl: `${origin}/webhook`,
			webhookTestBaseUrl: `${origin}/webhook-test`,
		};
		const webhook: IWebhookData = {
			...{
				httpMethod: method as IWebhookData['httpMethod'],
				path: webhookDescription.path,
				workflowId: workflow.id,
				node: node.name,
			},
			...{ webhookDescription, workflowExecuteAdditionalData: data, isTest },
		};
		return { workflow, node, type, data, webhook };
	};
	/** As n8n saves it: without proxies, and only where the node says so. */
	const save = ({ staticData }: Workflow) => {
		state.staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
	};
	const withLog = <T extends object>(context: T): T => {
		const write = (level: string) => (message: string) => log.push(`${level}: ${message}`);
		// n8n logs by itself, at `debug`, that it renews a token.
		const logger = { debug: () => undefined, info: write('info'), warn: write('warn') };
		return Object.defineProperty(context, 'logger', { value: logger });
	};

	const callHook = async (
		method: 'checkExists' | 'create' | 'delete',
		opened: ReturnType<typeof open>,
	) => {
		const { workflow, node, type, data, webhook } = opened;
		const context = withLog(
			new core.HookContext(workflow, node, data, mode, isTest ? 'manual' : 'activate', webhook),
		);
		return (await type.webhookMethods?.default?.[method].call(context as IHookFunctions)) ?? false;
	};

	const runWebhook = async (request: IncomingMessage, response: ServerResponse) => {
		const rawBody = await buffer(request);
		const { workflow, node, type, data, webhook } = open(request.method);
		const exchange = { httpRequest: Object.assign(request, { rawBody }), httpResponse: response };
		const withExchange = { ...data, ...exchange } as unknown as IWorkflowExecuteAdditionalData;
		const context = withLog(
			new core.WebhookContext(workflow, node, withExchange, mode, webhook, [], null),
		);
		const result = await (
			type.webhook as (this: IWebhookFunctions) => Promise<IWebhookResponseData>
		).call(context as IWebhookFunctions);
		return { workflow, result };
	};

	const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { workflow, result } = await runWebhook(request, response);
		if (result.noWebhookResponse) return;
		const [items] = result.workflowData ?? [];
		if (items === undefined) {
			save(workflow);
			answer(response, 200, 'Webhook call received');
			return;
		}
		// Static data that the webhook wrote is lost from here on, as in n8n 2.41.
		await state.answersAfter;
		if (state.canStartRuns) runs.push(items);
		answer(
			response,
			state.canStartRuns ? 200 : 500,
			state.canStartRuns ? 'Workflow was started' : 'No run',
		);
	};

	return {
		/** Where n8n says it is, and can be reached from here. */
		get origin() {
			return origin;
		},
		/** Starts n8n anew under another name, which leads to this machine like the one before. */
		moveTo: (host: string): void => {
			origin = `http://${host}:${port}`;
		},
		/** Items of every run that was started. */
		runs,
		/** What the node wrote into n8n's log. */
		log,
		/** What n8n would have in its database, and what goes wrong in n8n. */
		state,
		/** Calls a single webhook method and keeps what it wrote, like n8n. */
		call: async (method: 'checkExists' | 'create' | 'delete'): Promise<boolean> => {
			const opened = open();
			const result = await callHook(method, opened);
			save(opened.workflow);
			return result;
		},
		/** Activates the workflow. If that fails, the webhook is removed with the saved static data, as in n8n. */
		activate: async (): Promise<void> => {
			const opened = open();
			const activating = callHook('checkExists', opened).then(
				async (exists) => exists || (await callHook('create', opened)),
			);
			const [outcome] = await Promise.allSettled([activating]);
			if (outcome.status === 'rejected') {
				await callHook('delete', open());
				throw outcome.reason;
			}
			save(opened.workflow);
		},
		/** Deactivates the workflow. */
		deactivate: async (): Promise<void> => {
			const opened = open();
			await callHook('delete', opened);
			save(opened.workflow);
		},
		stop: async (): Promise<void> => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function answer(response: ServerResponse, status: number, message: string): void {
	response
		.writeHead(status, { 'content-type': 'application/json' })
		.end(JSON.stringify({ message }));
}

import type {
	ICredentialsHelper,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { core, externalSecrets } from './core.mts';

/** What n8n's server gives the engine for one execution: hooks, URLs, credentials. */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	workflow: Workflow,
	mode: WorkflowExecuteMode = 'manual',
	/** Shows in expressions and as part of the paths of files. */
	executionId = 'execution',
): IWorkflowExecuteAdditionalData {
	// Must be valid: the engine builds $execution.resumeUrl and the like for every parameter.
	const url = 'http://localhost:5678';
	const unavailable = () => Promise.reject(new Error('Not available in tests'));
	const { id, name = '', active, nodes, connectionsBySourceNode: connections } = workflow;
	return {
		credentialsHelper,
		hooks: new core.ExecutionLifecycleHooks(mode, executionId, {
			id,
			name,
			active,
			nodes: Object.values(nodes),
			connections,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(),
			updatedAt: new Date(),
		}),
		externalSecretsProxy: externalSecrets,
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: `${url}/`,
		restApiUrl: `${url}/rest`,
		formBaseUrl: `${url}/form`,
		formWaitingBaseUrl: `${url}/form-waiting`,
		formTestBaseUrl: `${url}/form-test`,
		webhookBaseUrl: `${url}/webhook`,
		webhookWaitingBaseUrl: `${url}/webhook-waiting`,
		webhookTestBaseUrl: `${url}/webhook-test`,
		mcpBaseUrl: `${url}/mcp`,
		mcpTestBaseUrl: `${url}/mcp-test`,
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
		logAiEvent: () => undefined,
	};
}

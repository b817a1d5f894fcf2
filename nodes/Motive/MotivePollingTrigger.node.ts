import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { credentials } from './transport/authentication';
import { testApiKey } from './transport/testApiKey';
import { pollFields } from './triggers/fields';
import { fetchingPanel } from './triggers/panels';
import { poll } from './triggers/poll';

export class MotivePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Motive Polling Trigger',
		name: 'motivePollingTrigger',
		icon: { light: 'file:motive.svg', dark: 'file:motive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description:
			'Asks Motive for new events and starts the workflow, also where Motive cannot reach n8n',
		defaults: { name: 'Motive Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		polling: true,
		activationMessage: 'n8n now asks Motive for new events, and each of them starts this workflow.',
		triggerPanel: fetchingPanel,
		properties: pollFields,
	};

	methods = { credentialTest: { apiKey: testApiKey } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}

import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { testApiKey } from './transport/testApiKey';
import { triggerFields } from './triggers/fields';
import { listeningPanel } from './triggers/panels';
import { testSecret } from './triggers/parameters';
import { receive } from './triggers/receive';
import { isRegistered, register, unregister } from './triggers/registration';

/** Somebody looks whether the address of the webhook is there. */
const LOOK = {
	name: 'setup',
	responseMode: 'onReceived',
	path: 'webhook',
	ndvHideUrl: true,
} as const;

export class MotiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Motive Trigger',
		name: 'motiveTrigger',
		icon: { light: 'file:motive.svg', dark: 'file:motive.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replaceAll("_", " ") }}',
		description: 'Starts the workflow when something happens in your fleet',
		defaults: { name: 'Motive Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// By "hide": the editor takes what "show" names for a choice of credentials. Written out, as n8n's lint reads it here.
		credentials: [
			{
				name: 'motiveApi',
				required: true,
				testedBy: 'apiKey',
				displayOptions: {
					show: { authentication: ['apiKey'] },
					hide: { registration: ['manual'] },
				},
			},
			{
				name: 'motiveOAuth2Api',
				required: true,
				displayOptions: {
					show: { authentication: ['oAuth2'] },
					hide: { registration: ['manual'] },
				},
			},
			{
				name: 'motiveWebhookApi',
				testedBy: 'webhookSecret',
				// Without anything under "show" the editor would offer credentials of the other types for this one.
				displayOptions: { show: { '@version': [1] }, hide: { registration: ['automatic'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'webhook',
				// Only who makes the webhook by hand needs the address.
				ndvHideUrl: '={{ $parameter["registration"] !== "manual" }}',
			},
			{ ...LOOK, httpMethod: 'GET' },
			{ ...LOOK, httpMethod: 'HEAD' },
		],
		activationMessage: 'Motive now sends its events here, and each of them starts this workflow.',
		triggerPanel: listeningPanel,
		properties: triggerFields,
	};

	methods = { credentialTest: { apiKey: testApiKey, webhookSecret: testSecret } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}

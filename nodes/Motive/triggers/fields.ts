import type { INodeProperties } from 'n8n-workflow';

import { authenticationField } from '../transport/authentication';
import { SEVERITIES } from '../motive/eventWords';
import { EVENT_OPTIONS, OTHER, TYPE_OPTIONS } from './eventOptions';

/** The parameters of the trigger. */
export const triggerFields: INodeProperties[] = [
	authenticationField,
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: EVENT_OPTIONS,
		default: [],
		required: true,
	},
	{
		displayName: 'Other Events',
		name: 'additionalEvents',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. asset_geofence_event',
		description: 'Names of actions as Motive documents them for webhooks, separated by commas',
		displayOptions: { show: { events: [OTHER] } },
	},
	{
		displayName: 'Webhook Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'The webhook at Motive is made when the workflow is activated, and removed afterwards',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'You make the webhook in the Motive Dashboard; n8n sends nothing to Motive',
			},
		],
		default: 'automatic',
	},
	{
		displayName:
			'Publish (activate) this workflow first. Then make a webhook in the Motive Dashboard, with the production URL from above, ' +
			'the events chosen here and the secret below: Motive tries it out before switching it on.',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description:
			'The secret of the webhook in the Motive Dashboard: 20 characters. What is not signed with it is refused.',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Event Type',
				name: 'eventType',
				type: 'multiOptions',
				options: TYPE_OPTIONS,
				default: [],
				description:
					'Types that start the workflow. For a type that is not listed, use an expression with a list of names.',
			},
			{
				displayName: 'Severity',
				name: 'severity',
				type: 'multiOptions',
				options: SEVERITIES,
				default: [],
				description: 'Severities that start the workflow',
			},
			{
				displayName: 'Vehicle',
				name: 'vehicle',
				type: 'string',
				default: '',
				placeholder: 'e.g. T-118, T-119',
				description:
					'Fleet numbers or IDs of the vehicles that start the workflow, separated by commas',
			},
		],
	},
];

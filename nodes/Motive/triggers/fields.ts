import type { INodeProperties } from 'n8n-workflow';

import type { ChoiceField } from '../parameters/choices';
import { authenticationField } from '../transport/authentication';
import { EVENT_KINDS } from './eventKinds';
import { EVENT_OPTIONS, OTHER } from './eventOptions';
import { filtersField } from './filterFields';

/** How to make a webhook by hand. Motive tries it out at once, so that the workflow must be active before. */
const MANUAL_STEPS = [
	'you make the secret. Think of 20 letters and digits that nobody can guess, and save them in a new Motive Webhook API credential (above).',
	'publish (activate) this workflow.',
	'in the Motive Dashboard, make a webhook with the production URL from above, the events chosen here, and the same secret. Motive sends a test message, and switches the webhook on when n8n has answered it.',
];

/** The actions that start the workflow. */
export const eventsField: ChoiceField = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	options: EVENT_OPTIONS,
	default: ['driver_performance_event_created'],
	required: true,
};

/** Actions that are not among the choices. */
export const otherEventsField: INodeProperties = {
	displayName: 'Other Events',
	name: 'additionalEvents',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. form_entry_created',
	description: 'Names of actions as Motive documents them for webhooks, separated by commas',
	displayOptions: { show: { events: [OTHER] } },
};

/** The parameters of the trigger that has a webhook. */
export const triggerFields: INodeProperties[] = [
	authenticationField,
	eventsField,
	otherEventsField,
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
					'The webhook at Motive is made when the workflow is published (activated), and removed afterwards',
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
		// Of HTML the editor lets through lists with bullets and links only.
		displayName: `<ul>${MANUAL_STEPS.map((step, index) => `<li>Step ${index + 1}: ${step}</li>`).join('')}</ul>`,
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		// Where workflows of old keep the secret that is in the credential now.
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'hidden',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	filtersField,
];

/** How long ago an event may have begun and still be noticed. */
export const lookBackField = {
	displayName: 'Look Back (Hours)',
	name: 'lookBackHours',
	type: 'number',
	// Motive lists at most 30 days, and is asked for a day more than the window.
	typeOptions: { minValue: 1, maxValue: 28 * 24 },
	default: 24,
	description:
		'How long ago an event may have happened and still be noticed. Cameras upload hours late when a vehicle is out of reach.',
} satisfies INodeProperties;

/** The kind of event that the trigger looks for. */
export const eventKindField: ChoiceField = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	options: EVENT_KINDS.map(({ name, title, description }) => ({
		name: title,
		value: name,
		description,
	})),
	default: 'safetyEvent',
};

/** The parameters of the trigger that polls. */
export const pollFields: INodeProperties[] = [
	authenticationField,
	eventKindField,
	filtersField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [lookBackField],
	},
];

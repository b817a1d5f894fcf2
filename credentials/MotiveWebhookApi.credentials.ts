import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The secret of a webhook that was made by hand. n8n's export of a workflow leaves credentials out. */
export class MotiveWebhookApi implements ICredentialType {
	name = 'motiveWebhookApi';

	displayName = 'Motive Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Motive/motive.svg',
		dark: 'file:../nodes/Motive/motive.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-motive/n8n-nodes-motive/blob/main/docs/triggers.md#a-webhook-made-by-hand';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 3f9c0a7be1d24c58a6f0',
			hint: 'You make it up: 20 letters and digits that nobody can guess. Enter the same one at the webhook in the Motive Dashboard.',
			description: 'What Motive sends to the webhook is signed with it; anything else is refused',
		},
	];
}

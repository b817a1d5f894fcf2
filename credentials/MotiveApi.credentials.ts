import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlField, cleanKey, requestsPerMinuteField } from './connection';

/** An API key of Motive's: sent in the header `X-Api-Key`. The nodes test it (`testedBy`). */
export class MotiveApi implements ICredentialType {
	name = 'motiveApi';

	displayName = 'Motive API';

	icon: Icon = {
		light: 'file:../nodes/Motive/motive.svg',
		dark: 'file:../nodes/Motive/motive.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-motive/n8n-nodes-motive#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'Made in the Motive Dashboard under Admin → Developers → Request API Key',
			description: 'A key in test mode only reads: it takes no pictures',
		},
		baseUrlField,
		requestsPerMinuteField,
	];

	// A function, because n8n would evaluate an expression anew for every request, which takes it longer than all the rest.
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, 'X-Api-Key': cleanKey(apiKey) },
	});
}

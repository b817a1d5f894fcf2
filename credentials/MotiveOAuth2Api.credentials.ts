import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What a new credential asks for: one wrong scope makes Motive refuse the whole sign-in, so it stays editable. */
const DEFAULT_SCOPES =
	'companies.read vehicles.read assets.read company_webhooks.manage driver_performance_events.read speeding_events.read camera_connections.read';

/** Sign-in to Motive with an OAuth2 app of one's own. */
export class MotiveOAuth2Api implements ICredentialType {
	name = 'motiveOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Motive OAuth2 API';

	icon: Icon = { light: 'file:../nodes/Motive/motive.svg', dark: 'file:../nodes/Motive/motive.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-motive/n8n-nodes-motive#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName:
				'Which scope image captures need is not documented. If captures are refused with a scope message, use an API key.',
			name: 'scopeNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'string',
			default: 'https://account.gomotive.com/oauth/authorize',
			required: true,
			hint: 'If the sign-in page does not open, try https://api.gomotive.com/oauth/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'string',
			default: 'https://account.gomotive.com/oauth/token',
			required: true,
			hint: 'If no token is given, try https://api.gomotive.com/oauth/token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: DEFAULT_SCOPES,
			description:
				'Scopes separated by spaces. Each must be granted to your app in Motive’s developer portal: a single one that is not makes the sign-in fail. “Read and write” there grants only the manage scope, not the read one.',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.gomotive.com',
			required: true,
			description: 'Address of the Motive API. Leave it as it is unless Motive tells you otherwise.',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/v1/companies',
		},
	};
}

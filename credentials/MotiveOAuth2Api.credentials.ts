import type {
	IAuthenticateRuleResponseCode,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import {
	baseUrlField,
	INVISIBLE,
	NOT_THE_API,
	requestsPerMinuteField,
	SLASHES_BEHIND,
} from './connection';

/** What a new credential asks for: one wrong scope makes Motive refuse the whole sign-in, so it stays editable. */
const DEFAULT_SCOPES =
	'companies.read vehicles.read assets.read users.read locations.vehicle_locations_list company_webhooks.manage driver_performance_events.read speeding_events.read';

/** What another host, or another path of the right one, answers to the request of the test. */
const ELSEWHERE = [301, 302, 303, 307, 308, 404, 405];

/** Sign-in to Motive with an OAuth2 app of one's own. */
export class MotiveOAuth2Api implements ICredentialType {
	name = 'motiveOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Motive OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/Motive/motive.svg',
		dark: 'file:../nodes/Motive/motive.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-motive/n8n-nodes-motive/blob/main/docs/oauth2.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'string',
			default: 'https://account.gomotive.com/oauth/authorize',
			required: true,
			hint: 'If no sign-in page opens, try https://api.gomotive.com/oauth/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'string',
			default: 'https://account.gomotive.com/oauth/token',
			required: true,
			hint: 'If connecting ends with an HTTP status or with “Expected JSON”, try https://api.gomotive.com/oauth/token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: DEFAULT_SCOPES,
			hint: 'Motive does not publish which scope image captures and video recalls need. If they are refused, use an API key.',
			description:
				'Scopes separated by spaces. Take out those that your app does not have: a single one makes the whole sign-in fail. In the developer portal of Motive, “Read only” gives the read scope, and “Read and write” gives the manage scope instead of it.',
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
		baseUrlField,
		requestsPerMinuteField,
	];

	// A request: n8n does not call a function for the test of a sign-in.
	test: ICredentialTestRequest = {
		request: {
			// As cleanBaseUrl does it: only an expression can say it here.
			baseURL: `={{ $credentials.baseUrl.replaceAll(${String(INVISIBLE)}, '').replace(${String(SLASHES_BEHIND)}, '') }}`,
			url: '/v1/companies',
			// Web servers, n8n among them, otherwise answer with a page and HTTP 200, which the test would take for Motive.
			headers: { Accept: 'application/json' },
			// Redirects would carry the token to another host.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Motive does not accept this sign-in any more: connect the account again.',
				},
			},
			...ELSEWHERE.map(
				(value): IAuthenticateRuleResponseCode => ({
					type: 'responseCode',
					properties: { value, message: NOT_THE_API },
				}),
			),
		],
	};
}

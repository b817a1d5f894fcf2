import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The two ways to sign in to Motive; shared by the node and its trigger. */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'motiveApi',
		required: true,
		testedBy: 'apiKey',
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		name: 'motiveOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
];

/** The parameter that chooses between them. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'API Key', value: 'apiKey' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
	default: 'apiKey',
};

/** The credential type behind a value of `authentication`. */
export function credentialTypeOf(authentication: unknown): 'motiveApi' | 'motiveOAuth2Api' {
	return authentication === 'oAuth2' ? 'motiveOAuth2Api' : 'motiveApi';
}

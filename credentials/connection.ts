import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

/** Where the API is; the same for both ways to sign in. */
export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: 'https://api.gomotive.com',
	required: true,
	description: 'Address of the Motive API. Leave it as it is unless Motive tells you otherwise.',
};

/**
 * The request by which n8n tests a credential: every key and every app may send it.
 *
 * @param whenRefused what the user reads when Motive does not accept the credential (401)
 */
export function connectionTest(whenRefused: string): ICredentialTestRequest {
	return {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/v1/companies',
		},
		rules: [{ type: 'responseCode', properties: { value: 401, message: whenRefused } }],
	};
}

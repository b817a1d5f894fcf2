import type {
	IAuthenticateRuleResponseCode,
	ICredentialTestRequest,
	INodeProperties,
} from 'n8n-workflow';

/** White space, line ends and what nobody sees, such as zero-width characters: they come along with what is pasted. */
const INVISIBLE = /[\s\p{Cc}\p{Cf}]/gu;

const SLASHES_BEHIND = /\/+$/;

/** A key as it was meant: nothing that nobody sees is part of it. */
export function cleanKey(pasted: unknown): string {
	return typeof pasted === 'string' ? pasted.replaceAll(INVISIBLE, '') : '';
}

/** A Base URL as it was meant, without slashes behind it. */
export function cleanBaseUrl(pasted: unknown): string {
	return cleanKey(pasted).replace(SLASHES_BEHIND, '');
}

/** What another host, or another path of the right one, answers to the request of the test. */
const ELSEWHERE = [301, 302, 303, 307, 308, 404, 405];

const WRONG_BASE_URL =
	'This is not the address of the Motive API. The Base URL usually is https://api.gomotive.com, without anything behind it.';

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
			// As cleanBaseUrl does it: only an expression can say it here.
			baseURL: `={{ $credentials.baseUrl.replaceAll(${String(INVISIBLE)}, '').replace(${String(SLASHES_BEHIND)}, '') }}`,
			url: '/v1/companies',
			// Redirects would carry the key to another host.
			disableFollowRedirect: true,
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: whenRefused } },
			...ELSEWHERE.map(
				(value): IAuthenticateRuleResponseCode => ({
					type: 'responseCode',
					properties: { value, message: WRONG_BASE_URL },
				}),
			),
		],
	};
}

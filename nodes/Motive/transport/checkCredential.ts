import { NodeOperationError, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';

import { cleanBaseUrl, cleanKey } from '../../../credentials/connection';
import { firstOf } from '../motive/text';

/**
 * Refuses a credential that no request can be sent with.
 *
 * @throws NodeOperationError that says what is wrong with the Base URL or the key
 */
export function checkCredential(
	node: INode,
	{ apiKey, baseUrl }: ICredentialDataDecryptedObject,
): void {
	const inBaseUrl = mistakeInBaseUrl(cleanBaseUrl(baseUrl));
	if (inBaseUrl !== undefined) {
		throw new NodeOperationError(node, `The Base URL of the Motive credential ${inBaseUrl}`, {
			description:
				'Open the credential and correct the Base URL. It usually is https://api.gomotive.com.',
		});
	}
	// There is none for OAuth2.
	const inKey = apiKey === undefined ? undefined : mistakeInKey(cleanKey(apiKey));
	if (inKey !== undefined) {
		throw new NodeOperationError(node, `The API Key of the Motive credential ${inKey}`, {
			description:
				'Open the credential and paste the key again. Keys are made in the Motive Dashboard under Admin → Developers.',
		});
	}
}

/** What is wrong with a Base URL, in words that fit behind its name. */
function mistakeInBaseUrl(baseUrl: string): string | undefined {
	if (baseUrl === '') return 'is empty';
	if (/^[\w.-]+(:\d+)?(\/|$)/.test(baseUrl))
		return 'is not a web address: https:// is missing in front';
	if (!URL.canParse(baseUrl) || !/^https?:\/\//i.test(baseUrl)) return 'is not a web address';
	if (/[?#]/.test(baseUrl)) return 'is more than the address of the API';
	// Each request brings the version of the API in its own path.
	const [surplus] = /\/v\d+(\/.*)?$/.exec(baseUrl) ?? [];
	return surplus && `has “${firstOf(surplus, 40)}” too much at its end`;
}

/** What is wrong with an API key, in words that fit behind its name. */
function mistakeInKey(key: string): string | undefined {
	if (key === '') return 'is empty';
	return /^[\x21-\x7e]+$/.test(key) ? undefined : 'has characters that no key has';
}

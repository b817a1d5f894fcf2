import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type INode,
} from 'n8n-workflow';

import { cleanBaseUrl, cleanKey, requestsPerMinute } from '../../../credentials/connection';
import { asError } from '../motive/failure';
import { firstOf } from '../motive/text';
import { cleanText } from './cleanText';

/** What is wrong with a field of a credential. */
export interface CredentialMistake {
	/** As the editor calls it. */
	field: string;
	/** What is wrong, in words that fit behind the name of the field. */
	mistake: string;
	/** What to enter instead, as a sentence. */
	advice: string;
}

/**
 * Gets a credential from n8n.
 *
 * @throws NodeOperationError when there is none, or n8n cannot read it, for example while its database is away
 */
export async function credentialOf(
	context: Pick<IExecuteFunctions, 'getCredentials' | 'getNode'>,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(type);
	} catch (error) {
		throw error instanceof NodeOperationError ? error : unreadable(context.getNode(), error);
	}
}

/** The words of n8n alone would read as if Motive were out of reach. */
function unreadable(node: INode, error: unknown): NodeOperationError {
	return new NodeOperationError(node, 'n8n could not read the Motive credential', {
		description: `Nothing was sent to Motive. n8n says: “${cleanText(asError(error).message)}”`,
	});
}

/**
 * Refuses a credential that no request can be sent with.
 *
 * @throws NodeOperationError that says what is wrong with the Base URL, the key or the limit
 */
export function checkCredential(node: INode, credential: ICredentialDataDecryptedObject): void {
	const found = mistakeIn(credential);
	if (found === undefined) return;
	const { field, mistake, advice } = found;
	throw new NodeOperationError(node, `The ${field} of the Motive credential ${mistake}`, {
		description: `Open the credential and correct the ${field}. ${advice}`,
	});
}

/** The first thing that keeps requests from being sent with a credential, if there is any. */
export function mistakeIn({
	apiKey,
	baseUrl,
	requestsPerMinute: perMinute,
}: ICredentialDataDecryptedObject): CredentialMistake | undefined {
	const inBaseUrl = mistakeInBaseUrl(cleanBaseUrl(baseUrl));
	if (inBaseUrl !== undefined) {
		const advice = 'It usually is https://api.gomotive.com.';
		return { field: 'Base URL', mistake: inBaseUrl, advice };
	}
	if (Number.isNaN(requestsPerMinute(perMinute))) {
		const advice = 'Leave it at 0 if Motive has named no limit.';
		return { field: 'Requests per Minute', mistake: 'is not a number greater than 0', advice };
	}
	// There is none for OAuth2.
	const inKey = apiKey === undefined ? undefined : mistakeInKey(cleanKey(apiKey));
	if (inKey === undefined) return undefined;
	const advice = 'Keys are made in the Motive Dashboard under Admin → Developers.';
	return { field: 'API Key', mistake: inKey, advice };
}

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

function mistakeInKey(key: string): string | undefined {
	if (key === '') return 'is empty';
	return /^[\x21-\x7e]+$/.test(key) ? undefined : 'has characters that no key has';
}

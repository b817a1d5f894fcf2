import { createHash } from 'node:crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import { cleanBaseUrl, cleanKey, requestsPerMinute } from '../../../credentials/connection';
import { accountTurns } from './accountTurns';
import { credentialTypeOf } from './authentication';
import { checkAnswer } from './checkAnswer';
import { checkCredential, credentialOf } from './checkCredential';
import type { Clock } from '../polling/clock';
import type { Turns } from '../polling/turns';
import { MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import { parseAnswer, parseFailure, type HttpAnswer } from './parseFailure';
import { tokenRenewal } from './tokenRenewal';

/** Where Motive is asked from: a running node, the lists of the editor, a webhook that is set up, or a trigger that polls. */
export type MotiveContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions;

/** One request to Motive. */
export interface MotiveRequest {
	method: 'DELETE' | 'GET' | 'POST' | 'PUT';
	/** Path below the base URL, its parts encoded. */
	path: string;
	query?: IDataObject;
	body?: object;
	/** Fields (in lower case) of which the answer has at least one; error words without any of them are a refusal. */
	expected?: readonly string[];
	/** Longest time to wait for the answer (ms); never more than 60 s. */
	patience?: number;
}

/** Sends a request, and resolves with the body of the answer. */
export type SendRequest = (request: MotiveRequest) => Promise<unknown>;

/** The one way out to Motive. */
export interface MotiveConnection {
	/**
	 * Sends a request once.
	 *
	 * @throws MotiveFailure of any kind that an HTTP request can have
	 */
	request: SendRequest;
	/** Whose data it sees: the same for the same credential, as long as nobody edits it. Tells nothing about the key. */
	account: string;
	/** The turns that its requests take. */
	turns: Turns;
	/** Address of the API. */
	baseUrl: string;
	/** Whether the API is only spoken to over TLS. */
	isSecure: boolean;
}

/** Longest time an answer or the beginning of a file may take (ms). Motive was seen to need up to 30 s. */
export const LONGEST_ANSWER_MS = 60_000;

const COMMON_OPTIONS = {
	json: true,
	// Lists as Motive writes them: driver_ids[]=1&driver_ids[]=2
	arrayFormat: 'brackets',
	// Redirects would carry the key to another host.
	disableFollowRedirect: true,
} as const;

/**
 * The API as the node's credential sees it.
 *
 * @throws NodeOperationError when n8n has no credential, or one with a Base URL or a key that cannot be one
 */
export async function connectToMotive(
	context: MotiveContext,
	clock: Clock,
): Promise<MotiveConnection> {
	const credentialType = credentialTypeOf(context.getNode().parameters['authentication']);
	const isOAuth2 = credentialType === 'motiveOAuth2Api';
	const credential = await credentialOf(context, credentialType);
	checkCredential(context.getNode(), credential);
	const baseUrl = cleanBaseUrl(credential['baseUrl']);
	const secrets = secretsOf(credential);
	// Else n8n would load and decrypt an API key anew for every request, which takes it longer than the request.
	const known = {
		credentialsDecrypted: { id: '', name: credentialType, type: credentialType, data: credential },
	};
	// Fresh options for every attempt: n8n writes the credential into them.
	const fetch = async (options: IHttpRequestOptions): Promise<unknown> =>
		await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			{ ...COMMON_OPTIONS, ...options },
			known,
		);
	const toFailure = (error: unknown) => parseFailure(error, secrets, clock.now());
	const { id, name = '' } = context.getNode().credentials?.[credentialType] ?? {};
	const renewToken = tokenRenewal(
		id ?? name,
		async () => await fetch({ url: `${baseUrl}/v1/companies`, timeout: LONGEST_ANSWER_MS }),
		toFailure,
	);

	// n8n is kept from seeing a 401, for which it would renew the token and repeat the request by itself.
	const exchange = async ({
		method,
		path,
		query,
		body,
		patience = LONGEST_ANSWER_MS,
	}: MotiveRequest): Promise<HttpAnswer> => {
		try {
			const answer = await fetch({
				method,
				url: `${baseUrl}${path}`,
				timeout: Math.min(patience, LONGEST_ANSWER_MS),
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query && { qs: query }),
				...(body && { body }),
			});
			return parseAnswer(answer);
		} catch (error) {
			throw toFailure(error);
		}
	};

	const account = createHash('sha256')
		.update(JSON.stringify([id, credential]))
		.digest('hex');
	const perMinute = requestsPerMinute(credential['requestsPerMinute']);
	return {
		account,
		turns: accountTurns({ clock, account, perMinute }),
		baseUrl,
		isSecure: new URL(baseUrl).protocol === 'https:',
		async request(motiveRequest) {
			if (isOAuth2) throwUnlessConnected(credential);
			let answer = await exchange(motiveRequest);
			if (answer.status === 401 && isOAuth2) {
				// Nothing was done, so it may be sent again, whatever it starts.
				await renewToken();
				answer = await exchange(motiveRequest);
			}
			checkAnswer(answer, { expected: motiveRequest.expected, secrets, now: clock.now() });
			return answer.body;
		},
	};
}

function throwUnlessConnected({ oauthTokenData }: JsonObject): void {
	if (isObject(oauthTokenData) && typeof oauthTokenData['access_token'] === 'string') return;
	throw new MotiveFailure('unauthorized', {
		detail: 'The credential is not connected to a Motive account',
	});
}

/** What must not show up in anything that the service says back. */
function secretsOf({ apiKey, clientSecret, oauthTokenData }: JsonObject): string[] {
	const tokens = isObject(oauthTokenData)
		? [oauthTokenData['access_token'], oauthTokenData['refresh_token']]
		: [];
	return [apiKey, cleanKey(apiKey), clientSecret, ...tokens].filter(
		(secret) => typeof secret === 'string' && secret !== '',
	) as string[];
}

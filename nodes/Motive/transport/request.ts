import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { credentialTypeOf } from './authentication';
import type { Clock } from '../polling/clock';
import { MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import { LONGEST_PATIENCE_MS } from '../polling/scheduler';
import { readFailure, readRefusal, type Answer } from './parseFailure';
import { tokenRenewal } from './tokenRenewal';

/** The contexts in which Motive is asked: a running node, the dropdown lists of the editor, and webhooks being set up. */
export type MotiveContext = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

/** One request to Motive. */
export interface MotiveRequest {
	method: 'DELETE' | 'GET' | 'POST' | 'PUT';
	/** Path below the base URL, its parts encoded. */
	path: string;
	query?: IDataObject;
	body?: object;
	/** Longest time to wait for the answer (ms); 60 s unless given. */
	patience?: number;
}

/** The one way out to Motive: sends a request once, and resolves with the body of the answer. */
export interface MotiveApi {
	/**
	 * @throws MotiveFailure of any kind that an HTTP request can have
	 */
	send(request: MotiveRequest): Promise<unknown>;
	/** Whether the API is only spoken to over TLS. */
	isSecure: boolean;
}

const COMMON_OPTIONS = {
	json: true,
	// Lists as Motive writes them: driver_ids[]=1&driver_ids[]=2
	arrayFormat: 'brackets',
	timeout: LONGEST_PATIENCE_MS,
	// Redirects would carry the key to another host.
	disableFollowRedirect: true,
} as const;

/**
 * The API as the node's credential sees it.
 *
 * @throws NodeOperationError when the base URL of the credential is not an http(s) address
 */
export async function connectToMotive(context: MotiveContext, clock: Clock): Promise<MotiveApi> {
	const credentialType = credentialTypeOf(context.getNode().parameters['authentication']);
	const isOAuth2 = credentialType === 'motiveOAuth2Api';
	const credential = await context.getCredentials(credentialType);
	const baseUrl = readBaseUrl(credential['baseUrl']);
	if (baseUrl === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			'The Base URL of the Motive credential is not a web address',
			{
				description:
					'Open the credential and correct the Base URL. It usually is https://api.gomotive.com.',
			},
		);
	}
	const secrets = secretsOf(credential);
	// Else n8n would load and decrypt an API key anew for every request, which takes it longer than the request.
	const known = {
		credentialsDecrypted: { id: '', name: credentialType, type: credentialType, data: credential },
	};
	// Fresh options for every attempt: n8n writes the credential into them.
	const request = async (options: IHttpRequestOptions): Promise<unknown> =>
		await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			{ ...COMMON_OPTIONS, ...options },
			known,
		);
	const read = (error: unknown) => readFailure(error, secrets, clock.now());
	const { id, name = '' } = context.getNode().credentials?.[credentialType] ?? {};
	const renewToken = tokenRenewal(
		id ?? name,
		async () => await request({ url: `${baseUrl}/v1/companies` }),
		read,
	);

	// n8n is kept from seeing a 401, for which it would renew the token and repeat the request by itself.
	const exchange = async ({
		method,
		path,
		query,
		body,
		patience,
	}: MotiveRequest): Promise<Answer> => {
		const [answer] = await Promise.allSettled([
			request({
				method,
				url: `${baseUrl}${path}`,
				...(patience !== undefined && { timeout: patience }),
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...(query && { qs: query }),
				...(body && { body }),
			}),
		]);
		if (answer.status === 'rejected') throw read(answer.reason);
		return readAnswer(answer.value);
	};

	return {
		isSecure: new URL(baseUrl).protocol === 'https:',
		async send(motiveRequest) {
			if (isOAuth2) throwUnlessConnected(credential);
			let answer = await exchange(motiveRequest);
			if (answer.status === 401 && isOAuth2) {
				// Nothing was done, so it may be sent again, whatever it starts.
				await renewToken();
				answer = await exchange(motiveRequest);
			}
			if (answer.status >= 300) throw readRefusal(answer, secrets, clock.now());
			return answer.body;
		},
	};
}

function readAnswer(answer: unknown): Answer {
	const { statusCode: status, body, headers } = isObject(answer) ? answer : {};
	if (typeof status !== 'number') throw new MotiveFailure('unreadable');
	return { status, body, retryAfter: isObject(headers) ? headers['retry-after'] : undefined };
}

function throwUnlessConnected({ oauthTokenData }: JsonObject): void {
	if (isObject(oauthTokenData) && typeof oauthTokenData['access_token'] === 'string') return;
	throw new MotiveFailure('unauthorized', {
		detail: 'The credential is not connected to a Motive account',
	});
}

function readBaseUrl(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}

/** What must not show up in anything that the service says back. */
function secretsOf({ apiKey, clientSecret, oauthTokenData }: JsonObject): string[] {
	const tokens = isObject(oauthTokenData)
		? [oauthTokenData['access_token'], oauthTokenData['refresh_token']]
		: [];
	return [apiKey, clientSecret, ...tokens].filter(
		(secret) => typeof secret === 'string' && secret !== '',
	) as string[];
}

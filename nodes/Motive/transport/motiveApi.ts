import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { credentialTypeOf } from '../authentication';
import type { Clock } from '../capture/clock';
import { MotiveFailure } from '../capture/failure';
import { isObject, type JsonObject } from '../capture/json';
import { LONGEST_PATIENCE_MS } from '../capture/scheduler';
import { readFailure } from './readFailure';

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

/**
 * The API as the node's credential sees it.
 *
 * @throws MotiveFailure `refused` when the base URL of the credential is not an http(s) address
 */
export async function connectToMotive(context: MotiveContext, clock: Clock): Promise<MotiveApi> {
	const credentialType = credentialTypeOf(context.getNode().parameters['authentication']);
	const credential = await context.getCredentials(credentialType);
	const baseUrl = readBaseUrl(credential['baseUrl']);
	const secrets = secretsOf(credential);
	return {
		isSecure: new URL(baseUrl).protocol === 'https:',
		async send(request) {
			// A fresh object for every attempt: n8n writes the credential into it.
			const options: IHttpRequestOptions = {
				method: request.method,
				url: `${baseUrl}${request.path}`,
				json: true,
				// Lists as Motive writes them: driver_ids[]=1&driver_ids[]=2
				arrayFormat: 'brackets',
				timeout: request.patience ?? LONGEST_PATIENCE_MS,
				// Redirects would carry the key to another host.
				disableFollowRedirect: true,
				...(request.query && { qs: request.query }),
				...(request.body && { body: request.body }),
			};
			return await authenticatedRequest(context, credentialType, options).catch((error: unknown) => {
				throw readFailure(error, secrets, clock.now());
			});
		},
	};
}

async function authenticatedRequest(
	context: MotiveContext,
	credentialType: string,
	options: IHttpRequestOptions,
): Promise<unknown> {
	return await context.helpers.httpRequestWithAuthentication.call(context, credentialType, options);
}

function readBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
		throw new MotiveFailure('refused', {
			detail: 'The Base URL of the Motive credential is not a web address; it usually is https://api.gomotive.com',
		});
	}
	return text;
}

/** What must not show up in anything that the service says back. */
function secretsOf({ apiKey, clientSecret, oauthTokenData }: JsonObject): string[] {
	const tokens = isObject(oauthTokenData) ? [oauthTokenData['access_token'], oauthTokenData['refresh_token']] : [];
	return [apiKey, clientSecret, ...tokens].filter((secret) => typeof secret === 'string' && secret !== '') as string[];
}

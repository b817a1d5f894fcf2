import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { connectToMotive, type MotiveConnection } from '../../../nodes/Motive/transport/request.ts';
import { VirtualClock } from '../polling/virtualClock.mts';

interface Sent {
	credentialType: string;
	options: IHttpRequestOptions;
}

interface World {
	credential?: ICredentialDataDecryptedObject;
	authentication?: string;
	answer?: () => unknown;
}

/** An answer as n8n hands it on when it is asked for all of it. */
const full = (statusCode: number, body: unknown, headers: Record<string, string> = {}) => ({
	statusCode,
	body,
	headers,
});

/** The connection on a context that records what is sent. */
async function connect(world: World = {}): Promise<MotiveConnection & { sent: Sent[] }> {
	const {
		credential = { apiKey: 'k3y', baseUrl: 'https://api.gomotive.com' },
		authentication,
		answer = () => full(200, 'answer'),
	} = world;
	const sent: Sent[] = [];
	const context = {
		getNode: () => ({ parameters: { authentication } }),
		getCredentials: () => Promise.resolve(credential),
		helpers: {
			async httpRequestWithAuthentication(
				this: unknown,
				credentialType: string,
				options: IHttpRequestOptions,
			) {
				sent.push({ credentialType, options });
				return await Promise.resolve(this === context ? answer() : 'called without its context');
			},
		},
	};
	const connection = await connectToMotive(
		context as unknown as IExecuteFunctions,
		new VirtualClock(),
	);
	return { ...connection, sent };
}

const get = { method: 'GET', path: '/v1/companies' } as const;

describe('connectToMotive', () => {
	it('sends requests below the base URL, and never follows a redirect', async () => {
		const connection = await connect();
		expect(
			await connection.request({
				method: 'POST',
				path: '/v1/image_captures',
				body: { vehicle_id: 7 },
			}),
		).toBe('answer');
		expect(connection.sent[0]).toMatchObject({
			credentialType: 'motiveApi',
			options: {
				method: 'POST',
				url: 'https://api.gomotive.com/v1/image_captures',
				body: { vehicle_id: 7 },
				json: true,
				timeout: 60_000,
				disableFollowRedirect: true,
			},
		});
	});

	it('has no body and no query unless they are given, and as much patience as asked for', async () => {
		const connection = await connect();
		await connection.request(get);
		await connection.request({ ...get, query: { page_no: 2 }, patience: 5_000 });
		expect(connection.sent[0]?.options).not.toHaveProperty('body');
		expect(connection.sent[0]?.options).not.toHaveProperty('qs');
		expect(connection.sent[1]?.options).toMatchObject({ qs: { page_no: 2 }, timeout: 5_000 });
	});

	it.each([
		[60_001, 60_000],
		[180_000, 60_000],
		[60_000, 60_000],
		[59_999, 59_999],
	])('with a patience of %i ms waits %i ms for an answer', async (patience, timeout) => {
		const connection = await connect();
		await connection.request({ ...get, patience });
		expect(connection.sent[0]?.options.timeout).toBe(timeout);
	});

	it('gives every request options of its own, as n8n writes the credential into them', async () => {
		const connection = await connect();
		await connection.request(get);
		await connection.request(get);
		expect(connection.sent[0]?.options).not.toBe(connection.sent[1]?.options);
	});

	it('tells accounts apart by the credential and what is in it, and shows nothing of that', async () => {
		const baseUrl = 'https://api.gomotive.com';
		const accountOf = async (credential: ICredentialDataDecryptedObject) =>
			(await connect({ credential })).account;
		const account = await accountOf({ apiKey: 'k3y-one', baseUrl });
		expect(await accountOf({ apiKey: 'k3y-one', baseUrl })).toBe(account);
		expect(await accountOf({ apiKey: 'k3y-two', baseUrl })).not.toBe(account);
		expect(await accountOf({ apiKey: 'k3y-one', baseUrl: `${baseUrl}/2` })).not.toBe(account);
		expect(account).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each([
		[undefined, 'motiveApi'],
		['apiKey', 'motiveApi'],
		['oAuth2', 'motiveOAuth2Api'],
	])('uses the credential that goes with %j', async (authentication, credentialType) => {
		const credential = {
			baseUrl: 'https://api.gomotive.com',
			oauthTokenData: { access_token: 'at' },
		};
		const connection = await connect({
			credential,
			...(authentication !== undefined && { authentication }),
		});
		await connection.request(get);
		expect(connection.sent[0]?.credentialType).toBe(credentialType);
	});

	it.each([
		['https://api.gomotive.com/', true],
		['  https://api.gomotive.com// ', true],
		['HTTPS://api.gomotive.com', true],
		['http://127.0.0.1:9', false],
	])('with the base URL %j, TLS is a must: %s', async (baseUrl, isSecure) => {
		const connection = await connect({ credential: { apiKey: 'k3y', baseUrl } });
		expect(connection.isSecure).toBe(isSecure);
		expect(connection.baseUrl).toBe(baseUrl.trim().replace(/\/+$/, ''));
		await connection.request(get);
		expect(connection.sent[0]?.options.url).toMatch(/^https?:\/\/[^/]+\/v1\/companies$/i);
	});

	it.each(['', 'api.gomotive.com', 'ftp://api.gomotive.com', '/v1', 'https://', undefined, 7])(
		'refuses %j as base URL',
		async (baseUrl) => {
			await expect(
				connect({ credential: { apiKey: 'k3y', ...(baseUrl !== undefined && { baseUrl }) } }),
			).rejects.toMatchObject({
				message: expect.stringMatching(/^The Base URL of the Motive credential is /) as string,
			});
		},
	);

	it.each<[string, ICredentialDataDecryptedObject]>([
		['API key', { apiKey: 's3cret-one', baseUrl: 'https://api.gomotive.com' }],
		['client secret', { clientSecret: 's3cret-one', baseUrl: 'https://api.gomotive.com' }],
		[
			'access token',
			{ oauthTokenData: { access_token: 's3cret-one' }, baseUrl: 'https://api.gomotive.com' },
		],
		[
			'refresh token',
			{ oauthTokenData: { refresh_token: 's3cret-one' }, baseUrl: 'https://api.gomotive.com' },
		],
	])('keeps the %s out of what the service says', async (_, credential) => {
		const answer = () => full(401, { error_message: 'invalid: s3cret-one' });
		const connection = await connect({ credential, answer });
		await expect(connection.request(get)).rejects.toMatchObject({
			kind: 'unauthorized',
			facts: { serviceText: 'invalid: ***' },
		});
	});

	it('reads the wait that Motive asks for, in every version of n8n', async () => {
		const connection = await connect({ answer: () => full(429, {}, { 'retry-after': '7' }) });
		await expect(connection.request(get)).rejects.toMatchObject({
			kind: 'rateLimited',
			facts: { retryAfterMs: 7_000 },
		});
	});

	it('sends nothing again that was refused with the API key', async () => {
		const connection = await connect({ answer: () => full(401, {}) });
		await expect(connection.request(get)).rejects.toMatchObject({ kind: 'unauthorized' });
		expect(connection.sent).toHaveLength(1);
	});

	it.each([undefined, 'text', {}, { statusCode: '200' }])(
		'does not take %j for an answer',
		async (answer) => {
			const connection = await connect({ answer: () => answer });
			await expect(connection.request(get)).rejects.toMatchObject({ kind: 'unreadable' });
		},
	);
});

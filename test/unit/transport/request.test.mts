import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { connectToMotive, type MotiveConnection } from '../../../nodes/Motive/transport/request.ts';
import { VirtualClock } from '../polling/virtualClock.mts';
import { unanswered } from './n8nErrors.mts';

interface Sent {
	credentialType: string;
	options: IHttpRequestOptions;
	known: unknown;
}

interface World {
	credential?: ICredentialDataDecryptedObject;
	authentication?: string;
	answer?: (options: IHttpRequestOptions) => unknown;
	/** What the node keeps of its credential, by its type. */
	credentials?: Record<string, { id: string | null; name: string }>;
}

/** An answer as n8n hands it on when it is asked for all of it. */
const full = (statusCode: number, body: unknown, headers: Record<string, string> = {}) => ({
	statusCode,
	body,
	headers,
});

/** The connection on a context that records what is sent. */
async function connect(
	world: World = {},
): Promise<MotiveConnection & { clock: VirtualClock; sent: Sent[] }> {
	const {
		credential = { apiKey: 'k3y', baseUrl: 'https://api.gomotive.com' },
		authentication,
		credentials,
		answer = () => full(200, 'answer'),
	} = world;
	const sent: Sent[] = [];
	const context = {
		getNode: () => ({ parameters: { authentication }, credentials }),
		getCredentials: () => Promise.resolve(credential),
		helpers: {
			async httpRequestWithAuthentication(
				this: unknown,
				credentialType: string,
				options: IHttpRequestOptions,
				known: unknown,
			) {
				sent.push({ credentialType, options, known });
				return await Promise.resolve(
					this === context ? answer(options) : 'called without its context',
				);
			},
		},
	};
	const clock = new VirtualClock();
	const connection = await connectToMotive(context as unknown as IExecuteFunctions, clock);
	return { ...connection, clock, sent };
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
				arrayFormat: 'brackets',
				timeout: 60_000,
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
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

	it('gives n8n the credential along, so that it is not decrypted anew for each request', async () => {
		const credential = { apiKey: 'k3y', baseUrl: 'https://api.gomotive.com' };
		const connection = await connect({ credential });
		await connection.request(get);
		expect(connection.sent[0]?.known).toEqual({
			credentialsDecrypted: {
				id: expect.any(String) as string,
				name: 'motiveApi',
				type: 'motiveApi',
				data: credential,
			},
		});
	});

	it.each([
		[6, 10_000],
		[undefined, 0],
	])('with %s requests per minute lets %i ms pass from one to the next', async (limit, ms) => {
		const { clock, turns } = await connect({
			credential: {
				apiKey: `k3y for ${limit}`,
				baseUrl: 'https://api.gomotive.com',
				...(limit !== undefined && { requestsPerMinute: limit }),
			},
		});
		const times: number[] = [];
		const send = async () => await Promise.resolve(times.push(clock.elapsed));
		const sent = [0, 1].map(
			async () =>
				await new Promise<void>((resolve, reject) => {
					const sendNext = () => {
						turns.send(send).then(() => resolve(), reject);
						return false;
					};
					turns.join({ isReady: true, sendNext, pausedUntil: () => undefined });
				}),
		);
		await clock.run(Promise.all(sent));
		expect(Math.abs(Number(times[1]) - Number(times[0]) - ms)).toBeLessThan(100);
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

describe('A connection with OAuth2', () => {
	const baseUrl = 'https://api.gomotive.com';
	const tokens = { access_token: 'at-s3cret', refresh_token: 'rt-s3cret' };
	const credential = { baseUrl, oauthTokenData: tokens };
	const start = { method: 'POST', path: '/v1/image_captures', body: { vehicle_id: 7 } } as const;

	/** Motive, to which the token has expired; n8n renews it when it is let see the refusal. */
	function expired(renewal: () => unknown = () => ({ companies: [] })) {
		const state = { isRenewed: false };
		return (options: IHttpRequestOptions) => {
			if (options.ignoreHttpStatusErrors !== true) {
				state.isRenewed = true;
				return renewal();
			}
			return state.isRenewed ? full(200, 'answer') : full(401, { error: 'expired' });
		};
	}

	it.each([undefined, 'text', {}, { access_token: 7 }, { refresh_token: 'rt' }])(
		'sends nothing while it is not connected: %j',
		async (oauthTokenData) => {
			const connection = await connect({
				authentication: 'oAuth2',
				credential: { baseUrl, ...(oauthTokenData !== undefined && { oauthTokenData }) },
			});
			await expect(connection.request(get)).rejects.toMatchObject({
				kind: 'unauthorized',
				facts: { detail: 'The credential is not connected to a Motive account' },
			});
			expect(connection.sent).toEqual([]);
		},
	);

	it('has the token renewed by a request that only reads, and then sends the refused one again', async () => {
		const connection = await connect({
			authentication: 'oAuth2',
			credential,
			answer: expired(),
		});
		expect(await connection.request(start)).toBe('answer');
		expect(connection.sent.map(({ options: { method = 'GET', url } }) => [method, url])).toEqual([
			['POST', `${baseUrl}/v1/image_captures`],
			['GET', `${baseUrl}/v1/companies`],
			['POST', `${baseUrl}/v1/image_captures`],
		]);
		expect(connection.sent[1]?.options).toMatchObject({
			timeout: 60_000,
			disableFollowRedirect: true,
		});
	});

	it('gives up when the renewed token is refused as well', async () => {
		const connection = await connect({
			authentication: 'oAuth2',
			credential,
			answer: () => full(401, {}),
		});
		await expect(connection.request(get)).rejects.toMatchObject({ kind: 'unauthorized' });
		expect(connection.sent).toHaveLength(3);
	});

	it('does not send the refused one again when the token could not be renewed', async () => {
		const answer = expired(() => {
			throw unanswered('ECONNREFUSED');
		});
		const connection = await connect({ authentication: 'oAuth2', credential, answer });
		await expect(connection.request(get)).rejects.toMatchObject({ kind: 'unreachable' });
		expect(connection.sent).toHaveLength(2);
	});

	it.each([400, 403, 404, 429, 503])('does not renew the token for HTTP %i', async (status) => {
		const connection = await connect({
			authentication: 'oAuth2',
			credential,
			answer: () => full(status, {}),
		});
		await expect(connection.request(get)).rejects.toMatchObject({ facts: { status } });
		expect(connection.sent).toHaveLength(1);
	});

	it.each<[string, Array<{ id: string | null; name: string } | undefined>, number]>([
		[
			'the same',
			[
				{ id: '7', name: 'Fleet' },
				{ id: '7', name: 'Fleet, renamed' },
			],
			1,
		],
		[
			'another',
			[
				{ id: '7', name: 'Fleet' },
				{ id: '8', name: 'Fleet' },
			],
			2,
		],
		[
			'the same without an ID',
			[
				{ id: null, name: 'Fleet' },
				{ id: null, name: 'Fleet' },
			],
			1,
		],
		[
			'another without an ID',
			[
				{ id: null, name: 'Fleet' },
				{ id: null, name: 'Depot' },
			],
			2,
		],
		['an unknown', [undefined, undefined], 1],
	])('renews the token once for two executions with %s credential', async (_, used, renewals) => {
		let asked = 0;
		const renewal = async () => {
			asked += 1;
			return await Promise.resolve({ companies: [] });
		};
		const connections = await Promise.all(
			used.map(
				async (own) =>
					await connect({
						authentication: 'oAuth2',
						credential,
						answer: expired(renewal),
						...(own && { credentials: { motiveOAuth2Api: own } }),
					}),
			),
		);
		// Which of the two is answered after a renewal does not matter here.
		await Promise.allSettled(connections.map(async ({ request }) => await request(get)));
		expect(asked).toBe(renewals);
	});

	it('shows nothing of a key that was pasted with something invisible in it', async () => {
		const connection = await connect({
			credential: { apiKey: 'k3y-\u200bs3cret', baseUrl },
			answer: () => full(400, { error_message: 'no key k3y-s3cret' }),
		});
		await expect(connection.request(get)).rejects.toMatchObject({
			facts: { serviceText: 'no key ***' },
		});
	});

	it('tells accounts apart by the ID of the credential', async () => {
		const accountOf = async (id: string) => {
			const credentials = { motiveOAuth2Api: { id, name: 'Fleet' } };
			return (await connect({ authentication: 'oAuth2', credential, credentials })).account;
		};
		expect(await accountOf('7')).toBe(await accountOf('7'));
		expect(await accountOf('7')).not.toBe(await accountOf('8'));
	});
});

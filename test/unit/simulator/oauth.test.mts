import axios from 'axios';
import { afterEach, describe, expect, it } from 'vitest';
import { isRecord } from '../../simulator/values.mts';
import { useSimulator } from './harness.mts';

const REDIRECT = 'https://n8n.example/rest/oauth2-credential/callback';
const http = axios.create({ validateStatus: () => true, maxRedirects: 0, proxy: false });

const { simulator } = useSimulator();
afterEach(() => {
	simulator().oauth.app.accessTokenSeconds = 7200;
});

async function authorize(scope: string, redirectUri = REDIRECT) {
	const { app, authorizeUrl } = simulator().oauth;
	app.redirectUris = [REDIRECT];
	const params = {
		client_id: app.clientId,
		redirect_uri: redirectUri,
		response_type: 'code',
		state: 's1',
		scope,
	};
	const { status, headers, data } = await http.get<unknown>(authorizeUrl, { params });
	const location: unknown = headers['location'];
	return {
		status,
		data,
		query: new URL(typeof location === 'string' ? location : REDIRECT).searchParams,
	};
}

async function token(fields: Record<string, string>, headers = {}) {
	const { app, tokenUrl } = simulator().oauth;
	const form = { client_id: app.clientId, client_secret: app.clientSecret, ...fields };
	const { status, data } = await http.post<unknown>(tokenUrl, new URLSearchParams(form), {
		headers,
	});
	if (!isRecord(data)) throw new Error('the token endpoint answers objects');
	return { status, data };
}

async function signIn(scope = 'companies.read vehicles.read') {
	const { query } = await authorize(scope);
	const { data } = await token({
		grant_type: 'authorization_code',
		code: query.get('code') ?? '',
		redirect_uri: REDIRECT,
	});
	return data;
}

const refresh = async (refreshToken: unknown) =>
	await token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });

async function get(path: string, accessToken: unknown) {
	const headers = { authorization: `Bearer ${String(accessToken)}` };
	const { status, data } = await http.get<unknown>(`${simulator().url}${path}`, { headers });
	return { status, data };
}

describe('sign-in', () => {
	it('gives a token that opens what its scopes allow', async () => {
		const { access_token, token_type, expires_in } = await signIn();
		expect(token_type).toBe('Bearer');
		expect(expires_in).toBeGreaterThan(7100);
		expect(await get('/v1/companies', access_token)).toMatchObject({ status: 200 });
		expect(await get('/v1/assets', access_token)).toMatchObject({
			status: 403,
			data: { error_message: 'Insufficient scope: authorized scope is insufficient' },
		});
	});

	it('fails as a whole when the app lacks one of the scopes', async () => {
		const { status, query } = await authorize('companies.read forms.read');
		expect(status).toBe(302);
		expect(Object.fromEntries(query)).toEqual({
			error: 'invalid_scope',
			error_description: 'The requested scope is invalid, unknown, or malformed.',
			state: 's1',
		});
	});

	it('leads nowhere but to the address of the app', async () => {
		expect(await authorize('companies.read', 'https://elsewhere.example/')).toMatchObject({
			status: 400,
		});
	});

	it('takes a code once', async () => {
		const { query } = await authorize('companies.read');
		const exchange = {
			grant_type: 'authorization_code',
			code: query.get('code') ?? '',
			redirect_uri: REDIRECT,
		};
		expect(await token(exchange)).toMatchObject({ status: 200 });
		expect(await token(exchange)).toMatchObject({ status: 400, data: { error: 'invalid_grant' } });
	});

	it('wants the credentials of the app in the body', async () => {
		const authorization = `Basic ${Buffer.from('simulated-app:simulated-app-secret').toString('base64')}`;
		expect(await token({ grant_type: 'refresh_token' }, { authorization })).toMatchObject({
			status: 401,
		});
		expect(await token({ grant_type: 'refresh_token', client_secret: 'wrong' })).toMatchObject({
			status: 400,
			data: { error: 'invalid_client' },
		});
	});
});

describe('tokens', () => {
	it('are refused when they have expired, and renewed', async () => {
		const { access_token, refresh_token } = await signIn();
		simulator().oauth.expireAccessTokens();
		expect(await get('/v1/companies', access_token)).toMatchObject({
			status: 401,
			data: { error_message: 'Invalid token: access token has expired' },
		});
		const { data } = await refresh(refresh_token);
		expect(data['refresh_token']).not.toBe(refresh_token);
		expect(await get('/v1/companies', data['access_token'])).toMatchObject({ status: 200 });
		expect(simulator().oauth.issued.map(({ grant, signIn: id }) => [grant, id])).toEqual([
			['authorization_code', 1],
			['refresh_token', 1],
		]);
	});

	it('live as long as the app says', async () => {
		simulator().oauth.app.accessTokenSeconds = 60;
		expect((await signIn())['expires_in']).toBeLessThanOrEqual(60);
	});

	it('are all worthless when a refresh token is used twice', async () => {
		const { refresh_token } = await signIn();
		const { data: second } = await refresh(refresh_token);
		expect(await refresh(refresh_token)).toMatchObject({
			status: 400,
			data: { error: 'invalid_grant' },
		});
		expect(await get('/v1/companies', second['access_token'])).toMatchObject({ status: 401 });
		expect(await refresh(second['refresh_token'])).toMatchObject({ status: 400 });
		expect(simulator().oauth.reused).toEqual([refresh_token]);
	});

	it('are given to one of two refreshes at the same time', async () => {
		const { refresh_token } = await signIn();
		const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
	});

	it('are worthless when the company disconnects the app', async () => {
		const { access_token, refresh_token } = await signIn();
		simulator().oauth.disconnect();
		expect(await get('/v1/companies', access_token)).toMatchObject({ status: 401 });
		expect(await refresh(refresh_token)).toMatchObject({
			status: 400,
			data: { error: 'invalid_grant' },
		});
	});
});

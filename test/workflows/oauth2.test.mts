import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import type { Route } from '../simulator/routes.mts';
import {
	from,
	fromItem,
	LOOKUP,
	POLL,
	POST,
	useMotiveWorld,
	vehicleByNumber,
	vehicleItems,
} from './motive.mts';
import { signedIn } from './signedIn.mts';

const TOKEN = 'POST /oauth/token';
const COMPANIES = 'GET /v1/companies';
const world = useMotiveWorld();

const order = 'image capture of vehicle 1040021, Front Facing';
const notRenewed = `The sign-in to Motive could not be renewed (${order})`;
const reconnect =
	'Open the credential and connect the account again. Motive may have withdrawn the access, or Client ID, Client Secret ' +
	'or Access Token URL may be wrong.';

const connected = (changes: ICredentialDataDecryptedObject = {}) => ({
	...signedIn(world.simulator),
	...changes,
});
const asOAuth2 = (motiveOAuth2Api: ICredentialDataDecryptedObject) => ({
	credentials: { motiveOAuth2Api },
});

async function captureFrom(names: string[], credential: ICredentialDataDecryptedObject, more = {}) {
	const parameters = {
		authentication: 'oAuth2',
		...fromItem,
		positions: ['front_facing'],
		...more,
	};
	return await world.run('capture', parameters, {
		items: vehicleItems(...names),
		...asOAuth2(credential),
	});
}

const statuses = (route: Route) => world.simulator.received(route).map(({ status }) => status);
const TRUCKS = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123', 'T-124', 'VAN 7'];

describe('With OAuth2', () => {
	it('requests carry the token and no key', async () => {
		const run = await captureFrom(['T-118'], connected());
		expect(run.items.map(({ json }) => json['state'])).toEqual(['ready']);
		expect(world.simulator.received(POST)[0]?.headers).toMatchObject({
			authorization: expect.stringMatching(/^Bearer at-/) as string,
		});
		expect(world.simulator.received(POST)[0]?.headers).not.toHaveProperty('x-api-key');
	});

	it('an expired token is renewed once, however many requests find it expired', async () => {
		const credential = connected();
		world.simulator.oauth.expireAccessTokens();
		world.simulator.faults.add({ on: POST, delay: 1_000 });
		const run = await captureFrom(TRUCKS, credential);
		expect(run.items).toHaveLength(TRUCKS.length);
		expect(statuses(POST)).toEqual([...TRUCKS.map(() => 401), ...TRUCKS.map(() => 201)]);
		expect(statuses(TOKEN)).toEqual([200]);
		expect(world.simulator.oauth.reused).toEqual([]);
	});

	it('one request at a time asks for a new token, so that older versions of n8n do not use a refresh token twice', async () => {
		const credential = connected();
		world.simulator.oauth.expireAccessTokens();
		await captureFrom(TRUCKS, credential);
		expect(statuses(COMPANIES)).toEqual([401, 200]);
	});

	it('a token may be good for the work although it does not show the company', async () => {
		world.simulator.faults.add({ on: COMPANIES, skip: 1, answer: answers.error(403) });
		const credential = connected();
		world.simulator.oauth.expireAccessTokens();
		expect((await captureFrom(['T-118'], credential)).status).toBe('success');
	});

	it('a token that expires while captures are waited for is renewed as well', async () => {
		world.simulator.faults.add({ on: POLL, times: 1, skip: 3, answer: answers.error(401) });
		const run = await captureFrom(['T-118', 'T-119'], connected());
		expect(run.status).toBe('success');
	});

	it.each<{ when: string; fault: Fault }>([
		{ when: 'fails', fault: { on: TOKEN, times: 2, answer: answers.html(503) } },
		{ when: 'gets too many requests', fault: { on: TOKEN, times: 2, answer: answers.error(429) } },
		{
			when: 'breaks the connection',
			fault: { on: TOKEN, times: 2, connection: 'reset', effect: false },
		},
	])('nothing is lost when the sign-in $when for a moment', async ({ fault }) => {
		world.simulator.faults.add(fault);
		const credential = connected();
		world.simulator.oauth.expireAccessTokens();
		const run = await captureFrom(TRUCKS, credential);
		expect(run.status).toBe('success');
		expect(world.simulator.captures).toHaveLength(TRUCKS.length);
	});
});

describe('The user reads what to do about the sign-in', () => {
	const expired = (changes: ICredentialDataDecryptedObject = {}) => {
		const credential = connected(changes);
		world.simulator.oauth.expireAccessTokens();
		return credential;
	};
	const read = async (credential: ICredentialDataDecryptedObject, more = {}) => {
		const run = await world.run(
			'capture',
			{ authentication: 'oAuth2', ...from('T-118'), ...more },
			asOAuth2(credential),
		);
		return { message: run.error?.message, description: run.error?.description };
	};

	it('when the account was never connected, and nothing is sent', async () => {
		for (const oauthTokenData of [undefined, {}, '']) {
			expect(
				await read({ ...connected(), oauthTokenData } as ICredentialDataDecryptedObject),
			).toEqual({
				message: `The credential is not connected to a Motive account (${order})`,
				description: reconnect,
			});
		}
		expect(world.simulator.requests).toEqual([]);
	});

	it('when Motive has disconnected the app', async () => {
		const credential = connected();
		world.simulator.oauth.disconnect();
		expect(await read(credential)).toEqual({
			message: `The credential "motiveOAuth2Api" needs to be reconnected (${order})`,
			description: reconnect,
		});
	});

	it('when there is no refresh token', async () => {
		const credential = connected({
			oauthTokenData: { access_token: 'at-old', token_type: 'Bearer' },
		});
		const { message, description } = await read(credential);
		expect(message).toContain('no refresh token is available');
		expect(description).toBe(reconnect);
	});

	it('when the secret of the app is wrong', async () => {
		expect(await read(expired({ clientSecret: 'wrong' }))).toEqual({
			message: notRenewed,
			description: reconnect,
		});
	});

	it.each([200, 404])('when a web page with HTTP %i is at the token URL', async (status) => {
		world.simulator.faults.add({ on: TOKEN, answer: answers.html(status) });
		expect(await read(expired())).toEqual({ message: notRenewed, description: reconnect });
	});

	it('when Motive does not take the new token either', async () => {
		world.simulator.faults.add({ on: POST, answer: answers.error(401, 'token of another region') });
		expect(await read(connected())).toEqual({
			message: `Motive did not accept the credential (${order})`,
			description: `${reconnect} Motive says: “token of another region”`,
		});
	});

	it('when the sign-in cannot be reached at all', async () => {
		const { message, description } = await read(
			expired({ accessTokenUrl: 'http://127.0.0.1:9/oauth/token' }),
		);
		expect(message).toBe(
			notRenewed.replace(' (', ': The server refused the connection: ECONNREFUSED ('),
		);
		expect(description).toContain('Access Token URL');
	});

	it('when a scope is missing', async () => {
		const credential = signedIn(world.simulator, ['companies.read']);
		const { message, description } = await read(credential, {
			vehicleId: vehicleByNumber('T-118'),
		});
		expect(message).toBe('Motive does not allow this (lookup of the vehicle or asset)');
		expect(description).toContain('granted to your app');
		expect(statuses(LOOKUP)).toEqual([403]);
	});
});

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { errorOf, outputOf } from '../n8n/execution.mts';
import { n8nHas } from '../n8n/install.mts';
import type { StoredCredential, Workflow } from '../n8n/workflow.mts';
import { makeFleet } from '../simulator/fleet.mts';
import type { ReceivedRequest } from '../simulator/log.mts';
import { useN8n } from './world.mts';

const POST = 'POST /v1/image_captures';
const POLL = 'GET /v1/image_captures/:camera_type/:request_id';
const TOKEN = 'POST /oauth/token';
const FLEET_SIZE = 30;
/** For one run, on a busy machine. */
const PATIENCE_MS = 120_000;

/** Told of each request; tests replace it. */
let onRequest: (request: ReceivedRequest) => void;
const world = useN8n({
	fleet: makeFleet(FLEET_SIZE),
	latency: { kind: 'constant', ms: 1_500 },
	pictures: { shared: true },
	onRequest: (request) => onRequest(request),
});
beforeEach(() => {
	onRequest = () => undefined;
});

async function connect(
	data: Record<string, unknown> = {},
): Promise<{ credential: StoredCredential; page: string }> {
	const { oauth, url } = world.simulator;
	oauth.app.redirectUris = [`${world.url}/rest/oauth2-credential/callback`];
	const credential = await world.client.createCredential('Fleet', 'motiveOAuth2Api', {
		authUrl: oauth.authorizeUrl,
		accessTokenUrl: oauth.tokenUrl,
		clientId: oauth.app.clientId,
		clientSecret: oauth.app.clientSecret,
		baseUrl: url,
		...data,
	});
	return { credential, page: await world.client.connectAccount(credential) };
}

/** Takes a picture with the front camera of every vehicle of the fleet. */
function captureWorkflow({ id, name }: StoredCredential): Workflow {
	const vehicles = world.simulator.fleet.map((vehicle) => ({ id: vehicle.id }));
	const position = [0, 0];
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'Capture all',
		nodes: [
			{
				id: '1',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position,
				parameters: {},
			},
			{
				id: '2',
				name: 'Fleet',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ vehicles }) },
			},
			{
				id: '3',
				name: 'Vehicles',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position,
				parameters: { fieldToSplitOut: 'vehicles' },
			},
			{
				id: '4',
				name: 'Motive',
				type: 'n8n-nodes-motive.motive',
				typeVersion: 1,
				position,
				parameters: {
					authentication: 'oAuth2',
					resource: 'imageCapture',
					operation: 'capture',
					vehicleId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
					positions: ['front_facing'],
				},
				credentials: { motiveOAuth2Api: { id, name } },
			},
		],
		connections: { Start: to('Fleet'), Fleet: to('Vehicles'), Vehicles: to('Motive') },
	};
}

const statuses = (route: typeof POST | typeof POLL | typeof TOKEN, status: number) =>
	world.simulator.received(route).filter((request) => request.status === status);

/** Lets the access token expire with the nth answer of this kind. */
function expireAfter(nth: number, route: string, status: number): void {
	let count = 0;
	onRequest = (request) => {
		if (request.route === route && request.status === status) count += 1;
		if (count === nth) {
			onRequest = () => undefined;
			world.simulator.oauth.expireAccessTokens();
		}
	};
}

/** Lets a renewal take so long that others find the token expired before it is there. */
function slowRenewal(): void {
	world.simulator.faults.add({ on: TOKEN, delay: 500 });
}

describe('an account', () => {
	it('is connected by signing in, and its credential can be tested', async () => {
		const { credential, page } = await connect();
		expect(page).toContain('Connection successful');
		expect(await world.client.testCredential(credential)).toMatchObject({ ok: true });
		expect(world.simulator.received('GET /v1/companies')).toMatchObject([{ status: 200 }]);
	});

	it('is not Motive where a web page answers', async () => {
		const { credential } = await connect({ baseUrl: world.url });
		const { ok, message } = await world.client.testCredential(credential);
		expect(ok).toBe(false);
		if (n8nHas('testMessages'))
			expect(message).toContain('This is not the address of the Motive API');
	});

	it('is asked for the scopes of the credential and no others, or in an older n8n for those of a new one', async () => {
		const { page } = await connect({ scope: 'companies.read vehicles.read' });
		expect(page).toContain('Connection successful');
		const { app, issued } = world.simulator.oauth;
		expect(issued).toMatchObject([
			{ scope: n8nHas('editableScopes') ? ['companies.read', 'vehicles.read'] : app.scopes },
		]);
	});
});

describe('a token that expires', () => {
	it('while many captures are being started is renewed once, and each capture is started once', async () => {
		const { credential } = await connect();
		slowRenewal();
		expireAfter(12, POST, 201);
		const run = await world.client.run(
			await world.client.createWorkflow(captureWorkflow(credential)),
			'Start',
			PATIENCE_MS,
		);
		const items = outputOf(run, 'Motive');
		expect(errorOf(run)).toBeUndefined();
		expect(items.map(({ json }) => json['state'])).toEqual(Array(FLEET_SIZE).fill('ready'));
		expect(items.every(({ binary }) => binary?.['data']?.mimeType === 'image/jpeg')).toBe(true);

		const { captures, fleet, oauth } = world.simulator;
		expect(captures.map(({ device }) => device.id).sort()).toEqual(fleet.map(({ id }) => id));
		expect(statuses(POST, 201)).toHaveLength(FLEET_SIZE);
		// Several found the token expired, or this test would prove nothing.
		expect(statuses(POST, 401).length).toBeGreaterThan(3);
		expect(statuses(TOKEN, 200)).toHaveLength(2);
		expect(oauth.reused).toEqual([]);
	});

	it('again and again is renewed each time with the refresh token that came last', async () => {
		const { credential } = await connect();
		const workflow = await world.client.createWorkflow(captureWorkflow(credential));
		expireAfter(5, POST, 201);
		expect(errorOf(await world.client.run(workflow, 'Start', PATIENCE_MS))).toBeUndefined();
		expireAfter(20, POLL, 200);
		expect(errorOf(await world.client.run(workflow, 'Start', PATIENCE_MS))).toBeUndefined();
		world.simulator.oauth.expireAccessTokens();
		expect(await world.client.testCredential(credential)).toMatchObject({ ok: true });

		const { captures, oauth } = world.simulator;
		expect(captures).toHaveLength(2 * FLEET_SIZE);
		expect(oauth.issued.map(({ grant, used }) => [grant, used])).toEqual([
			['authorization_code', true],
			['refresh_token', true],
			['refresh_token', true],
			['refresh_token', false],
		]);
		expect(oauth.reused).toEqual([]);
	});

	it('during two executions at the same time is renewed once for both', async () => {
		const { credential } = await connect();
		const workflow = await world.client.createWorkflow(captureWorkflow(credential));
		slowRenewal();
		expireAfter(25, POST, 201);
		const runs = await Promise.all([
			world.client.run(workflow, 'Start', PATIENCE_MS),
			world.client.run(workflow, 'Start', PATIENCE_MS),
		]);
		expect(runs.map(errorOf)).toEqual([undefined, undefined]);
		expect(world.simulator.captures).toHaveLength(2 * FLEET_SIZE);
		expect(statuses(POST, 401).length).toBeGreaterThan(3);
		expect(statuses(TOKEN, 200)).toHaveLength(2);
		expect(world.simulator.oauth.reused).toEqual([]);
	});
});

describe('the user reads', () => {
	it('that the account has to be connected again after Motive withdrew the access', async () => {
		const { credential } = await connect();
		const workflow = await world.client.createWorkflow(captureWorkflow(credential));
		world.simulator.oauth.disconnect();
		const run = await world.client.run(workflow, 'Start', PATIENCE_MS);
		const what = n8nHas('reconnectHint')
			? 'The credential "Fleet" needs to be reconnected'
			: 'The sign-in to Motive could not be renewed';
		expect(errorOf(run)).toMatchObject({
			// Any of those sent at the same time may be the first to fail.
			message: expect.stringMatching(
				new RegExp(`^${what} \\(image capture of vehicle \\d+, Front Facing\\) \\[item \\d+\\]$`),
			) as string,
			description: expect.stringContaining('connect the account again') as string,
		});
		expect(world.simulator.captures).toEqual([]);
		expect(await world.client.connectAccount(credential)).toContain('Connection successful');
		expect(errorOf(await world.client.run(workflow, 'Start', PATIENCE_MS))).toBeUndefined();
	});

	it('that the app lacks a scope', async () => {
		const { app } = world.simulator.oauth;
		const { scopes } = app;
		onTestFinished(() => {
			app.scopes = scopes;
		});
		app.scopes = ['companies.read'];
		const { page } = await connect();
		expect(page).toContain('The requested scope is invalid, unknown, or malformed.');
	});

	it('that no token comes from the Access Token URL', async () => {
		const { page } = await connect({ accessTokenUrl: `${world.simulator.url}/oauth/token` });
		expect(page).toContain('Error: HTTP status 404');
	});
});

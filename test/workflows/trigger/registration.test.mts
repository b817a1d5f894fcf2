import { describe, expect, it } from 'vitest';
import { inVirtualTime } from '../../engine/virtualTime.mts';
import { edit, error } from '../../simulator/answers.mts';
import { probe } from '../../simulator/deliveries.mts';
import { safetyEvent } from '../../simulator/events.mts';
import { signedIn } from '../signedIn.mts';
import { useTriggerWorld, type TriggerChanges } from './triggerWorld.mts';

const world = useTriggerWorld();
const ACTIONS = ['driver_performance_event_created', 'speeding_event_created'];

/** The message of a failed activation, which is all that n8n shows. */
async function failureOf(activation: Promise<unknown>): Promise<string> {
	const [outcome] = await Promise.allSettled([activation]);
	if (outcome.status === 'fulfilled') throw new Error('the activation succeeded');
	return (outcome.reason as Error).message;
}

describe('activating a workflow', () => {
	it('makes a webhook at Motive with a secret of its own, and answers the test message', async () => {
		const { trigger, webhook } = await world.activate();
		expect(webhook).toMatchObject({
			url: `${trigger.origin}/webhook/webhook-id/webhook`,
			actions: ACTIONS,
			enabled: true,
		});
		expect(webhook.secret).toMatch(/^[0-9a-f]{20}$/);
		expect(world.simulator.received('POST /v1/company_webhooks')[0]?.body).toEqual({
			...{ url: webhook.url, actions: ACTIONS, secret: webhook.secret },
			...{ format: 'json', enabled: true, webhook_type: 'POST' },
		});
		expect(world.simulator.webhooks.deliveries).toMatchObject([
			{ body: '{"action":"test"}', status: 200 },
		]);
		expect(trigger.runs).toEqual([]);
		const second = await world.activate({ node: { webhookId: 'other' } });
		expect(second.webhook.secret).not.toBe(webhook.secret);
	});

	it('uses the test URL while someone listens for a test event, next to the production one', async () => {
		const { webhook } = await world.activate({ isTest: true });
		expect(new URL(webhook.url).pathname).toBe('/webhook-test/webhook-id/webhook');
	});

	it('takes actions that are not in the list', async () => {
		const { webhook } = await world.activate({
			parameters: {
				events: ['fault_code_opened', 'other'],
				additionalEvents: 'asset_geofence_event, Form_Entry_Created',
			},
		});
		expect(webhook.actions).toEqual([
			'fault_code_opened',
			'asset_geofence_event',
			'form_entry_created',
		]);
	});

	it('refuses an empty choice of events', async () => {
		const trigger = await world.open({ parameters: { events: [] } });
		expect(await failureOf(trigger.activate())).toMatch(
			/^Trigger On is empty\. Choose at least one event/,
		);
		expect(world.traffic).toEqual([]);
	});

	it('takes actions by what the editor shows', async () => {
		const { webhook } = await world.activate({
			parameters: { events: 'Fault Code Opened, driver_performance_event_created' },
		});
		expect(webhook.actions).toEqual(['fault_code_opened', 'driver_performance_event_created']);
	});

	it.each([
		[{ severity: '={{ null }}' }, 'Severity is empty'],
		[{ vehicle: '={{ undefined }}' }, 'Vehicle is empty'],
		[{ severity: ['criticle'] }, 'Severity has “criticle”, but the choices are: Critical, High'],
	])('tells at once that the filter %j cannot be read', async (filters, message) => {
		for (const registration of ['automatic', 'manual']) {
			const trigger = await world.open({ parameters: { filters, registration } });
			expect(await failureOf(trigger.activate())).toContain(message);
		}
		expect(world.traffic).toEqual([]);
	});

	it.each([
		'http://localhost:5678',
		'http://127.0.0.1:5678',
		'http://[::1]:5678',
		'http://n8n.localhost',
		'http://192.168.0.7:5678',
		'https://n8n.office.lan',
	])('says that Motive cannot reach %s', async (baseUrl) => {
		const trigger = await world.open({ baseUrl });
		const message = await failureOf(trigger.activate());
		expect(message).toContain(
			`Motive cannot reach n8n at ${baseUrl}. Set the environment variable WEBHOOK_URL`,
		);
		expect(world.traffic).toEqual([]);
	});

	it('says so when there are two webhooks for an event already, and leaves nothing behind', async () => {
		await world.activate({ node: { webhookId: 'first' } });
		await world.activate({
			node: { webhookId: 'second' },
			parameters: { events: ['speeding_event_created'] },
		});
		const third = await world.open({ node: { webhookId: 'third' } });
		const message = await failureOf(third.activate());
		expect(message).toMatch(
			/^Motive has no room for another webhook on Speeding Event Created: two lead to n8n\.test:\d+ and n8n\.test:\d+ already\./,
		);
		expect(message).toContain('Motive allows two active webhooks for each event.');
		expect(message).toContain(
			'At most 2 active webhooks are allowed per action (speeding_event_created)',
		);
		expect(world.webhooks).toHaveLength(2);
	});

	it('quotes any other refusal', async () => {
		const trigger = await world.open({
			parameters: { events: ['other'], additionalEvents: 'not-an-action' },
		});
		expect(await failureOf(trigger.activate())).toContain(
			'Motive refused the webhook: actions is invalid. ',
		);
	});

	it.each([
		[401, 'Motive did not accept the credential (webhook)', 'webhooks need a live key'],
		[
			500,
			'Motive could not answer (HTTP 500, webhook)',
			'Publish the workflow again in a few minutes.',
		],
	])('explains a %i', async (status, message, advice) => {
		world.simulator.faults.add({ on: 'POST /v1/company_webhooks', answer: error(status) });
		const trigger = await world.open();
		const failure = await failureOf(trigger.activate());
		expect(failure.startsWith(`${message}. `)).toBe(true);
		expect(failure).toContain(advice);
	});

	it('tries for some seconds only, as n8n itself tries again, and tells what Motive said', async () => {
		const answer = error(500, 'Down for maintenance');
		for (const on of ['GET', 'POST'] as const)
			world.simulator.faults.add({ on: `${on} /v1/company_webhooks`, answer });
		const trigger = await world.open();
		const { failure, seconds } = await inVirtualTime(async ({ elapsed }) => ({
			failure: await failureOf(trigger.activate()),
			seconds: elapsed() / 1_000,
		}));
		expect(failure).toMatch(
			/^Motive could not answer \(HTTP 500, webhook\)\. .*“Down for maintenance”$/,
		);
		// Five tries and the pauses between them (15 s) fit into what n8n allows, which is about 84 s.
		expect(5 * seconds + 15).toBeLessThan(80);
	});

	it('never asks twice for the same webhook', async () => {
		world.simulator.faults.add({ on: 'POST /v1/company_webhooks', answer: error(503) });
		const trigger = await world.open();
		await failureOf(trigger.activate());
		expect(world.traffic.filter((line) => line.startsWith('POST'))).toEqual(['POST 503']);
	});

	it('does not leave a webhook behind when Motive breaks off after making it', async () => {
		world.simulator.faults.add({ on: 'POST /v1/company_webhooks', connection: 'reset' });
		const trigger = await world.open();
		expect(await failureOf(trigger.activate())).toContain('No answer came from Motive (webhook). ');
		expect(world.webhooks).toEqual([]);
	});

	it('says so when the test message does not arrive, and removes the webhook', async () => {
		const trigger = await world.open({ baseUrl: 'http://n8n.example:1' });
		expect(await failureOf(trigger.activate())).toMatch(
			/^Motive does not switch the webhook to http:\/\/n8n\.example:1 on\. .* Check that WEBHOOK_URL is the public address/,
		);
		expect(world.webhooks).toEqual([]);
		expect(trigger.state.staticData).toEqual({});
	});

	it('gives a webhook that is not on yet a second chance', async () => {
		const answer = edit(({ company_webhook }) => ({
			company_webhook: { ...(company_webhook as object), enabled: false },
		}));
		world.simulator.faults.add({ on: 'POST /v1/company_webhooks', answer });
		const { webhook } = await world.activate();
		expect(webhook.enabled).toBe(true);
		expect(world.traffic).toEqual(['GET 200', 'GET 200', 'POST 201', 'PUT 200']);
	});
});

describe('a webhook that is there already', () => {
	it('is found again after a restart of n8n, and left as it is', async () => {
		const { trigger, webhook } = await world.activate();
		const before = structuredClone(webhook);
		await trigger.activate();
		expect(world.traffic).toEqual(['GET 200', 'GET 200', 'POST 201', 'GET 200']);
		expect(world.webhooks).toEqual([before]);
	});

	it('is made anew when it was deleted by hand', async () => {
		const { trigger, webhook } = await world.activate();
		world.simulator.webhooks.remove(webhook.id);
		await trigger.activate();
		expect(world.webhooks).toMatchObject([
			{ url: webhook.url, secret: webhook.secret, enabled: true },
		]);
		expect(world.webhooks[0]?.id).not.toBe(webhook.id);
		const [anew] = world.webhooks;
		expect(
			(await world.simulator.webhooks.deliver(anew ?? webhook, safetyEvent(world.truck))).status,
		).toBe(200);
		expect(trigger.runs).toHaveLength(1);
	});

	it('is changed when other events were chosen and it could not be removed before', async () => {
		const { trigger, webhook } = await world.activate();
		world.simulator.faults.add({ on: 'DELETE /v1/company_webhooks/:id', answer: error(403) });
		await trigger.deactivate();
		const changed = await world.open({
			baseUrl: trigger.origin,
			parameters: { events: ['fault_code_opened'] },
		});
		changed.state.staticData = trigger.state.staticData;
		await changed.activate();
		expect(world.webhooks).toMatchObject([
			{ id: webhook.id, secret: webhook.secret, actions: ['fault_code_opened'], enabled: true },
		]);
	});

	it('is switched on again when Motive or a person has switched it off', async () => {
		const { trigger, webhook } = await world.activate();
		webhook.enabled = false;
		await trigger.activate();
		expect(world.webhooks).toMatchObject([{ id: webhook.id, enabled: true }]);
	});

	it('gets a new secret when n8n has lost the old one', async () => {
		const { trigger, webhook } = await world.activate();
		const old = webhook.secret;
		trigger.state.staticData = {};
		await trigger.activate();
		expect(world.webhooks).toMatchObject([{ id: webhook.id, enabled: true }]);
		expect(webhook.secret).not.toBe(old);
		expect((await world.simulator.webhooks.deliver(webhook, safetyEvent(world.truck))).status).toBe(
			200,
		);
		expect(trigger.runs).toHaveLength(1);
	});

	it('replaces several that lead to the same address by one', async () => {
		const { trigger, webhook } = await world.activate();
		const { url, secret, actions } = webhook;
		await world.simulator.webhooks.create({ url, secret, actions: ['vehicle_upserted'] });
		trigger.state.staticData = {};
		await trigger.activate();
		expect(world.webhooks).toMatchObject([{ id: webhook.id, actions }]);
	});

	it.each([
		[403, 'Motive keeps the list back'],
		[503, 'Motive has an outage'],
		[429, 'Too many requests for Motive'],
	])(
		'is taken to be there after a %i (%s), as when n8n starts',
		{ timeout: 60_000 },
		async (status) => {
			const { trigger } = await world.activate();
			world.simulator.faults.add({ on: 'GET /v1/company_webhooks', answer: error(status) });
			await inVirtualTime(async () => await trigger.activate());
			expect(trigger.log.at(-1)).toBe(
				'warn: Motive could not be asked for its webhooks, so the one that n8n remembers is taken to be there',
			);
			expect(world.traffic.filter((line) => !line.startsWith('GET'))).toEqual(['POST 201']);
		},
	);

	it('is not trusted blindly: a wrong key is told at once', async () => {
		const { trigger } = await world.activate();
		world.simulator.faults.add({ on: 'GET /v1/company_webhooks', answer: error(401) });
		expect(await failureOf(trigger.call('checkExists'))).toContain(
			'Motive did not accept the credential (webhook). ',
		);
	});
});

describe('an n8n whose public address changes', () => {
	it('moves its webhook along, however often, so that none is left behind', async () => {
		const { trigger, webhook } = await world.activate();
		const { secret } = webhook;
		for (const host of ['second.test', 'third.test']) {
			trigger.moveTo(host);
			await trigger.deactivate();
			await trigger.activate();
		}
		expect(world.webhooks).toMatchObject([
			{ url: `${trigger.origin}/webhook/webhook-id/webhook`, enabled: true },
		]);
		expect(trigger.origin).toContain('third.test');
		const [moved] = world.webhooks;
		if (!moved) throw new Error('no webhook');
		expect(moved.secret).not.toBe(secret);
		await world.simulator.webhooks.deliver(moved, safetyEvent(world.truck));
		expect(trigger.runs).toHaveLength(1);
	});

	it('moves it even when the workflow was not deactivated before', async () => {
		const { trigger, webhook } = await world.activate();
		for (const host of ['second.test', 'third.test']) {
			trigger.moveTo(host);
			await trigger.activate();
		}
		expect(world.webhooks).toEqual([webhook]);
		expect(webhook).toMatchObject({ url: `${trigger.origin}/webhook/webhook-id/webhook` });
		await world.simulator.webhooks.deliver(webhook, safetyEvent(world.truck));
		expect(trigger.runs).toHaveLength(1);
	});

	it('has room though two webhooks are all that Motive allows', async () => {
		await world.activate({ node: { webhookId: 'other' } });
		const { trigger } = await world.activate();
		trigger.moveTo('second.test');
		await trigger.activate();
		expect(world.webhooks).toHaveLength(2);
	});
});

describe('a workflow that was copied with what n8n remembers of it', () => {
	it('leaves the webhook of the original alone when it is deactivated', async () => {
		const { trigger, webhook } = await world.activate();
		const copy = await world.open({ baseUrl: trigger.origin });
		copy.state.staticData = trigger.state.staticData;
		await copy.deactivate();
		expect(world.webhooks).toEqual([webhook]);
	});

	it('makes a webhook of its own when it is activated, with another secret', async () => {
		const { trigger, webhook } = await world.activate();
		const before = structuredClone(webhook);
		const copy = await world.open({ node: { webhookId: 'copied' } });
		copy.state.staticData = trigger.state.staticData;
		await copy.activate();
		const [original, own] = world.webhooks;
		expect(original).toEqual(before);
		expect(own?.url).toContain('/copied/');
		expect(own?.secret).not.toBe(before.secret);
		await copy.deactivate();
		expect(world.webhooks).toEqual([before]);
	});
});

describe('Motive may', () => {
	it('list addresses with a slash at the end', async () => {
		world.simulator.webhooks.habits.slashAtEnd = true;
		const { trigger } = await world.activate();
		await trigger.activate();
		expect(world.traffic).toEqual(['GET 200', 'GET 200', 'POST 201', 'GET 200']);
		trigger.state.staticData = {};
		await trigger.activate();
		expect(world.webhooks).toHaveLength(1);
	});

	it.each(['beforeTest', 'afterTest'] as const)(
		'answer with a secret of its own (%s), which is the one that counts',
		async (ownSecret) => {
			world.simulator.webhooks.habits.ownSecret = ownSecret;
			const { trigger, webhook } = await world.activate();
			await world.simulator.webhooks.deliver(webhook, safetyEvent(world.truck));
			await trigger.activate();
			await world.simulator.webhooks.deliver(webhook, safetyEvent(world.truck, { id: 2 }));
			expect(trigger.runs).toHaveLength(2);
			// Another secret than the one that n8n remembers from before.
			world.simulator.webhooks.remove(webhook.id);
			await trigger.activate();
			const [anew] = world.webhooks;
			if (!anew) throw new Error('no webhook');
			await world.simulator.webhooks.deliver(anew, safetyEvent(world.truck, { id: 3 }));
			expect(trigger.runs).toHaveLength(3);
		},
	);

	it('try a webhook out with the names of its actions', async () => {
		world.simulator.webhooks.habits.testMessage = 'actions';
		const { trigger, webhook } = await world.activate();
		expect(webhook.enabled).toBe(true);
		expect(trigger.runs).toEqual([]);
	});

	it('have another secret than n8n since somebody changed it in the dashboard', async () => {
		const { trigger, webhook } = await world.activate();
		webhook.secret = 'changed-in-dashboard';
		await trigger.activate();
		await world.simulator.webhooks.deliver(webhook, safetyEvent(world.truck));
		expect(trigger.runs).toHaveLength(1);
	});
});

it.each(['GET', 'HEAD'] as const)(
	'a %s on the address of the webhook is answered and starts nothing',
	async (method) => {
		const { trigger, webhook } = await world.activate();
		expect((await probe(method, webhook.url)).status).toBe(200);
		expect(trigger.runs).toEqual([]);
	},
);

describe('with OAuth2, whose scope for making webhooks does not include listing them', () => {
	const oAuth2 = () => ({
		credentials: { motiveOAuth2Api: signedIn(world.simulator, ['company_webhooks.manage']) },
		parameters: { authentication: 'oAuth2' },
	});

	it('makes the webhook, finds it again and removes it all the same', async () => {
		const { trigger, webhook } = await world.activate(oAuth2());
		expect(webhook.enabled).toBe(true);
		await trigger.activate();
		await trigger.deactivate();
		expect(world.webhooks).toEqual([]);
		const apiCalls = world.simulator.requests.filter(({ host }) => host === 'api');
		expect(apiCalls.map(({ method, status }) => `${method} ${String(status)}`)).toEqual([
			...['GET 403', 'GET 403', 'POST 201'],
			...['GET 403', 'DELETE 200'],
		]);
		expect(apiCalls.every(({ headers }) => headers['x-api-key'] === undefined)).toBe(true);
	});

	it('changes its webhook when other events are chosen, without a list', async () => {
		const { trigger, webhook } = await world.activate(oAuth2());
		trigger.moveTo('second.test');
		await trigger.activate();
		expect(world.webhooks).toEqual([webhook]);
	});

	it('renews a token that has expired since', async () => {
		const trigger = await world.open(oAuth2());
		world.simulator.oauth.expireAccessTokens();
		await trigger.activate();
		expect(world.webhooks).toMatchObject([{ enabled: true }]);
		expect(world.simulator.received('POST /oauth/token')).toMatchObject([{ status: 200 }]);
	});

	it('says that the account has to be connected again', async () => {
		const trigger = await world.open(oAuth2());
		world.simulator.oauth.disconnect();
		const failure = await failureOf(trigger.activate());
		expect(failure).toContain(
			'needs to be reconnected (webhook). Open the credential and connect the account again.',
		);
		expect(failure).not.toContain('API key');
	});
});

describe('deactivating a workflow', () => {
	it('removes the webhook and forgets the secret', async () => {
		const { trigger } = await world.activate();
		await trigger.deactivate();
		expect(world.webhooks).toEqual([]);
		expect(trigger.state.staticData).toEqual({ 'node:Motive': {} });
	});

	it('accepts that the webhook is gone already', async () => {
		const { trigger, webhook } = await world.activate();
		world.simulator.webhooks.remove(webhook.id);
		await trigger.deactivate();
		expect(trigger.state.staticData).toEqual({ 'node:Motive': {} });
		expect(trigger.log.filter((line) => line.startsWith('warn'))).toEqual([]);
	});

	it('removes a webhook of which n8n has lost the id', async () => {
		const { trigger } = await world.activate();
		trigger.state.staticData = {};
		await trigger.deactivate();
		expect(world.webhooks).toEqual([]);
	});

	it('leaves the webhook of another n8n alone, even if the workflow was copied from there', async () => {
		const { trigger, webhook } = await world.activate();
		const copy = await world.open();
		copy.state.staticData = trigger.state.staticData;
		await copy.deactivate();
		expect(world.webhooks).toEqual([webhook]);
	});

	it('tells n8n’s log when it does not work, keeps what it knows, and never blocks', async () => {
		const { trigger, webhook } = await world.activate();
		world.simulator.faults.add({ on: 'DELETE /v1/company_webhooks/:id', answer: error(401) });
		await trigger.deactivate();
		expect(trigger.log.at(-1)).toContain(
			'warn: The webhook may be left at Motive: Motive did not accept the credential (webhook). ',
		);
		expect(JSON.stringify(trigger.state.staticData)).toContain(webhook.secret);
		expect(trigger.log.join()).not.toContain(webhook.secret);
	});
});

describe('manual registration', () => {
	const byHand = (changes: TriggerChanges = {}): TriggerChanges => ({
		credentials: {},
		baseUrl: 'http://localhost:5678',
		...changes,
		parameters: { registration: 'manual', ...changes.parameters },
	});

	it.each([
		['the credential', { credentials: { motiveWebhookApi: { secret: 'made-by-hand-0123456' } } }],
		['the parameter of old', { parameters: { webhookSecret: 'made-by-hand-0123456' } }],
	])('sends nothing to Motive, and has its secret from %s', async (_name, changes) => {
		const trigger = await world.open(byHand(changes));
		await trigger.activate();
		await trigger.activate();
		await trigger.deactivate();
		expect(world.traffic).toEqual([]);
		expect(trigger.state.staticData).toEqual({});
	});

	it('is refused without a secret', async () => {
		for (const changes of [{}, { credentials: { motiveWebhookApi: { secret: ' ' } } }]) {
			const trigger = await world.open(byHand(changes));
			expect(await failureOf(trigger.activate())).toBe(
				'The secret of the webhook is missing. Make a Motive Webhook API credential with it, and choose it in the Motive Trigger.',
			);
		}
	});
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { N8nClient } from '../n8n/client.mts';
import { outputOf, type OutputItem } from '../n8n/execution.mts';
import { startN8n, type N8nServer } from '../n8n/server.mts';
import type { StoredCredential, Workflow } from '../n8n/workflow.mts';
import { error } from '../simulator/answers.mts';
import { probe, type Delivery } from '../simulator/deliveries.mts';
import { faultCode, safetyEvent, speedingEvent } from '../simulator/events.mts';
import { startSimulator, type Simulator } from '../simulator/simulator.mts';
import type { Webhook } from '../simulator/webhooks.mts';

const TRIGGER = 'Motive Trigger';
const repository = path.resolve(import.meta.dirname, '../..');

let simulator: Simulator;
let n8n: N8nServer;
let client: N8nClient;
let credential: StoredCredential;
let userFolder: string;
let port: number;

/** Starts n8n with the data in its folder. Without an address it calls itself localhost, as a fresh n8n does. */
async function start(address?: string): Promise<void> {
	const env = address === undefined ? {} : { WEBHOOK_URL: address };
	n8n = await startN8n({ userFolder, packageDir: repository, port, env });
	client = await N8nClient.connect(n8n.url);
}

const publicAddress = () => `http://n8n.test:${String(port)}/`;

/** A workflow with the trigger and a node behind it, whose output can be read. */
function workflow(
	parameters: Record<string, unknown> = {},
	webhookId = 'events',
	{ id, name, type } = credential,
): Workflow {
	const events = ['driver_performance_event_created', 'speeding_event_created'];
	const trigger = {
		id: `trigger-${webhookId}`,
		name: TRIGGER,
		type: 'n8n-nodes-motive.motiveTrigger',
		webhookId,
	};
	const behind = {
		id: 'behind',
		name: 'Behind',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [200, 0],
	};
	return {
		name: `Trigger ${webhookId}`,
		nodes: [
			{
				...{ ...trigger, typeVersion: 1, position: [0, 0], parameters: { events, ...parameters } },
				credentials: { [type]: { id, name } },
			},
			{ ...behind, parameters: {} },
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Behind', type: 'main', index: 0 }]] } },
	};
}

function onlyWebhook(): Webhook {
	const [webhook, ...others] = simulator.webhooks.all;
	if (!webhook || others.length > 0)
		throw new Error(`Motive has ${String(simulator.webhooks.all.length)} webhooks`);
	return webhook;
}

/** The output behind the trigger, execution by execution, once there are this many. */
async function executions(workflowId: string, count: number): Promise<OutputItem[][]> {
	await expect
		.poll(async () => (await client.executions(workflowId)).length, { timeout: 10_000 })
		.toBe(count);
	return (await client.executions(workflowId)).map((execution) => outputOf(execution, 'Behind'));
}

const sent = () => simulator.requests.map(({ method, status }) => `${method} ${String(status)}`);

beforeAll(async () => {
	simulator = await startSimulator();
	userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-trigger-'));
	port = await getPort({ host: '127.0.0.1' });
	await start(publicAddress());
	credential = await client.createCredential('Motive', 'motiveApi', {
		apiKey: simulator.apiKey,
		baseUrl: simulator.url,
	});
});

afterAll(async () => {
	await n8n.stop();
	await simulator.stop();
	await rm(userFolder, { recursive: true, force: true });
});

describe('a Motive Trigger in a whole n8n', () => {
	let workflowId: string;
	let first: Delivery;

	it('registers its webhook when the workflow is activated, and answers the test message in time', async () => {
		workflowId = await client.createWorkflow(workflow());
		await client.activate(workflowId);
		expect(onlyWebhook()).toMatchObject({
			url: `${publicAddress()}webhook/events/webhook`,
			enabled: true,
		});
		expect(sent()).toEqual(['GET 200', 'GET 200', 'POST 201']);
		expect(simulator.webhooks.deliveries).toMatchObject([
			{ body: '{"action":"test"}', status: 200 },
		]);
	});

	it('starts the workflow with a signed event and answers within 3 s', async () => {
		first = await simulator.webhooks.deliver(onlyWebhook(), safetyEvent(simulator.device('T-118')));
		expect(first.status).toBe(200);
		const [[item] = []] = await executions(workflowId, 1);
		expect(item?.json).toEqual({
			...safetyEvent(simulator.device('T-118')),
			event: expect.objectContaining({
				type: 'hard_brake',
				vehicle: { id: 1040021, number: 'T-118' },
			}) as unknown,
		});
	});

	it('drops the same event when it comes again, but no other', async () => {
		expect((await simulator.webhooks.redeliver(first)).status).toBe(200);
		const other = safetyEvent(simulator.device('T-119'), { id: 3328320 });
		await simulator.webhooks.deliver(onlyWebhook(), [
			other,
			speedingEvent(simulator.device('T-118')),
		]);
		const [, second] = await executions(workflowId, 2);
		expect(second?.map(({ json }) => json['id'])).toEqual([3328320, 245325]);
	});

	it('refuses what is not signed as it should be, and says so in the log without the secret', async () => {
		const webhook = onlyWebhook();
		const payload = safetyEvent(simulator.device('T-118'), { id: 1 });
		expect(
			(await simulator.webhooks.deliver({ ...webhook, secret: 'x'.repeat(20) }, payload)).status,
		).toBe(401);
		expect((await simulator.webhooks.deliver(webhook, payload, { signature: null })).status).toBe(
			401,
		);
		expect(await n8n.log()).toContain('A delivery to the Motive Trigger was refused (401)');
		expect(await n8n.log()).not.toContain(webhook.secret);
		await executions(workflowId, 2);
	});

	it('answers other events and test messages without starting anything', async () => {
		const webhook = onlyWebhook();
		expect(
			(await simulator.webhooks.deliver(webhook, faultCode(simulator.device('T-118')))).status,
		).toBe(200);
		expect((await simulator.webhooks.deliver(webhook, ['speeding_event_created'])).status).toBe(
			200,
		);
		await executions(workflowId, 2);
	});

	it('finds its webhook again after a restart, and takes what came in between', async () => {
		const before = structuredClone(onlyWebhook());
		await n8n.stop();
		const missed = await simulator.webhooks.deliver(
			before,
			safetyEvent(simulator.device('T-118'), { id: 3328321 }),
		);
		expect(missed.status).toBeUndefined();
		const requests = sent().length;
		await start(publicAddress());
		await expect
			.poll(async () => (await simulator.webhooks.redeliver(missed)).status, { timeout: 10_000 })
			.toBe(200);
		const third = (await executions(workflowId, 3)).at(-1);
		expect(third?.map(({ json }) => json['id'])).toEqual([3328321]);
		// n8n 2.41 does not ask the node; older versions do.
		expect(
			sent()
				.slice(requests)
				.filter((line) => line !== 'GET 200'),
		).toEqual([]);
		expect(onlyWebhook()).toEqual(before);
	});

	it('has other events registered when they are changed and the workflow is activated again', async () => {
		await client.updateWorkflow(workflowId, workflow({ events: ['fault_code_opened'] }));
		await client.activate(workflowId);
		expect(onlyWebhook()).toMatchObject({ actions: ['fault_code_opened'], enabled: true });
		await simulator.webhooks.deliver(onlyWebhook(), faultCode(simulator.device('T-118')));
		const fourth = (await executions(workflowId, 4)).at(-1);
		expect(fourth?.[0]?.json).toMatchObject({
			action: 'fault_code_opened',
			event: { severity: 'medium' },
		});
	});

	it('answers whoever looks whether its address is there', async () => {
		for (const method of ['GET', 'HEAD'] as const)
			expect((await probe(method, onlyWebhook().url)).status).toBe(200);
		await executions(workflowId, 4);
	});

	it('listens for a test event on a webhook of its own, which is gone afterwards', async () => {
		await client.listen(workflowId, TRIGGER);
		await expect
			.poll(() => simulator.webhooks.all.map(({ url }) => new URL(url).pathname.split('/')[1]))
			.toEqual(['webhook', 'webhook-test']);
		const [production, test] = simulator.webhooks.all;
		if (!production || !test) throw new Error('a webhook is missing');
		expect(
			(await simulator.webhooks.deliver(test, faultCode(simulator.device('T-119')))).status,
		).toBe(200);
		await executions(workflowId, 5);
		await expect.poll(() => simulator.webhooks.all).toEqual([production]);
	});

	it('moves its webhook along when n8n gets another public address', async () => {
		const { id } = onlyWebhook();
		await n8n.stop();
		await start(`http://moved.test:${port}/`);
		await client.deactivate(workflowId);
		expect(simulator.webhooks.all).toEqual([]);
		await client.activate(workflowId);
		expect(onlyWebhook()).toMatchObject({
			url: `http://moved.test:${port}/webhook/events/webhook`,
			enabled: true,
		});
		expect(onlyWebhook().id).not.toBe(id);
		await n8n.stop();
		await start(publicAddress());
	});

	it('leaves its webhook alone when a copy of the workflow is activated and deactivated', async () => {
		const original = structuredClone(onlyWebhook());
		const copyId = await client.createWorkflow(workflow({}, 'copied'));
		await client.activate(copyId);
		await client.deactivate(copyId);
		expect(onlyWebhook()).toEqual(original);
	});

	it('removes its webhook when the workflow is deactivated', async () => {
		await client.deactivate(workflowId);
		expect(simulator.webhooks.all).toEqual([]);
	});

	it('says what Motive said when it answers with errors only', async () => {
		const answer = error(500, 'Down for maintenance');
		for (const on of ['GET', 'POST'] as const)
			simulator.faults.add({ on: `${on} /v1/company_webhooks`, answer });
		await expect(client.activate(workflowId)).rejects.toThrow(
			/Motive could not answer \(HTTP 500, webhook\)\. .*“Down for maintenance”/,
		);
		simulator.faults.clear();
	});

	it('says so when Motive has no room for another webhook', async () => {
		for (const host of ['one.test', 'two.test']) {
			const rival = {
				url: `http://${host}:1/hook`,
				secret: 'x'.repeat(20),
				actions: ['fault_code_opened'],
				enabled: true,
			};
			simulator.webhooks.all.push({ id: simulator.webhooks.all.length + 900, ...rival });
		}
		await expect(client.activate(workflowId)).rejects.toThrow(
			'Motive has no room for another webhook on Fault Code Opened: two lead to one.test:1 and two.test:1 already. ' +
				'Motive allows two active webhooks for each event.',
		);
		simulator.webhooks.clear();
	});

	it('works with a webhook made by hand, without a request to Motive', async () => {
		const secret = '0123456789abcdef0123';
		const requests = sent().length;
		const stored = await client.createCredential('By hand', 'motiveWebhookApi', { secret });
		expect(await client.testCredential(stored)).toMatchObject({ ok: true });
		const manualId = await client.createWorkflow(
			workflow({ registration: 'manual' }, 'by-hand', stored),
		);
		await client.activate(manualId);
		const target = { url: `${publicAddress()}webhook/by-hand/webhook`, secret };
		expect((await simulator.webhooks.deliver(target, { action: 'test' })).status).toBe(200);
		await simulator.webhooks.deliver(target, speedingEvent(simulator.device('T-118')));
		await executions(manualId, 1);
		await client.deactivate(manualId);
		expect(sent()).toHaveLength(requests);
	});

	it('says what to do when Motive cannot reach n8n', async () => {
		await n8n.stop();
		await start();
		await expect(client.activate(workflowId)).rejects.toThrow(
			/^Motive cannot reach n8n at http:\/\/(localhost|127\.0\.0\.1):\d+\. Set the environment variable WEBHOOK_URL.* Motive Polling Trigger/,
		);
		expect(simulator.webhooks.all).toEqual([]);
	});
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { N8nClient } from '../n8n/client.mts';
import { errorOf, outputOf } from '../n8n/execution.mts';
import { startN8n, type N8nServer } from '../n8n/server.mts';
import type { StoredCredential, Workflow } from '../n8n/workflow.mts';
import { startSimulator, type Simulator } from '../simulator/simulator.mts';

const TRIGGER = 'Motive Polling Trigger';
const LIST = 'GET /v2/driver_performance_events';
const repository = path.resolve(import.meta.dirname, '../..');

/** Polls come every 20 seconds: n8n allows no Poll Time more often than once a minute, but several of them. */
const SECONDS = [0, 20, 40];
const NEXT_POLL = { timeout: 60_000, interval: 500 };

let simulator: Simulator;
let n8n: N8nServer;
let client: N8nClient;
let credential: StoredCredential;
let userFolder: string;
let workflowId: string;

/** Starts n8n with what is in its folder. Nobody can reach it from outside. */
async function start(): Promise<void> {
	n8n = await startN8n({ userFolder, packageDir: repository });
	client = await N8nClient.connect(n8n.url);
}

/** A workflow that starts with the trigger. */
function workflow(parameters: object = {}, authentication = credential): Workflow {
	const { id, name, type } = authentication;
	const item = SECONDS.map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	}));
	return {
		name: 'Polling',
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-motive.motivePollingTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: { item }, ...parameters },
				credentials: { [type]: { id, name } },
			},
			{
				id: 'behind',
				name: 'Behind',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Behind', type: 'main', index: 0 }]] } },
	};
}

/** The IDs of the events behind the trigger, execution by execution. */
async function ids(): Promise<unknown[][]> {
	const executions = await client.executions(workflowId);
	return executions.map((execution) => outputOf(execution, 'Behind').map(({ json }) => json['id']));
}

const polls = () => simulator.received(LIST).length;

/** Waits until n8n has polled so many times more. */
async function polled(times = 1): Promise<void> {
	const target = polls() + times;
	await expect
		.poll(polls, { ...NEXT_POLL, timeout: NEXT_POLL.timeout * times })
		.toBeGreaterThanOrEqual(target);
}

beforeAll(async () => {
	simulator = await startSimulator();
	simulator.events.lists.usual = false;
	userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-polling-'));
	await start();
	credential = await client.createCredential('Motive', 'motiveApi', {
		apiKey: simulator.apiKey,
		baseUrl: simulator.url,
	});
	workflowId = await client.createWorkflow(workflow());
});

afterAll(async () => {
	await n8n.stop();
	await simulator.stop();
	await rm(userFolder, { recursive: true, force: true });
});

describe('a Motive Polling Trigger in a whole n8n', () => {
	it('shows the newest event as a test event', async () => {
		simulator.events.happen({ at: Date.now() - 3_600_000 });
		const newest = simulator.events.happen();
		const run = await client.run(workflowId, TRIGGER);
		expect(outputOf(run, TRIGGER).map(({ json }) => json['id'])).toEqual([newest]);
	});

	it('cannot be published with a wrong key, and says why', async () => {
		const wrong = await client.createCredential('Wrong', 'motiveApi', {
			apiKey: 'wrong',
			baseUrl: simulator.url,
		});
		const id = await client.createWorkflow(workflow({}, wrong));
		await expect(client.activate(id)).rejects.toThrow(
			/Motive did not accept the credential \(list of safety events\)\. Check the API key/,
		);
	});

	it('starts nothing with what was there before it was published', async () => {
		const manual = (await ids()).length;
		await client.activate(workflowId);
		await polled();
		expect(await ids()).toHaveLength(manual);
	});

	it('starts the workflow with a new event at the next of its Poll Times', async () => {
		const before = await ids();
		const id = simulator.events.happen();
		await expect.poll(ids, NEXT_POLL).toEqual([...before, [id]]);
	});

	it('finds what came while n8n was down, and nothing twice', async () => {
		const before = await ids();
		await n8n.stop();
		const id = simulator.events.happen({ at: Date.now() - 7_200_000 });
		await start();
		await expect.poll(ids, NEXT_POLL).toEqual([...before, [id]]);
		await polled();
		expect(await ids()).toEqual([...before, [id]]);
	});

	it('loses nothing and brings nothing twice when it is edited and published again', async () => {
		const before = await ids();
		const first = simulator.events.happen();
		await client.updateWorkflow(workflowId, workflow({ options: { lookBackHours: 12 } }));
		await client.activate(workflowId);
		const second = simulator.events.happen();
		await expect
			.poll(async () => (await ids()).slice(before.length).flat().sort(), NEXT_POLL)
			.toEqual([first, second]);
		await polled();
		expect((await ids()).slice(before.length).flat()).toHaveLength(2);
	});

	it('brings an event once when two polls overlap', async () => {
		const before = await ids();
		// Longer than the time between two polls.
		simulator.faults.add({ on: LIST, delay: 30_000 });
		await polled();
		const id = simulator.events.happen();
		await polled(2);
		simulator.faults.clear();
		await expect.poll(ids, NEXT_POLL).toEqual([...before, [id]]);
		await polled(2);
		expect(await ids()).toEqual([...before, [id]]);
	});

	it('shows an outage of Motive, and goes on where it was', async () => {
		const before = await ids();
		simulator.faults.add({ on: LIST, answer: { status: 401 } });
		const id = simulator.events.happen();
		await expect
			.poll(
				async () => (await client.executions(workflowId)).map(errorOf).at(-1)?.message,
				NEXT_POLL,
			)
			.toBe('Motive did not accept the credential (list of safety events)');
		simulator.faults.clear();
		await expect
			.poll(async () => (await ids()).slice(before.length).flat(), NEXT_POLL)
			.toEqual([id]);
	});
});

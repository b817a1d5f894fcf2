import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isUnfinished, N8nClient } from '../n8n/client.mts';
import { errorOf, type Execution } from '../n8n/execution.mts';
import { startN8n } from '../n8n/server.mts';
import type { StoredCredential, Workflow } from '../n8n/workflow.mts';
import { WATCHED, watchMemory } from './memory.mts';
import { installBareNode } from './workflows/bare.mts';
import { TRIGGER } from './workflows/node.mts';
import { createKey, type Peer } from './workflows/peers.mts';
import type { World } from './worldProcess.mts';

const PACKAGE = path.resolve(import.meta.dirname, '../..');

/** Rarely, because every request leaves a megabyte of garbage in n8n. */
const ASKING_MS = 5_000;

/** How a workflow ran. */
export interface Measured {
	/** From the start of the execution to its end, as n8n recorded them. */
	seconds: number;
	/** Largest growth of the memory of n8n (bytes). */
	growth: number;
	execution: Execution;
}

/** A freshly started n8n. */
export interface BenchN8n {
	client: N8nClient;
	/** For the simulated Motive. */
	credential: StoredCredential;
	/** The same for HTTP Request nodes. */
	peer: Peer;
	/** Runs a workflow once, and watches n8n for at least so many seconds. */
	measure(workflow: Workflow, atLeast?: number): Promise<Measured>;
}

/** Starts an n8n, hands it to `use` and stops it afterwards. */
export async function withN8n<T>(world: World, use: (n8n: BenchN8n) => Promise<T>): Promise<T> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
	await installBareNode(userFolder);
	const server = await startN8n({ userFolder, packageDir: PACKAGE, env: WATCHED });
	try {
		const client = await N8nClient.connect(server.url);
		const data = { apiKey: world.apiKey, baseUrl: world.url };
		const credential = await client.createCredential('Motive', 'motiveApi', data);
		const peer = { url: world.url, key: await createKey(client, world) };
		const { pid = 0 } = server;
		const measure = async (workflow: Workflow, atLeast = 0): Promise<Measured> => {
			const id = await client.createWorkflow(workflow);
			const { result, growth } = await watchMemory(
				pid,
				async () => await runToEnd(client, id, atLeast),
			);
			const { startedAt, stoppedAt } = result;
			return {
				seconds: (Number(stoppedAt) - Number(startedAt)) / 1_000,
				growth,
				execution: await client.execution(result.id),
			};
		};
		return await use({ client, credential, peer, measure });
	} finally {
		await server.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

/** Runs a workflow, and asks n8n for its execution until it is over and so many seconds have passed. */
async function runToEnd(
	client: N8nClient,
	workflowId: string,
	atLeast: number,
): Promise<Execution> {
	const beganAt = performance.now();
	const execution = await untilOver(client, await client.start(workflowId, TRIGGER));
	while (performance.now() - beganAt < atLeast * 1_000) {
		await sleep(ASKING_MS);
		await client.execution(execution.id, false);
	}
	return execution;
}

/** Waits for the end of an execution without asking for its data, which would be work for n8n; throws when it failed. */
export async function untilOver(client: N8nClient, executionId: string): Promise<Execution> {
	for (;;) {
		const execution = await client.execution(executionId, false);
		if (execution.status === 'success') return execution;
		if (!isUnfinished(execution)) {
			const failed = await client.execution(executionId);
			throw new Error(
				`Execution ${executionId} is ${failed.status}: ${errorOf(failed)?.message ?? 'no message'}`,
			);
		}
		await sleep(ASKING_MS);
	}
}

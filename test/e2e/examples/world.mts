import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import getPort from 'get-port';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { N8nClient } from '../../n8n/client.mts';
import type { Execution } from '../../n8n/execution.mts';
import { startN8n, type N8nServer } from '../../n8n/server.mts';
import {
	readWorkflow,
	withCredentials,
	type StoredCredential,
	type Workflow,
} from '../../n8n/workflow.mts';
import type { Capture } from '../../simulator/captures.mts';
import type { Latency } from '../../simulator/latency.mts';
import { Painter } from '../../simulator/pictures.mts';
import { startOutside, type Outside } from '../outside/world.mts';

const PACKAGE = resolve(import.meta.dirname, '../../..');

const LATENCY: Latency = { kind: 'constant', ms: 200 };
/** For one execution, on a busy machine. */
const PATIENCE = { timeout: 120_000, interval: 200 };

/** Parameters that a test changes, by the name of the node. */
export type Changes = Record<string, Record<string, unknown>>;

/** A whole n8n with the package. All its traffic goes through a proxy to stand-ins for the services of the examples. */
export interface ExampleWorld {
	readonly outside: Outside;
	/** Base URL of n8n. */
	readonly url: string;
	readonly client: N8nClient;
	/** How long cameras take, unless a test has them take longer. */
	readonly usualLatency: Latency;
	/**
	 * Imports an example as it stands in its file, with the user's credentials, and returns the id of the workflow.
	 *
	 * @param credentials to take in place of the user's of the same type
	 */
	importExample(
		name: string,
		changes?: Changes,
		credentials?: readonly StoredCredential[],
	): Promise<string>;
	/** The first execution of a workflow, once it has ended. */
	ended(workflowId: string): Promise<Execution>;
}

/** Starts the world before the tests of a file and stops it after them. No test may ask for a host that is not there. */
export function useExamples(): ExampleWorld {
	let outside: Outside;
	let userFolder: string;
	let server: N8nServer;
	let client: N8nClient;
	const stored: StoredCredential[] = [];
	beforeAll(async () => {
		outside = await startOutside({ latency: LATENCY });
		userFolder = await mkdtemp(join(tmpdir(), 'n8n-examples-'));
		const port = await getPort({ host: '127.0.0.1' });
		// A name that does not look local, or Motive could not reach it.
		const env = { ...outside.proxy.env, WEBHOOK_URL: `http://n8n.fleet.example:${String(port)}/` };
		server = await startN8n({ userFolder, packageDir: PACKAGE, port, env });
		client = await N8nClient.connect(server.url);
		for (const [type, data] of Object.entries(outside.credentials)) {
			stored.push(await client.createCredential(`${type} account`, type, data));
		}
	});
	afterEach(() => {
		outside.motive.faults.clear();
		outside.slack.failure = undefined;
		expect(outside.proxy.refused).toEqual([]);
	});
	afterAll(async () => {
		await server.stop();
		await outside.stop();
		await rm(userFolder, { recursive: true, force: true });
	});
	return {
		usualLatency: LATENCY,
		get outside() {
			return outside;
		},
		get url() {
			return server.url;
		},
		get client() {
			return client;
		},
		importExample: async (name, changes = {}, credentials = []) => {
			const others = stored.filter(({ type }) => !credentials.some((own) => own.type === type));
			const workflow = withChanges(await readExample(name), changes);
			return await client.createWorkflow(withCredentials(workflow, [...others, ...credentials]));
		},
		ended: async (workflowId) => {
			await expect
				.poll(async () => (await client.executions(workflowId)).length, PATIENCE)
				.toBeGreaterThan(0);
			const [execution] = await client.executions(workflowId);
			if (!execution) throw new Error('There was an execution, and now there is none');
			return execution;
		},
	};
}

async function readExample(name: string): Promise<Workflow> {
	return await readWorkflow(join(PACKAGE, 'examples', `${name}.json`));
}

/** A node of an example as it stands in its file. */
export async function nodeOf(example: string, name: string): Promise<Workflow['nodes'][number]> {
	const node = (await readExample(example)).nodes.find((each) => each.name === name);
	if (!node) throw new Error(`${example} has no node ${name}`);
	return node;
}

function withChanges(workflow: Workflow, changes: Changes): Workflow {
	const unknown = Object.keys(changes).filter(
		(name) => !workflow.nodes.some((node) => node.name === name),
	);
	if (unknown.length > 0) throw new Error(`“${workflow.name}” has no node ${unknown.join(', ')}`);
	const nodes = workflow.nodes.map((node) => ({
		...node,
		parameters: { ...(node['parameters'] as Record<string, unknown>), ...changes[node.name] },
	}));
	return { ...workflow, nodes };
}

/** The picture that the simulated camera took, byte for byte. */
export async function pictureOf(capture: Capture): Promise<Buffer> {
	return await new Painter({}).paint(capture);
}

/** Name of the file that the node makes of a capture. */
export function fileNameOf({ device, position, requestId }: Capture): string {
	return `${device.name.replaceAll(/[^\w-]+/g, '-')}_${position}_${String(requestId)}.jpg`;
}

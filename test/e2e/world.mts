import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { N8nClient } from '../n8n/client.mts';
import { startN8n, type N8nServer } from '../n8n/server.mts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator.mts';

const PACKAGE = resolve(import.meta.dirname, '../..');

/** A whole n8n with the package, logged in, in front of a simulated Motive. Time is real. */
export interface N8nWorld {
	readonly simulator: Simulator;
	/** Base URL of n8n. */
	readonly url: string;
	readonly client: N8nClient;
}

/** Starts the world before the tests of a file, empties the simulator between them, and stops all after them. */
export function useN8n(options: SimulatorOptions = {}): N8nWorld {
	let simulator: Simulator;
	let userFolder: string;
	let server: N8nServer;
	let client: N8nClient;
	beforeAll(async () => {
		simulator = await startSimulator(options);
		userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
		// Otherwise n8n calls itself localhost, and cookies of 127.0.0.1 are not sent there.
		server = await startN8n({ userFolder, packageDir: PACKAGE, env: { N8N_HOST: '127.0.0.1' } });
		client = await N8nClient.connect(server.url);
	});
	afterEach(() => {
		simulator.reset();
	});
	afterAll(async () => {
		await server.stop();
		await simulator.stop();
		await rm(userFolder, { recursive: true, force: true });
	});
	return {
		get simulator() {
			return simulator;
		},
		get url() {
			return server.url;
		},
		get client() {
			return client;
		},
	};
}

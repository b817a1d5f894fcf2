import { resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { N8nClient } from '../../n8n/client.mts';
import { startQueue, type Queue } from '../../n8n/queue.mts';
import type { N8nServer } from '../../n8n/server.mts';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator/simulator.mts';

const PACKAGE = resolve(import.meta.dirname, '../../..');
/** Executions that a worker runs at the same time. */
const CONCURRENCY = 5;

/** n8n in queue mode: a main process with the editor, and two workers that run the executions. Time is real. */
export interface QueueWorld {
	readonly simulator: Simulator;
	readonly client: N8nClient;
	readonly workers: N8nServer[];
	/** Starts the worker of this number anew, after it has ended. */
	startWorker(number: number): Promise<void>;
	/** Ends the main process and starts it again. */
	restartMain(): Promise<void>;
}

/** Starts the world before the tests of a file and stops it after them. */
export function useQueue(options: SimulatorOptions = {}): QueueWorld {
	let simulator: Simulator;
	let queue: Queue;
	let main: N8nServer;
	let client: N8nClient;
	const workers: N8nServer[] = [];

	const startMain = async () => {
		main = await queue.startMain();
		client = await N8nClient.connect(main.url);
	};
	const startWorker = async (number: number) => {
		workers[number] = await queue.startWorker(number, CONCURRENCY);
	};

	beforeAll(async () => {
		simulator = await startSimulator(options);
		queue = await startQueue(PACKAGE);
		// The first process makes the tables.
		await startMain();
		await Promise.all([startWorker(0), startWorker(1)]);
	});
	afterAll(async () => {
		await Promise.all([main, ...workers].map(async (server) => await server.stop()));
		await queue.stop();
		await simulator.stop();
	});
	return {
		get simulator() {
			return simulator;
		},
		get client() {
			return client;
		},
		workers,
		startWorker,
		restartMain: async () => {
			await main.stop();
			await startMain();
		},
	};
}

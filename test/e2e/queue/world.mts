import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll } from 'vitest';
import { N8nClient } from '../../n8n/client.mts';
import { startN8n, startWorker, type N8nServer } from '../../n8n/server.mts';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator/simulator.mts';
import { startPostgres, startRedis, type Service } from './services.mts';

const PACKAGE = resolve(import.meta.dirname, '../../..');
/** Executions that a worker runs at the same time. */
const CONCURRENCY = 5;

/** n8n in queue mode: a main process with the editor, and two workers that run the executions. Time is real. */
export interface QueueWorld {
	readonly simulator: Simulator;
	readonly client: N8nClient;
	readonly workers: N8nServer[];
	/** Where Motive reaches n8n, with a slash at the end. */
	readonly address: string;
	/** Starts the worker of this number anew, after it has ended. */
	startWorker(number: number): Promise<void>;
	/** Ends the main process and starts it again. */
	restartMain(): Promise<void>;
}

/** Starts the world before the tests of a file and stops it after them. */
export function useQueue(options: SimulatorOptions = {}): QueueWorld {
	let simulator: Simulator;
	let services: Service[] = [];
	let folder: string;
	let env: Record<string, string>;
	let port: number;
	let main: N8nServer;
	let client: N8nClient;
	const workers: N8nServer[] = [];

	const startMain = async () => {
		main = await startN8n({ userFolder: join(folder, 'main'), packageDir: PACKAGE, port, env });
		client = await N8nClient.connect(main.url);
	};
	const startOneWorker = async (number: number) => {
		const userFolder = join(folder, `worker-${String(number)}`);
		workers[number] = await startWorker({ userFolder, packageDir: PACKAGE, env }, CONCURRENCY);
	};
	const address = () => `http://n8n.test:${String(port)}/`;

	beforeAll(async () => {
		simulator = await startSimulator(options);
		folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
		const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
		services = [postgres, redis];
		port = await getPort({ host: '127.0.0.1' });
		env = queueMode(postgres, redis, address());
		// The first process makes the tables.
		await startMain();
		await Promise.all([startOneWorker(0), startOneWorker(1)]);
	});
	afterAll(async () => {
		await Promise.all([main, ...workers].map(async (server) => await server.stop()));
		await Promise.all(services.map(async (service) => await service.stop()));
		await simulator.stop();
		await rm(folder, { recursive: true, force: true });
	});
	return {
		get simulator() {
			return simulator;
		},
		get client() {
			return client;
		},
		get address() {
			return address();
		},
		workers,
		startWorker: startOneWorker,
		restartMain: async () => {
			await main.stop();
			await startMain();
		},
	};
}

function queueMode(postgres: Service, redis: Service, address: string): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		N8N_ENCRYPTION_KEY: 'the-same-for-every-process',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		WEBHOOK_URL: address,
		// How soon n8n notices that a worker is gone; by default after a minute and a half.
		QUEUE_WORKER_LOCK_DURATION: '15000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
		QUEUE_WORKER_STALLED_INTERVAL: '5000',
		// n8n 1 would run the execution of a dead worker once more; n8n 2 never does.
		QUEUE_WORKER_MAX_STALLED_COUNT: '0',
	};
}

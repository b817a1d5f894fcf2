import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startN8n, startWorker, type N8nServer } from './server.mts';
import { startPostgres, startRedis, type Service } from './services.mts';

/** What n8n's queue mode is made of, on 127.0.0.1. Nothing of n8n runs yet. */
export interface Queue {
	postgres: Service;
	redis: Service;
	/** Starts the main process, with the editor; it makes the tables if there are none. */
	startMain(): Promise<N8nServer>;
	/** Starts the worker of this number, which runs so many executions at the same time. */
	startWorker(number: number, concurrency: number): Promise<N8nServer>;
	/** Ends PostgreSQL and Redis and removes everything; the processes of n8n must be gone. */
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL and Redis for an n8n in queue mode.
 * @param packageDir folder of the built package that every process installs when it is started for the first time
 */
export async function startQueue(packageDir: string): Promise<Queue> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
	const port = await getPort({ host: '127.0.0.1' });
	const address = `http://n8n.test:${String(port)}/`;
	const env = queueMode(postgres, redis, address);
	const installed = new Set<string>();
	const process = (name: string) => {
		const isNew = !installed.has(name);
		installed.add(name);
		return { userFolder: join(folder, name), env, ...(isNew && { packageDir }) };
	};
	return {
		postgres,
		redis,
		startMain: async () => await startN8n({ ...process('main'), port }),
		startWorker: async (number, concurrency) =>
			await startWorker(process(`worker-${String(number)}`), concurrency),
		stop: async () => {
			await Promise.all([postgres.stop(), redis.stop()]);
			await rm(folder, { recursive: true, force: true });
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

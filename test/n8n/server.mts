import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { execa } from 'execa';
import getPort, { clearLockedPorts } from 'get-port';
import { environment } from './environment.mts';
import { ensureN8n } from './install.mts';
import { installPackage } from './package.mts';

/** What a process of n8n is started with. */
export interface N8nOptions {
	/** Folder of this process alone: its database, its community packages and its log. */
	userFolder: string;
	/** Folder of the built package to install; without it what is installed there stays. */
	packageDir?: string;
	/** Preferred port; another one is taken if it is in use. */
	port?: number;
	/** Further environment variables for n8n. */
	env?: Readonly<Record<string, string>>;
	/** Ends n8n, also while it is starting. */
	signal?: AbortSignal;
}

/** A running process of n8n. */
export interface N8nServer {
	url: string;
	/** The process of n8n. */
	pid: number | undefined;
	/** Everything that it has logged. */
	log(): Promise<string>;
	/** Resolves when the process is gone, however it has ended. */
	ended: Promise<void>;
	/** Ends n8n and waits until it is gone. May be called more than once. */
	stop(): Promise<void>;
	/** Kills n8n, as a crash does. */
	kill(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

/**
 * Starts n8n with its editor and with the package installed as a community package. It sends nothing to the internet.
 * It ends with this process, however this process ends (short of SIGKILL).
 * @throws if n8n is not ready in two minutes or ends before; the message has the end of its log
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	return await startProcess(['start'], options);
}

/**
 * Starts a worker, which takes executions from the queue that `env` names. Otherwise like {@link startN8n}.
 * @param concurrency number of executions that it runs at the same time
 */
export async function startWorker(options: N8nOptions, concurrency: number): Promise<N8nServer> {
	return await startProcess(['worker', `--concurrency=${String(concurrency)}`], options);
}

async function startProcess(command: readonly string[], options: N8nOptions): Promise<N8nServer> {
	const { userFolder } = options;
	const { node, n8n, env } = await ensureN8n();
	await mkdir(userFolder, { recursive: true });
	if (options.packageDir !== undefined) await installPackage(options.packageDir, userFolder);
	// Otherwise a port that get-port has just given to the caller would count as taken.
	clearLockedPorts();
	const port = await getPort({
		host: '127.0.0.1',
		...(options.port !== undefined && { port: options.port }),
	});
	const brokerPort = await getPort({ host: '127.0.0.1' });
	const url = `http://127.0.0.1:${String(port)}`;

	const logPath = join(userFolder, 'n8n.log');
	// A file and not a pipe: n8n cannot shut down when the reader of its output is gone.
	const logFile = createWriteStream(logPath, { flags: 'a' });
	await once(logFile, 'open');
	const child = execa(node, [n8n, ...command], {
		cwd: userFolder,
		env: { ...environment({ node, userFolder, port, brokerPort }), ...env, ...options.env },
		extendEnv: false,
		stdin: 'ignore',
		stdout: logFile,
		stderr: logFile,
		forceKillAfterDelay: 15_000,
		reject: false,
		...(options.signal && { cancelSignal: options.signal }),
	});
	logFile.close();

	const log = async (): Promise<string> => await readFile(logPath, 'utf8');
	const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
	const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
		child.kill(signal);
		await child;
	};
	const stop = async (): Promise<void> => {
		await end('SIGTERM');
	};
	const kill = async (): Promise<void> => {
		await end('SIGKILL');
	};

	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(url, command))) {
		if (hasEnded() || Date.now() > deadline) {
			const reason = hasEnded() ? 'ended' : 'was not ready in time';
			await stop();
			const lastLines = (await log()).split('\n').slice(-40).join('\n');
			throw new Error(`n8n ${reason}; the end of its log:\n${lastLines}`);
		}
		await sleep(200);
	}
	const ended = child.then(() => undefined);
	return { url, pid: child.pid, log, ended, stop, kill };
}

/** n8n says that it is ready before the editor's API is, so both are checked; a worker has no editor. */
async function isReady(url: string, [command]: readonly string[]): Promise<boolean> {
	const client = axios.create({ baseURL: url, timeout: 5_000, proxy: false });
	try {
		await client.get('/healthz/readiness');
		if (command === 'worker') return true;
		const settings = await client.get<unknown>('/rest/settings');
		return typeof settings.data === 'object';
	} catch (error) {
		if (axios.isAxiosError(error)) return false;
		throw error;
	}
}

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { execa } from 'execa';
import getPort from 'get-port';
import { ensureN8n, type N8nVersion } from './install.mts';
import { installPackage } from './package.mts';

/** What an n8n server is started with. */
export interface N8nOptions {
	/** Folder of this n8n alone: its database, its community packages and its log. */
	userFolder: string;
	/** Folder of the built package to install. */
	packageDir: string;
	/** Preferred port; another one is taken if it is in use. */
	port?: number;
	/** Further environment variables for n8n. */
	env?: Readonly<Record<string, string>>;
	/** Version of n8n. */
	version?: N8nVersion;
	/** Ends n8n, also while it is starting. */
	signal?: AbortSignal;
}

/** A running n8n. */
export interface N8nServer {
	url: string;
	/** The process of n8n. */
	pid: number | undefined;
	/** Ends n8n and waits until it is gone. May be called more than once. */
	stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;

/**
 * Starts n8n with its editor, silent towards the internet, with the package installed as a community package.
 * It ends with this process, however this process ends (short of SIGKILL).
 * @throws if n8n is not ready in two minutes or ends before; the message has the end of its log
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { node, n8n } = await ensureN8n(options.version);
	await mkdir(options.userFolder, { recursive: true });
	await installPackage(options.packageDir, options.userFolder);
	const port = await getPort({ host: '127.0.0.1', ...(options.port !== undefined && { port: options.port }) });
	const brokerPort = await getPort({ host: '127.0.0.1' });
	const url = `http://127.0.0.1:${String(port)}`;

	const logPath = join(options.userFolder, 'n8n.log');
	// A file and not a pipe to this process: n8n cannot shut down when the reader of its output is gone.
	const log = createWriteStream(logPath, { flags: 'a' });
	await once(log, 'open');
	const child = execa(node, [n8n, 'start'], {
		cwd: options.userFolder,
		env: { ...environment(node, options.userFolder, port, brokerPort), ...options.env },
		extendEnv: false,
		stdin: 'ignore',
		stdout: log,
		stderr: log,
		forceKillAfterDelay: 15_000,
		reject: false,
		...(options.signal && { cancelSignal: options.signal }),
	});
	log.close();

	const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
	const stop = async (): Promise<void> => {
		child.kill('SIGTERM');
		await child;
	};

	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(url))) {
		if (hasEnded() || Date.now() > deadline) {
			const reason = hasEnded() ? 'ended' : 'was not ready in time';
			await stop();
			const lastLines = (await readFile(logPath, 'utf8')).split('\n').slice(-40).join('\n');
			throw new Error(`n8n ${reason}; the end of its log:\n${lastLines}`);
		}
		await sleep(200);
	}
	return { url, pid: child.pid, stop };
}

/** "Ready" comes before the editor's API is in place, so both are asked for. */
async function isReady(url: string): Promise<boolean> {
	const client = axios.create({ baseURL: url, timeout: 5_000, proxy: false });
	try {
		await client.get('/healthz/readiness');
		const settings = await client.get<unknown>('/rest/settings');
		return typeof settings.data === 'object';
	} catch (error) {
		if (axios.isAxiosError(error)) return false;
		throw error;
	}
}

const SWITCHED_OFF = [
	'DIAGNOSTICS',
	'VERSION_NOTIFICATIONS',
	'VERSION_NOTIFICATIONS_WHATS_NEW',
	'TEMPLATES',
	'DYNAMIC_BANNERS',
	'HIRING_BANNER',
	'PERSONALIZATION',
	'LICENSE_AUTO_RENEW',
	'VERIFIED_PACKAGES',
	'PYTHON',
];

/** Settings of n8n on this machine must not leak in, nor the options of a test runner around this. */
function environment(node: string, userFolder: string, port: number, brokerPort: number): Record<string, string> {
	const inherited = Object.entries(process.env).flatMap(([name, value]): Array<[string, string]> =>
		value === undefined || /^(N8N_|DB_|EXECUTIONS_|NODE_|VITEST|npm_)/.test(name) ? [] : [[name, value]],
	);
	return {
		...Object.fromEntries(inherited),
		...Object.fromEntries(SWITCHED_OFF.map((name) => [`N8N_${name}_ENABLED`, 'false'])),
		N8N_DISABLED_MODULES: 'instance-ai,agents,chat-hub,mcp,mcp-registry,insights',
		// The same name in the addresses that n8n shows (webhooks, OAuth), so that the login cookie is sent there too.
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// The demo has no TLS, and browsers keep secure cookies back from plain http.
		N8N_SECURE_COOKIE: 'false',
		N8N_USER_FOLDER: userFolder,
		// n8n starts its task runner as plain `node`.
		PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}`,
	};
}

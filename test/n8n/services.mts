import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import getPort from 'get-port';

/** An empty server that n8n's queue mode needs, on 127.0.0.1. */
export interface Service {
	port: number;
	/** Ends it and starts it again, with what it has on disk. */
	restart(): Promise<void>;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** Where Debian and Ubuntu put PostgreSQL, in a folder for each version. */
const POSTGRES = '/usr/lib/postgresql';
const PATIENCE_MS = 30_000;

/** Starts PostgreSQL with the database and superuser `postgres`, who needs no password. */
export async function startPostgres(): Promise<Service> {
	const versions = await readdir(POSTGRES).catch(() => []);
	const newest = versions.sort((one, other) => Number(one) - Number(other)).at(-1);
	if (newest === undefined)
		throw new Error(`There is no PostgreSQL in ${POSTGRES}: apt-get install postgresql`);
	const bin = join(POSTGRES, newest, 'bin');
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const user = await ordinaryUser();
	if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
	const init = [
		'--pgdata',
		'data',
		'--username',
		'postgres',
		'--auth',
		'trust',
		'--encoding',
		'UTF8',
		'--no-sync',
	];
	await execa(join(bin, 'initdb'), init, { ...user, cwd: folder });
	const port = await getPort({ host: '127.0.0.1' });
	const settings = [
		'listen_addresses=127.0.0.1',
		`unix_socket_directories=${folder}`,
		`port=${String(port)}`,
		'fsync=off',
	];
	const args = ['-D', 'data', ...settings.flatMap((setting) => ['-c', setting])];
	const isReady = async () =>
		await execa(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
	return await serve({
		command: join(bin, 'postgres'),
		args,
		options: { ...user, cwd: folder },
		isReady,
		port,
	});
}

/** Starts Redis, which writes down all that it is told. */
export async function startRedis(): Promise<Service> {
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const port = await getPort({ host: '127.0.0.1' });
	const address = ['--port', String(port), '--bind', '127.0.0.1'];
	const args = [...address, '--dir', folder, '--save', '', '--appendonly', 'yes'];
	const isReady = async () => await execa('redis-cli', ['-p', String(port), 'ping']);
	return await serve({ command: 'redis-server', args, options: { cwd: folder }, isReady, port });
}

interface Server {
	command: string;
	args: string[];
	/** `cwd` has its data. */
	options: Options & { cwd: string };
	/** Throws while it is not. */
	isReady: () => Promise<unknown>;
	port: number;
}

async function serve(server: Server): Promise<Service> {
	const { options, port } = server;
	const remove = async () => await rm(options.cwd, { recursive: true, force: true });
	let end: () => Promise<void>;
	try {
		end = await start(server);
	} catch (error) {
		await remove();
		throw error;
	}
	return {
		port,
		restart: async () => {
			await end();
			end = await start(server);
		},
		stop: async () => {
			await end();
			await remove();
		},
	};
}

/** Starts the process of a server, waits until it is ready, and gives the way to end it. */
async function start({ command, args, options, isReady }: Server): Promise<() => Promise<void>> {
	const server = execa(command, args, { ...options, reject: false, all: true });
	const end = async () => {
		// Tells PostgreSQL not to wait until every client has disconnected.
		server.kill('SIGINT');
		await server;
	};
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const ready = await isReady().then(
			() => true,
			() => false,
		);
		if (ready) return end;
		if (server.exitCode !== null || Date.now() > deadline) {
			await end();
			throw new Error(`${command} did not start: ${String((await server).all)}`);
		}
		await sleep(100);
	}
}

/** PostgreSQL does not run as root, so then it runs as the user that its Debian package has made. */
async function ordinaryUser(): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const id = async (option: string) => Number((await execa('id', [option, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

import { access, mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { withLock } from './lock.mts';
import { inGigabytes, screenOf, withProgress, type Screen } from './progress.mts';

/** Something from npm that is installed once for all copies of this project on a machine. */
export interface Installation {
	/** What it is, such as `n8n 2.41.1`. */
	name: string;
	/** The folder it goes into. */
	folder: string;
	/** How much room it takes on disk, with what npm keeps of it (bytes). */
	bytes: number;
	/** What else a person should know before it begins, in lines. */
	notes?: () => Promise<string[]>;
	/** The `package.json` in its folder. */
	manifest?: Readonly<Record<string, unknown>>;
	/** Installs it; may find what an interrupted try has left. */
	install: (npm: Npm) => Promise<void>;
}

/**
 * Runs npm in the folder of an installation. What it prints goes into the log.
 * @param step what a person reads meanwhile
 */
export type Npm = (step: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<void>;

/** Where to report to, and how to end it. */
export interface InstallOptions {
	/** Default: standard output. */
	screen?: Screen;
	signal?: AbortSignal;
	/** Milliseconds between two signs of life; default 5000. */
	interval?: number;
}

/**
 * Installs something unless it is there. Of several processes one does it, and the others wait for it.
 * @throws Error that says in one sentence why it could not be installed, and where the log is
 */
export async function ensureInstalled(
	installation: Installation,
	options: InstallOptions = {},
): Promise<void> {
	const { name, folder } = installation;
	const { screen = screenOf(process.stdout) } = options;
	if (await isInstalled(folder)) return;
	const onWait = () => screen.say(`Another process is installing ${name}: waiting for it`);
	const use = async () => {
		if (!(await isInstalled(folder))) await install(installation, { ...options, screen });
	};
	await withLock(`${folder}.lock`, use, { ...options, onWait });
}

async function install(
	{ name, folder, bytes, notes, manifest = {}, install: work }: Installation,
	options: InstallOptions & { screen: Screen },
): Promise<void> {
	const { screen, signal } = options;
	await mkdir(folder, { recursive: true });
	const free = await freeBytes(folder);
	screen.say(`Installing ${name} into ${folder}`);
	screen.say(`  It needs ${inGigabytes(bytes)} of disk (${inGigabytes(free)} are free)`);
	for (const note of (await notes?.()) ?? []) screen.say(`  ${note}`);
	if (free < bytes)
		throw new Error(
			`There is no room for ${name} in ${dirname(folder)}: set N8N_CACHE to a folder on another disk`,
		);
	// Without a package.json of its own npm would install into the project around it.
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }));
	const logPath = `${folder}.log`;
	await writeFile(logPath, '');
	try {
		await withProgress({ ...options, folder }, async (begin) => {
			await work(async (step, args, env) => {
				begin(step);
				await npm(args, { cwd: folder, env, logPath, signal });
			});
		});
	} catch (error) {
		signal?.throwIfAborted();
		const reason = reasonIn(await readFile(logPath, 'utf8'));
		throw new Error(
			`${name} could not be installed: ${reason}. All that npm said is in ${logPath}`,
			{
				cause: error,
			},
		);
	}
	await writeFile(stampOf(folder), '');
	screen.say(`${name} is installed`);
}

/** Where and how npm runs. */
interface NpmPlace {
	cwd: string;
	logPath: string;
	env: NodeJS.ProcessEnv | undefined;
	signal: AbortSignal | undefined;
}

async function npm(
	args: readonly string[],
	{ cwd, env, logPath, signal }: NpmPlace,
): Promise<void> {
	const log = { file: logPath, append: true };
	await execa('npm', [...args, '--no-audit', '--no-fund'], {
		cwd,
		stdin: 'ignore',
		stdout: log,
		stderr: log,
		...(env && { env }),
		...(signal && { cancelSignal: signal }),
	});
}

/** What the log of npm says, and what it means; the first that is found counts. */
const REASONS: ReadonlyArray<[RegExp, string]> = [
	[/ENOSPC|No space left/, 'the disk is full'],
	[
		/gyp ERR!/,
		'its database driver could not be compiled, which takes a C++ compiler, make and Python 3',
	],
	[/npm error code (EACCES|EPERM|EROFS)/, 'npm may not write where it has to'],
	[
		/npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|E\w*TIMEDOUT|ERR_SOCKET_TIMEOUT)/,
		'the npm registry cannot be reached',
	],
];

function reasonIn(log: string): string {
	const [, known] = REASONS.find(([pattern]) => pattern.test(log)) ?? [];
	const [, code = 'no reason given'] = /npm error code (\w+)/.exec(log) ?? [];
	return known ?? `npm failed (${code})`;
}

async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

const stampOf = (folder: string): string => join(folder, '.installed');

async function isInstalled(folder: string): Promise<boolean> {
	return await access(stampOf(folder)).then(
		() => true,
		() => false,
	);
}

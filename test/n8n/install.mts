import { dirname, join, resolve } from 'node:path';
import { compilerNeeds } from './compiler.mts';
import { ensureInstalled, type InstallOptions, type Npm } from './installation.mts';

/**
 * Folder in which everything that is downloaded for demos and tests is kept: one that several copies of this project
 * share, or one of this copy alone, ignored by git.
 */
const CACHE = resolve(process.env['N8N_CACHE'] ?? join(import.meta.dirname, '../../.cache'));

/** What only newer versions of n8n do, of all that matters here. Tests say what the others do in its place. */
const FEATURES = {
	editableScopes: 'OAuth2 asks for the scopes of the credential',
	reconnectHint: 'names the OAuth2 credential that has to be reconnected',
	testMessages: 'says in the test of an OAuth2 credential what is wrong',
	closingCredential: 'closes the window of a credential that works',
	fieldsBeforeRun: 'shows the fields of an output before the first run',
} as const;

/** See {@link FEATURES}. */
export type Feature = keyof typeof FEATURES;

/** What a version of n8n needs, and what it does not have. */
interface Release {
	node: string;
	/** Environment variables of n8n. */
	env: Readonly<Record<string, string>>;
	lacks: readonly Feature[];
}

/** What came after 2.8. */
const LATER: readonly Feature[] = [
	'editableScopes',
	'reconnectHint',
	'testMessages',
	'closingCredential',
];

/** Modules of new versions that talk to the internet, or only cost time here. */
const MODULES_OFF = 'instance-ai,agents,chat-hub,mcp,mcp-registry,insights';

/** For Node.js 20, which can not build the addon in which newer n8n evaluate expressions. */
const OLD_ENV = { N8N_DISABLED_MODULES: 'insights', N8N_EXPRESSION_ENGINE: 'legacy' };

/** n8n 1 otherwise stores how an execution ended before it stores what came out of it. */
const N8N_1_ENV = { ...OLD_ENV, DB_SQLITE_POOL_SIZE: '4' };

/** n8n versions this project is tested with, newest first; each is run on `node` and with its own `env`. */
const RELEASES: Readonly<Record<string, Release>> = {
	'2.41.1': { node: '24.21.0', env: { N8N_DISABLED_MODULES: MODULES_OFF }, lacks: [] },
	'2.35.7': { node: '22.23.3', env: { N8N_DISABLED_MODULES: MODULES_OFF }, lacks: [] },
	'2.8.4': { node: '20.20.2', env: OLD_ENV, lacks: LATER },
	'1.123.81': { node: '20.20.2', env: N8N_1_ENV, lacks: LATER },
	'1.104.2': { node: '20.20.2', env: N8N_1_ENV, lacks: [...LATER, 'fieldsBeforeRun'] },
};

/** See {@link RELEASES}. */
export const N8N_VERSIONS = Object.keys(RELEASES);

/** The newest of them. */
export const NEWEST_N8N = '2.41.1';

/** The version that demos and tests use. */
const N8N_VERSION = process.env['N8N_VERSION'] ?? NEWEST_N8N;

/** Whether that version has this. */
export function n8nHas(feature: Feature): boolean {
	return !releaseOf(N8N_VERSION).lacks.includes(feature);
}

/** What a version does not have, in words. */
export function lacksOf(version: string): string[] {
	return releaseOf(version).lacks.map((feature) => FEATURES[feature]);
}

function releaseOf(version: string): Release {
	const release = RELEASES[version];
	if (release === undefined)
		throw new Error(`n8n ${version} is not one of: ${N8N_VERSIONS.join(', ')}`);
	return release;
}

/**
 * Old versions take their spreadsheet library from a host of its own. The same one from npm does, as nothing here
 * reads spreadsheets.
 */
const OVERRIDES = { xlsx: '0.18.5' };

/** Where an installed n8n is: run it as `<node> <n8n> start`. */
export interface InstalledN8n {
	/** Path of a Node.js binary that is new enough for this n8n. */
	node: string;
	/** Path of n8n's command line script. */
	n8n: string;
	/** Environment variables that this version needs here. */
	env: Readonly<Record<string, string>>;
}

/** What n8n takes on disk, a quarter of it in npm's own cache. */
const N8N_BYTES = 4e9;
const NODE_BYTES = 0.3e9;

/**
 * Makes sure that this version of n8n, and a Node.js that can run it, are there. The first time this takes some
 * minutes, several gigabytes of disk and mostly a C++ compiler (for SQLite); later it is immediate. Several processes
 * may ask at the same time. For Linux and macOS.
 * @throws Error that says in one sentence why it could not be installed, and where the log is
 */
export async function ensureN8n(
	version = N8N_VERSION,
	options: InstallOptions = {},
): Promise<InstalledN8n> {
	const release = releaseOf(version);
	const node = await ensureNode(release.node, options);
	const folder = join(CACHE, `n8n-${version}`);
	const installation = {
		name: `n8n ${version}`,
		folder,
		bytes: N8N_BYTES,
		notes: async () => [
			await compilerNeeds(),
			'It takes some minutes, in the first of which nothing comes to disk',
		],
		manifest: { overrides: OVERRIDES },
		// One of n8n's dependencies downloads an addon in its install script that nothing here needs, so that a
		// plain install is slow at best. SQLite is the only addon that has to be built. The settings of npm on this
		// machine must not change the tree: without peer dependencies some versions do not start, and others lack nodes.
		install: async (npm: Npm) => {
			const env = buildEnvironment(node);
			const flags = ['--ignore-scripts', '--legacy-peer-deps=false'];
			await npm('downloading', ['install', `n8n@${version}`, ...flags], env);
			await npm(
				'building its database driver',
				['rebuild', 'sqlite3', '--ignore-scripts=false'],
				env,
			);
		},
	};
	await ensureInstalled(installation, options);
	return { node, n8n: join(folder, 'node_modules/n8n/bin/n8n'), env: release.env };
}

/** The Node.js running this if it is as good, else one installed from npm next to it. */
async function ensureNode(version: string, options: InstallOptions): Promise<string> {
	const [major = '', minor = ''] = version.split('.');
	const [ownMajor, ownMinor] = process.versions.node.split('.');
	if (ownMajor === major && Number(ownMinor) >= Number(minor)) return process.execPath;
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(CACHE, `node${major}`);
	const install = async (npm: Npm) => {
		await npm('downloading', ['install', `${name}@${version}`]);
	};
	await ensureInstalled(
		{ name: `Node.js ${version}`, folder, bytes: NODE_BYTES, install },
		options,
	);
	return join(folder, 'node_modules', name, 'bin/node');
}

/** npm and node-gyp must run with, and compile for, the Node.js that will run n8n; headers lie next to it. */
function buildEnvironment(node: string): NodeJS.ProcessEnv {
	const bin = dirname(node);
	return {
		...process.env,
		PATH: `${bin}:${process.env['PATH'] ?? ''}`,
		npm_config_nodedir: dirname(bin),
	};
}

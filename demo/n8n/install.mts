import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';

/** Folder, ignored by git, in which everything that is downloaded for demos and tests is kept. */
const CACHE = resolve(import.meta.dirname, '../../.cache');

/** n8n versions this project is run with, and a Node.js version that can run each of them. */
const NODE_FOR_N8N: Readonly<Record<string, string>> = { '2.41.1': '24.21.0' };

/** Where an installed n8n is: run it as `<node> <n8n> start`. */
export interface InstalledN8n {
	/** Path of a Node.js binary that is new enough for this n8n. */
	node: string;
	/** Path of n8n's command line script. */
	n8n: string;
}

/**
 * Makes sure that this version of n8n, and a Node.js that can run it, are there. The first time this takes some
 * minutes, about 3 GB of disk and a C++ compiler (for SQLite); later it is immediate.
 * For Linux and macOS.
 */
export async function ensureN8n(version = '2.41.1'): Promise<InstalledN8n> {
	const nodeVersion = NODE_FOR_N8N[version];
	if (nodeVersion === undefined) {
		throw new Error(`n8n ${version} is not one of: ${Object.keys(NODE_FOR_N8N).join(', ')}`);
	}
	const node = await ensureNode(nodeVersion);
	const folder = join(CACHE, `n8n-${version}`);
	await once(folder, `n8n ${version} (takes several minutes)`, async () => {
		const env = buildEnvironment(node);
		// One of n8n's dependencies downloads an addon in its install script that nothing here needs, so that a
		// plain install is slow at best. SQLite is the only addon that has to be built.
		await npm(folder, env, ['install', `n8n@${version}`, '--ignore-scripts']);
		await npm(folder, env, ['rebuild', 'sqlite3']);
	});
	return { node, n8n: join(folder, 'node_modules/n8n/bin/n8n') };
}

/** The Node.js running this if it is new enough, else one installed from npm next to it. */
async function ensureNode(version: string): Promise<string> {
	const major = version.split('.')[0] ?? version;
	if (Number(process.versions.node.split('.')[0]) >= Number(major)) return process.execPath;
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(CACHE, `node${major}`);
	await once(folder, `Node.js ${version}`, async () => {
		await npm(folder, process.env, ['install', `${name}@${version}`]);
	});
	return join(folder, 'node_modules', name, 'bin/node');
}

/** npm and node-gyp must run with, and compile for, the Node.js that will run n8n; headers lie next to it. */
function buildEnvironment(node: string): NodeJS.ProcessEnv {
	const bin = dirname(node);
	return { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, npm_config_nodedir: dirname(bin) };
}

/** Runs `install` in `folder` unless it has succeeded there before; a half-finished one is repeated. */
async function once(folder: string, what: string, install: () => Promise<void>): Promise<void> {
	const stamp = join(folder, '.installed');
	const isInstalled = await access(stamp).then(
		() => true,
		() => false,
	);
	if (isInstalled) return;
	console.log(`Installing ${what} into ${folder}`);
	await mkdir(folder, { recursive: true });
	// Without a package.json of its own npm would install into the project around it.
	await writeFile(join(folder, 'package.json'), '{"private":true}\n');
	await install();
	await writeFile(stamp, '');
}

async function npm(cwd: string, env: NodeJS.ProcessEnv, args: string[]): Promise<void> {
	await execa('npm', [...args, '--no-audit', '--no-fund'], { cwd, env, stdio: 'inherit' });
}

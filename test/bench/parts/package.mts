/** The size of the package, and how long n8n needs to load it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import { ensureN8n } from '../../n8n/install.mts';
import type { Figure } from '../figures.mts';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');
const REPEATS = 11;

const times = z.tuple([z.number(), z.number()]);

/**
 * Loads what our package.json names, and then n8n's HTTP Request node, in one process that has in memory what a running n8n
 * has: its engine. Prints how long (ms) each took.
 */
const LOAD = `
	const { createRequire } = require('node:module');
	const [ours, n8n] = process.argv.slice(1).map((file) => createRequire(file));
	for (const from of [ours, n8n]) from('n8n-workflow');
	n8n('n8n-core');
	const { nodes: [node], credentials: [credential] } = ours('./package.json').n8n;
	const time = (load) => {
		const before = performance.now();
		load();
		return performance.now() - before;
	};
	const own = time(() => [node, credential].map((file) => ours('./' + file)));
	const peer = time(() => n8n('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js'));
	console.log(JSON.stringify([own, peer]));
`;

/** Size and load time. */
export async function weigh(): Promise<Figure[]> {
	const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: repository,
	});
	const [{ size }] = z.tuple([z.object({ size: z.number() })]).parse(JSON.parse(stdout));
	const { node, n8n } = await ensureN8n();
	const own: number[] = [];
	const peer: number[] = [];
	for (let round = 0; round < REPEATS; round++) {
		const files = [path.join(repository, 'package.json'), n8n];
		const [ownTime, peerTime] = times.parse(
			JSON.parse((await run(node, ['-e', LOAD, ...files])).stdout),
		);
		own.push(ownTime);
		peer.push(peerTime);
	}
	const part = 'package';
	return [
		{ part, name: 'Tarball', unit: 'kB', values: [size / 1_000], goal: { atMost: 95 } },
		{ part, name: 'Time to load node and credential', unit: 'ms', values: own },
		{ part, name: "– n8n's HTTP Request node", unit: 'ms', values: peer },
		{
			part,
			name: "Time to load node and credential: ours / n8n's HTTP Request node",
			unit: '×',
			values: own.map((time, round) => time / (peer[round] ?? NaN)),
			goal: { atMost: 0.1 },
		},
	];
}

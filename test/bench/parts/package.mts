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

/** Loads what package.json names as n8n does, once `n8n-workflow` is there: a running n8n has it in memory. */
const LOAD = `
	require('n8n-workflow');
	const { n8n } = require('./package.json');
	const before = performance.now();
	for (const file of [n8n.nodes[0], n8n.credentials[0]]) require('./' + file);
	console.log(performance.now() - before);
`;

/** Size and load time. */
export async function weigh(): Promise<Figure[]> {
	const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: repository,
	});
	const [{ size }] = z.tuple([z.object({ size: z.number() })]).parse(JSON.parse(stdout));
	const { node } = await ensureN8n();
	const times: number[] = [];
	for (let round = 0; round < REPEATS; round++) {
		times.push(Number((await run(node, ['-e', LOAD], { cwd: repository })).stdout));
	}
	const part = 'package';
	return [
		{ part, name: 'Tarball', unit: 'kB', values: [size / 1_000], goal: { atMost: 60 } },
		{
			part,
			name: 'Time to load node and credential',
			unit: 'ms',
			values: times,
			goal: { atMost: 15 },
		},
	];
}

/**
 * Checks the licences of all development dependencies. None of them is shipped, so their licences only have to allow use
 * for development. Exits with 1 if a licence is not known to do so.
 */
import path from 'node:path';

import { z } from 'zod';

import { readManifest, repository } from './manifest.mts';

/** Licences that allow every use. */
const FREE = [
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'MIT',
	'MIT-0',
	'OFL-1.1',
];

/** Under n8n's Sustainable Use License, which allows building and testing nodes with them. */
const OF_N8N = /^(@n8n\/|n8n-(core|workflow)$)/;

const { devDependencies } = await readManifest(z.object({ devDependencies: z.record(z.string()) }));
const found = await Promise.all(
	Object.keys(devDependencies).map(async (name) => {
		const folder = path.join(repository, 'node_modules', name);
		return {
			name,
			...(await readManifest(z.object({ license: z.string().default('none') }), folder)),
		};
	}),
);
const strangers = found.filter(
	({ name, license }) => !FREE.includes(license) && !OF_N8N.test(name),
);

console.log(
	`Licences of ${found.length} development dependencies: ${strangers.length === 0 ? 'all known' : 'see below'}`,
);
for (const { name, license } of strangers) console.error(`${name}: ${license}`);
process.exitCode = strangers.length === 0 ? 0 : 1;

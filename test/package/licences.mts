/**
 * Looks at the licence of everything that the package is developed with. Nothing of it is shipped, so that it only has
 * to allow being used for development. Exits with 1 when a licence is not known to do so.
 */
import path from 'node:path';

import { z } from 'zod';

import { readManifest, repository } from './manifest.mts';

/** Licences that leave every use open. */
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

/** Under n8n's Sustainable Use License, which allows to build and test nodes with them. */
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

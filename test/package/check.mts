/**
 * Checks the package as n8n's verification does: the tarball holds only what runs, and n8n's own scanner finds nothing in
 * the source or the tarball. Exits with 1 if something is wrong.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

import packPackage, { packedPackage } from '../engine/package.mts';
import { pack } from '../engine/tarball.mts';

/** Largest tarball that is accepted (bytes). */
const LARGEST_TARBALL = 95_000;

/** What may be in the tarball besides LICENSE, README and package.json. */
const ALLOWED = /^dist\/(credentials|nodes)\/.*(?<!\.test)\.(js|svg|json)$/;

const repository = path.resolve(import.meta.dirname, '../..');
const findings: string[] = [];

await packPackage();
const work = await mkdtemp(path.join(tmpdir(), 'npm-pack-'));
const { size } = await pack(repository, work);
await rm(work, { recursive: true });
if (size > LARGEST_TARBALL)
	findings.push(`The tarball has ${size} bytes, more than ${LARGEST_TARBALL}`);

const files: string[] = [];
for (const file of await readdir(packedPackage, { recursive: true })) {
	if ((await stat(path.join(packedPackage, file))).isFile()) files.push(file);
}
const strangers = files.filter(
	(file) => !ALLOWED.test(file) && !['LICENSE', 'README.md', 'package.json'].includes(file),
);
if (strangers.length > 0)
	findings.push(`The tarball holds what does not run: ${strangers.join(', ')}`);

for (const [name, folder, patterns] of [
	['source', repository, SOURCE_FILE_PATTERNS],
	['tarball', packedPackage, ['**/*.js', 'package.json']],
] as const) {
	const { passed, details, message } = await analyzePackage(folder, [...patterns]);
	if (!passed) findings.push(`n8n's scan of the ${name}: ${message ?? ''}\n${details ?? ''}`);
}

console.log(
	`Tarball: ${size} bytes, ${files.length} files; n8n's scan of source and tarball: ${findings.length === 0 ? '0 errors' : 'see below'}`,
);
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

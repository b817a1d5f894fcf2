/**
 * Refuses to publish what is not ready for it. Author, repository and homepage are set in package.json, by a maintainer;
 * everything else that names the repository has to agree. Exits with 1 if something is wrong.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';
import { z } from 'zod';

import { readManifest, repository } from './manifest.mts';

const { name, version, homepage, ...said } = await readManifest(
	z.object({
		name: z.string(),
		version: z.string(),
		homepage: z.string(),
		author: z.object({ email: z.string() }),
		repository: z.object({ url: z.string() }),
	}),
);
const slug =
	/^git\+https:\/\/github\.com\/([^/]+\/[^/]+)\.git$/.exec(said.repository.url)?.[1] ?? '';
const address = `https://github.com/${slug}`;
const { GITHUB_REPOSITORY = slug, GITHUB_REF_NAME = `v${version}` } = process.env;
const changelog = await readFile(path.join(repository, 'CHANGELOG.md'), 'utf8');

const expectations: Array<[holds: boolean, finding: string]> = [
	[
		!/\.(example|invalid|test)$/.test(said.author.email),
		'package.json: author.email is not the address of a maintainer',
	],
	[
		slug !== '',
		'package.json: repository.url is not of the form git+https://github.com/owner/name.git',
	],
	[
		GITHUB_REPOSITORY === slug,
		`package.json: repository.url is not ${GITHUB_REPOSITORY}, where this runs`,
	],
	[homepage === `${address}#readme`, `package.json: homepage is not ${address}#readme`],
	[
		GITHUB_REF_NAME === `v${version}`,
		`The tag ${GITHUB_REF_NAME} does not belong to version ${version}`,
	],
	[
		changelog.includes(`## [${version}] - `),
		`CHANGELOG.md has no section with a date for ${version}`,
	],
];
for (const other of await otherAddresses())
	expectations.push([false, `${other} leads to another repository than ${address}`]);

const findings = expectations.filter(([holds]) => !holds).map(([, finding]) => finding);
console.log(`Release of ${name} ${version}: ${findings.length === 0 ? 'ready' : 'not ready'}`);
for (const finding of findings) console.error(`- ${finding}`);
process.exitCode = findings.length === 0 ? 0 : 1;

/** Addresses of this project, wherever they are written, that do not belong to the repository in package.json. */
async function otherAddresses(): Promise<string[]> {
	const { stdout } = await execa('git', ['grep', '-ohE', `https://github.com/[^/ ]+/${name}`], {
		cwd: repository,
		reject: false,
	});
	return [...new Set(stdout.split('\n'))].filter((found) => found !== '' && found !== address);
}

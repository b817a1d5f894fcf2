/**
 * Runs the tests in a whole n8n with every version of it that this project supports, prints the results, and writes them
 * to docs/versions.json. Arguments name the versions; without any it takes them all.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { ensureN8n, lacksOf, N8N_VERSIONS } from '../n8n/install.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'docs/versions.json');

const report = z.object({
	testResults: z.array(
		z.object({
			name: z.string(),
			status: z.string(),
			startTime: z.number(),
			endTime: z.number(),
			assertionResults: z.array(z.object({ status: z.string() })),
		}),
	),
});

const row = z.object({
	n8n: z.string(),
	/** File of tests. */
	tests: z.string(),
	passed: z.number(),
	/** Number of tests. None may be skipped. */
	all: z.number(),
	seconds: z.number(),
	/** Day on which they ran. */
	date: z.string(),
});

/** One line of the table: a file of tests with one version. */
type Row = z.infer<typeof row>;

async function runWith(n8n: string, folder: string): Promise<Row[]> {
	await ensureN8n(n8n);
	const outputFile = join(folder, `${n8n}.json`);
	const args = [
		'run',
		'--config',
		'vitest.e2e.config.mts',
		'--reporter=default',
		'--reporter=json',
	];
	await execa('npx', ['vitest', ...args, `--outputFile.json=${outputFile}`], {
		cwd: ROOT,
		env: { N8N_VERSION: n8n },
		stdio: 'inherit',
		reject: false,
	});
	const { testResults } = report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
	const date = new Date().toISOString().slice(0, 10);
	return testResults.map(({ name, startTime, endTime, assertionResults }) => {
		const passed = assertionResults.filter(({ status }) => status === 'passed').length;
		const seconds = Math.round((endTime - startTime) / 1_000);
		return {
			n8n,
			tests: basename(name, '.test.mts'),
			passed,
			all: assertionResults.length,
			seconds,
			date,
		};
	});
}

/** Replaces the rows of the same versions and keeps the others. */
async function save(rows: readonly Row[]): Promise<void> {
	const known = existsSync(RESULTS)
		? z.array(row).parse(JSON.parse(await readFile(RESULTS, 'utf8')))
		: [];
	const others = known.filter((each) => !rows.some(({ n8n }) => n8n === each.n8n));
	const all = N8N_VERSIONS.flatMap((version) =>
		[...others, ...rows].filter(({ n8n }) => n8n === version),
	);
	await writeFile(RESULTS, `${JSON.stringify(all, null, '\t')}\n`);
}

const wanted = process.argv.slice(2);
const versions = wanted.length > 0 ? wanted : N8N_VERSIONS;
const folder = await mkdtemp(join(tmpdir(), 'n8n-versions-'));
const rows: Row[] = [];
try {
	for (const version of versions) {
		rows.push(...(await runWith(version, folder)));
		await save(rows);
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}
console.table(rows);
for (const version of versions) {
	const lacks = lacksOf(version);
	if (lacks.length > 0)
		console.log(
			`n8n ${version}: tests state what it does where only a newer one … ${lacks.join('; … ')}.`,
		);
}
process.exitCode = rows.every(({ passed, all }) => passed === all && all > 0) ? 0 : 1;

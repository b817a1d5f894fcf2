/**
 * Runs the tests in a whole n8n with every version of it that this project supports, and prints what came of it.
 * Arguments name the versions to take; without any it takes them all.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { ensureN8n, N8N_VERSIONS } from '../../demo/n8n/install.mts';

const ROOT = resolve(import.meta.dirname, '../..');

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

/** One line of the table: a file of tests with one version. */
interface Row {
	n8n: string;
	tests: string;
	passed: string;
	seconds: number;
}

async function runWith(n8n: string, folder: string): Promise<Row[]> {
	await ensureN8n(n8n);
	const outputFile = join(folder, `${n8n}.json`);
	const args = ['run', '--config', 'vitest.e2e.config.mts', '--reporter=default', '--reporter=json'];
	await execa('npx', ['vitest', ...args, `--outputFile.json=${outputFile}`], {
		cwd: ROOT,
		env: { N8N_VERSION: n8n },
		stdio: 'inherit',
		reject: false,
	});
	const { testResults } = report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
	return testResults.map(({ name, startTime, endTime, assertionResults }) => {
		const passed = assertionResults.filter(({ status }) => status === 'passed').length;
		const all = assertionResults.filter(({ status }) => status !== 'skipped').length;
		const seconds = Math.round((endTime - startTime) / 1_000);
		return { n8n, tests: basename(name, '.test.mts'), passed: `${String(passed)}/${String(all)}`, seconds };
	});
}

const wanted = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'n8n-versions-'));
const rows: Row[] = [];
try {
	for (const version of wanted.length > 0 ? wanted : N8N_VERSIONS) rows.push(...(await runWith(version, folder)));
} finally {
	await rm(folder, { recursive: true, force: true });
}
console.table(rows);
const failed = rows.some(({ passed }) => {
	const [some, all] = passed.split('/');
	return some !== all || all === '0';
});
process.exitCode = failed ? 1 : 0;

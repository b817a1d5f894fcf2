import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compilerNeeds } from '../../n8n/compiler.mts';
import { ensureInstalled, type Installation } from '../../n8n/installation.mts';
import { inWords, screenOf, withProgress, type Screen } from '../../n8n/progress.mts';

let cache: string;
let folder: string;
let said: string[];
let shown: string[];
let screen: Screen;
beforeEach(async () => {
	cache = await mkdtemp(join(tmpdir(), 'installation-'));
	folder = join(cache, 'thing-1.0');
	[said, shown] = [[], []];
	screen = { say: (line) => void said.push(line), show: (line) => void shown.push(line) };
});
afterEach(async () => {
	await rm(cache, { recursive: true });
});

const thing = (install: Installation['install'], changes: Partial<Installation> = {}) => ({
	...{ name: 'Thing 1.0', folder, bytes: 1, install },
	...changes,
});

/** Fails as npm does that prints this. */
const failing = (output: string) =>
	thing(async () => {
		await writeFile(`${folder}.log`, output);
		throw new Error('npm failed');
	});

describe('ensureInstalled', () => {
	it('says what it needs before it begins, and when it is done', async () => {
		await ensureInstalled(
			thing(async () => void said.push(await Promise.resolve('(work)')), {
				bytes: 1e8,
				notes: async () => await Promise.resolve(['A compiler', 'Patience']),
			}),
			{ screen },
		);
		expect(said).toEqual([
			`Installing Thing 1.0 into ${folder}`,
			expect.stringMatching(/^ {2}It needs 0\.1 GB of disk \(\d+\.\d GB are free\)$/),
			'  A compiler',
			'  Patience',
			'(work)',
			'Thing 1.0 is installed',
		]);
	});

	it('installs once, however many ask, and is silent afterwards', async () => {
		let runs = 0;
		const installation = thing(async () => {
			runs += await Promise.resolve(1);
		});
		await Promise.all(
			[1, 2, 3].map(async () => await ensureInstalled(installation, { screen, interval: 2 })),
		);
		expect(runs).toBe(1);
		const lines = said.length;
		await ensureInstalled(installation, { screen });
		expect(said).toHaveLength(lines);
		expect(said).toContain('Another process is installing Thing 1.0: waiting for it');
	});

	it('begins again after a try that failed', async () => {
		await expect(ensureInstalled(failing(''), { screen })).rejects.toThrow();
		await ensureInstalled(
			thing(async () => await Promise.resolve()),
			{ screen },
		);
		expect(said.at(-1)).toBe('Thing 1.0 is installed');
	});

	it('does not begin without room on the disk', async () => {
		const installation = thing(async () => await Promise.resolve(), { bytes: 1e18 });
		await expect(ensureInstalled(installation, { screen })).rejects.toThrow(
			`There is no room for Thing 1.0 in ${cache}: set N8N_CACHE to a folder on another disk`,
		);
	});

	it.each([
		['npm error code ENOSPC', 'the disk is full'],
		[
			'npm error prebuild-install warn install getaddrinfo ENOTFOUND github.com\nnpm error gyp ERR! not found: make',
			'its database driver could not be compiled, which takes a C++ compiler, make and Python 3',
		],
		['npm error code EACCES\nnpm error syscall mkdir', 'npm may not write where it has to'],
		['npm error code ENOTFOUND', 'the npm registry cannot be reached'],
		['npm error code ECONNREFUSED', 'the npm registry cannot be reached'],
		['npm error code ETARGET\nnpm error notarget', 'npm failed (ETARGET)'],
		['', 'npm failed (no reason given)'],
	])('says in one sentence why it failed: %j', async (output, reason) => {
		await expect(ensureInstalled(failing(output), { screen })).rejects.toThrow(
			`Thing 1.0 could not be installed: ${reason}. All that npm said is in ${folder}.log`,
		);
	});

	it('runs npm in the folder, keeps what it says for the log, and stops it when told to', async () => {
		await ensureInstalled(
			thing(
				async (npm) => {
					await npm('reading', ['pkg', 'get', 'overrides']);
				},
				{ manifest: { overrides: { other: '2' } } },
			),
			{ screen },
		);
		expect(await readFile(`${folder}.log`, 'utf8')).toContain('"other": "2"');
		const stopping = new AbortController();
		const other = thing(
			async (npm) => {
				stopping.abort(new Error('stopped'));
				await npm('reading', ['--version']);
			},
			{ folder: join(cache, 'other') },
		);
		await expect(ensureInstalled(other, { screen, signal: stopping.signal })).rejects.toThrow(
			'stopped',
		);
	});
});

describe('compilerNeeds', () => {
	it('says what is missing', async () => {
		await writeFile(join(cache, 'clang++'), '');
		await writeFile(join(cache, 'make'), '');
		await chmod(join(cache, 'clang++'), 0o755);
		expect(await compilerNeeds(`/nowhere:${cache}`)).toMatch(/\(missing here: make, Python 3\)$/);
	});

	it('says that nothing is', async () => {
		for (const name of ['c++', 'make', 'python3']) {
			await writeFile(join(cache, name), '', { mode: 0o755 });
		}
		expect(await compilerNeeds(cache)).toMatch(/\(all are here\)$/);
	});
});

describe('what is shown', () => {
	it('is what is done, how long it has taken, and how large it is', async () => {
		await withProgress({ screen, folder: cache, interval: 5 }, async (begin) => {
			begin('waiting');
			await expect.poll(() => shown.length).toBeGreaterThan(0);
		});
		expect(shown[0]).toMatch(/^ {2}waiting: \d+ s, 0\.0 GB$/);
	});

	const writtenTo = (isTTY: boolean) => {
		let written = '';
		const output = { isTTY, write: (text: string) => (written += text) !== '' };
		const { show, say } = screenOf(output);
		show('1 s');
		show('2 s');
		say('done');
		return written;
	};

	it('takes the place of what was shown before in a terminal, and is a line of its own elsewhere', () => {
		expect(writtenTo(false)).toBe('1 s\n2 s\ndone\n');
		expect(writtenTo(true).split('\r\u001b[K')).toEqual(['', '1 s', '2 s', 'done\n']);
	});

	it('has durations as people say them', () => {
		expect([0, 59_400, 60_000, 125_000].map(inWords)).toEqual([
			'0 s',
			'59 s',
			'1 min 0 s',
			'2 min 5 s',
		]);
	});
});

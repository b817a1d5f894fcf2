/** The workflows on GitHub pin what they run, and have few permissions. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { repository } from './pages.mts';

const folder = path.join(repository, '.github/workflows');
const manifest: unknown = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
const { scripts } = z.object({ scripts: z.record(z.string()) }).parse(manifest);

describe.each(readdirSync(folder))('%s', (name) => {
	const text = readFileSync(path.join(folder, name), 'utf8');
	const lines = text.split('\n');

	it('uses actions by the hash of a commit, next to its version', () => {
		const uses = lines.filter((line) => line.includes('uses:'));
		expect(uses.length).toBeGreaterThan(0);
		expect(
			uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
		).toEqual([]);
	});

	it('may only read unless a job says otherwise', () => {
		expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
		expect(lines.filter((line) => /: write$/.test(line)).map((line) => line.trim())).toEqual(
			name === 'publish.yml' ? ['id-token: write'] : [],
		);
	});

	it('runs scripts that exist', () => {
		const commands = lines.flatMap((line) => / npm run ([\w:-]+)/.exec(line)?.[1] ?? []);
		expect(commands.filter((command) => !(command in scripts))).toEqual([]);
	});

	it('keeps no credentials, gives up in time, and runs once at a time', () => {
		const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
		expect(count(/persist-credentials: false/g)).toBe(count(/uses: actions\/checkout/g));
		expect(count(/timeout-minutes:/g)).toBe(count(/runs-on:/g));
		expect(text).toMatch(/^concurrency:$/m);
	});
});

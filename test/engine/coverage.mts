/** Vitest's coverage, which leads what ran in the packed files back to their sources. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import v8 from '@vitest/coverage-v8';
import type { SourceMap } from 'rolldown';
import type { CoverageProviderModule, TestProject } from 'vitest/node';

import { packedPackage } from './package.mts';

const repository = path.resolve(import.meta.dirname, '../..');

export default {
	...v8,
	async getProvider() {
		// Vitest's own process alone: the ones that run tests load this file as well, and need not know how to report.
		const { V8CoverageProvider } = await import('@vitest/coverage-v8/dist/provider.js');

		class SourcesOfPackedFiles extends V8CoverageProvider {
			override async transformFile(file: string, project: TestProject, environment: string) {
				return file.startsWith(packedPackage)
					? await readPacked(file)
					: await super.transformFile(file, project, environment);
			}
		}
		return new SourcesOfPackedFiles();
	},
} satisfies CoverageProviderModule;

/** A packed file, letter for letter as it ran, with the source map that stayed in `dist`. */
async function readPacked(file: string) {
	const built = path.join(repository, path.relative(packedPackage, file));
	const map = JSON.parse(await readFile(`${built}.map`, 'utf8')) as SourceMap;
	const sources = map.sources.map((source) => path.resolve(path.dirname(built), source));
	return { code: await readFile(file, 'utf8'), map: { ...map, sources } };
}

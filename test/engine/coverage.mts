/** Vitest's coverage, extended: code that ran in the packed files counts for their sources. */
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
		// Only in Vitest's main process: workers load this file as well, and have no use for the provider.
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

/** A packed file exactly as it ran, with the source map that stayed in `dist`. */
async function readPacked(file: string) {
	const built = path.join(repository, path.relative(packedPackage, file));
	const map = JSON.parse(await readFile(`${built}.map`, 'utf8')) as SourceMap;
	const sources = map.sources.map((source) => path.resolve(path.dirname(built), source));
	return { code: await readFile(file, 'utf8'), map: { ...map, sources } };
}

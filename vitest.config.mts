import path from 'node:path';

import { defineConfig, type Plugin } from 'vitest/config';

const root = import.meta.dirname;
const packed = path.join(root, '.cache/packed/n8n-nodes-motive');

/**
 * All tests run the JavaScript of the packed package, what users get. Unit tests import a module by
 * its source (`../../nodes/….ts`), so that types are checked; here the import is led to the packed
 * file. So there is one copy of every module, and one place where its coverage is counted.
 */
const packedSources: Plugin = {
	name: 'packed-sources',
	enforce: 'pre',
	resolveId(source, importer) {
		if (importer === undefined || !source.endsWith('.ts')) return null;
		const file = path.relative(root, path.resolve(path.dirname(importer), source));
		if (!/^(nodes|credentials)\//.test(file)) return null;
		return path.join(packed, 'dist', file.replace(/\.ts$/, '.js'));
	},
};

export default defineConfig({
	plugins: [packedSources],
	test: {
		include: ['test/**/*.test.mts'],
		exclude: ['test/e2e/**', 'test/bench/**'],
		globalSetup: ['test/engine/package.mts', 'test/engine/temporary.mts'],
		server: { deps: { external: [/\/\.cache\/packed\//] } },
		pool: 'forks',
		maxWorkers: 2,
		// n8n takes a second or two to load: once per worker, not per file. Tests put back what they change.
		isolate: false,
		// Long enough for a machine that is busy with other things.
		testTimeout: 60_000,
		// Virtual time leaves no reason for a slow test: mark those that are.
		slowTestThreshold: 1_000,
		/*
		 * Counted are the packed files themselves, whether the engine or a unit test ran them. They are
		 * the compiler's output without source maps (which are not shipped), statement for statement as
		 * in the sources; only the line numbers differ.
		 */
		coverage: {
			provider: 'v8',
			include: ['.cache/packed/n8n-nodes-motive/dist/**/*.js'],
			reporter: [['text', { maxCols: 120 }]],
			reportOnFailure: true,
		},
	},
});

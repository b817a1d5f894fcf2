import { createRequire } from 'node:module';

import { defineConfig } from 'vitest/config';

export default defineConfig({
	// The build that n8n's engine and the packed nodes use; a second copy of its classes would break `instanceof`.
	resolve: { alias: { 'n8n-workflow': createRequire(import.meta.url).resolve('n8n-workflow') } },
	test: {
		include: ['test/**/*.test.mts'],
		exclude: ['test/e2e/**', 'test/bench/**'],
		globalSetup: ['test/engine/package.mts', 'test/engine/temporary.mts'],
		pool: 'forks',
		maxWorkers: 2,
		// n8n takes a second or two to load: once per worker, not once per file. Tests restore what they change.
		isolate: false,
		// Long enough for a machine that is busy with other things.
		testTimeout: 60_000,
		expect: { poll: { timeout: 30_000 } },
		// In virtual time no test has a reason to be slow.
		slowTestThreshold: 1_000,
		/*
		 * The engine runs the packed files, as users get them; unit tests run single modules from their sources. The two
		 * coverages are added up by position in the sources, which works because the bundle keeps every statement as written
		 * (gulpfile.js).
		 */
		coverage: {
			provider: 'custom',
			customProviderModule: 'test/engine/coverage.mts',
			include: ['{credentials,nodes}/**/*.ts', '.cache/packed/n8n-nodes-motive/dist/**/*.js'],
			reporter: [['text', { maxCols: 120 }]],
			reportOnFailure: true,
		},
	},
});

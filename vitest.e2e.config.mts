import { defineConfig } from 'vitest/config';

/** Tests in a whole n8n, with its database and its editor's API. They run in real time, one n8n after the other. */
export default defineConfig({
	test: {
		include: ['test/e2e/**/*.test.mts'],
		fileParallelism: false,
		testTimeout: 300_000,
		// The first start of n8n installs it.
		hookTimeout: 900_000,
	},
});

/**
 * `npm run mutation` changes the code in small ways and shows which changes no unit test notices. It takes hours for
 * everything; `npm run mutation -- -m "nodes/Motive/report/*.ts"` for one folder. What was found is kept in `.cache`, so
 * the next run only looks at what has changed since.
 */
export default {
	mutate: ['nodes/Motive/{polling,motive,transport,parameters,triggers,report}/**/*.ts'],
	testRunner: 'vitest',
	plugins: ['@stryker-mutator/vitest-runner'],
	vitest: { configFile: 'vitest.mutation.config.mts' },
	coverageAnalysis: 'perTest',
	// Constants are evaluated once per process, in which every test would have to run again for each of their mutants.
	ignoreStatic: true,
	incremental: true,
	incrementalFile: '.cache/mutation/known.json',
	tempDirName: '.cache/mutation/copy',
	reporters: ['clear-text', 'progress-append-only', 'json'],
	jsonReporter: { fileName: '.cache/mutation/report.json' },
	clearTextReporter: { allowColor: false, logTests: false },
	thresholds: { high: 95, low: 95, break: 95 },
	concurrency: 1,
	timeoutMS: 20_000,
};

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

import base from './vitest.config.mts';

/** Runs short test files first: one failure is enough. */
class ShortestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		return (await super.sort(files)).reverse();
	}
}

/** The unit tests of the product, as `npm run mutation` runs them: from the sources, without a built package. */
export default defineConfig({
	...base,
	test: {
		...base.test,
		globalSetup: [],
		setupFiles: ['test/unit/fewExamples.mts'],
		sequence: { sequencer: ShortestFirst },
		include: [
			'test/unit/{actions,motive,parameters,polling,report,runs,transport,triggers}/**/*.test.mts',
		],
	},
});

import { defineConfig } from 'vitest/config';

import base from './vitest.config.mts';

/** The unit tests of the product, as `npm run mutation` runs them: from the sources, without a built package. */
export default defineConfig({
	...base,
	test: {
		...base.test,
		globalSetup: [],
		include: [
			'test/unit/{actions,motive,parameters,polling,report,runs,transport,triggers}/**/*.test.mts',
		],
	},
});

/**
 * Lint with types, for the package and its tests alike. It comes after n8n's own rules (eslint.config.mjs, untouched),
 * which look only at what users install, and contradicts none of them.
 */
import tseslint from 'typescript-eslint';

const PACKAGE = '{credentials,nodes}/**/*.ts';

export default tseslint.config(
	{ ignores: ['dist/', '.cache/', 'coverage/', 'demo-output/'] },
	{
		files: [PACKAGE, '**/*.mts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: {
				project: ['tsconfig.json', 'test/tsconfig.json'],
				tsconfigRootDir: import.meta.dirname,
			},
		},
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-empty': ['error', { allowEmptyCatch: false }],
			// n8n types some interfaces as abstract classes; an object that has all their members will do.
			'@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
			// `() => count()` is as clear as with braces.
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// Numbers read well in messages; the rule is for objects and undefined.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// An interface may ask for a promise where one implementation has nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			// n8n gives nodes plain objects to remember things in: forgetting is `delete`.
			'@typescript-eslint/no-dynamic-delete': 'off',
		},
	},
	{
		files: [PACKAGE],
		// A parameter that is not used says that an interface asks for too much. Tests may skip one to name the next.
		rules: { '@typescript-eslint/no-unused-vars': ['error', { args: 'all' }] },
	},
	{
		files: ['test/**/*.mts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					paths: [{ name: 'vitest', importNames: ['test'], message: 'Use `it`.' }],
				},
			],
		},
	},
);

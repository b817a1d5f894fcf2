/**
 * Lint of the code that is not shipped: tests, demos and configuration. The package itself has n8n's
 * own rules (eslint.config.mjs), which look only at what users install.
 */
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{
		ignores: [
			'**/*',
			'!**/',
			'!**/*.mts',
			'node_modules/',
			'dist/',
			'.cache/',
			'coverage/',
			'demo-output/',
		],
	},
	...tseslint.configs.strictTypeChecked,
	{
		files: ['**/*.mts'],
		languageOptions: {
			parserOptions: { project: 'test/tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-console': 'off',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			// n8n types some interfaces as abstract classes; an object that has all their members will do.
			'@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
			// `() => count()` is as clear as with braces.
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// Numbers read well in messages; the rule is for objects and undefined.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
		},
	},
);

/** Who may import whom. `npm run check` holds the code to it; CONTRIBUTING.md has the drawing. */

/** The folders of nodes/Motive, from the bottom up. Each may import what lies below it, and nothing beside it. */
const LAYERS = [
	['motive'],
	['polling', 'report'],
	['parameters', 'transport'],
	['runs'],
	['actions', 'methods', 'triggers'],
];

const inside = (...folders) => `^nodes/Motive/(${folders.join('|')})/`;
const n8n = '(^|/)node_modules/n8n-workflow/';

const downwards = LAYERS.flatMap((layer, height) =>
	layer.map((folder) => ({
		name: `${folder}-imports-downwards`,
		from: { path: inside(folder) },
		to: { path: '^nodes/', pathNot: inside(folder, ...LAYERS.slice(0, height).flat()) },
	})),
);

const rules = [
	...downwards,
	{
		name: 'report-needs-motive-only',
		from: { path: inside('report') },
		to: { pathNot: inside('report', 'motive') },
	},
	{
		name: 'heart-is-free-of-n8n',
		from: { path: inside('motive', 'polling', 'report') },
		to: { path: n8n },
	},
	{
		name: 'folders-have-a-layer',
		from: { path: '^nodes/Motive/[^/]+/', pathNot: inside(...LAYERS.flat()) },
		to: {},
	},
	{
		name: 'package-has-no-dependencies',
		// Of node:stream only types, in a form that n8n's lint takes.
		comment: 'Or n8n does not verify it.',
		from: { path: '^(credentials|nodes)/' },
		to: { pathNot: ['^(credentials|nodes)/', n8n, '^(crypto|stream)$'] },
	},
	{ name: 'no-circles', from: { path: '^(credentials|nodes)/' }, to: { circular: true } },
	{
		name: 'no-circles-at-run-time',
		comment: 'Types of tests may refer to each other.',
		from: { path: '^(demo|test)/' },
		to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
	},
];

export default {
	forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })),
	options: {
		doNotFollow: { path: 'node_modules' },
		// Imports of types count.
		tsPreCompilationDeps: true,
	},
};

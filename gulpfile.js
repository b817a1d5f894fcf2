const { dest, parallel, src } = require('gulp');
const { rolldown } = require('rolldown');

const { n8n } = require('./package.json');

/**
 * Bundles each file that package.json names, with the code they share in a file beside them: n8n loads a few files faster
 * than a hundred. Nothing in them is rearranged, so that they can be read and their coverage counted. The source maps are
 * for coverage and are not shipped.
 */
async function bundle() {
	const entries = [...n8n.credentials, ...n8n.nodes].map((file) =>
		file.replace(/^dist\/(.*)\.js$/, '$1'),
	);
	const shared = (folder) => ({ name: `${folder}/shared`, test: `/${folder}/`, minShareCount: 2 });
	const build = await rolldown({
		input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
		external: ['n8n-workflow'],
		platform: 'node',
		transform: { target: 'es2022' },
		treeshake: false,
		optimization: { inlineConst: false },
		experimental: { attachDebugInfo: 'none' },
	});
	await build.write({
		dir: 'dist',
		format: 'cjs',
		strict: true,
		entryFileNames: '[name].js',
		chunkFileNames: '[name].js',
		codeSplitting: { groups: ['credentials', 'nodes/Motive'].map(shared) },
		comments: false,
		minify: false,
		sourcemap: 'hidden',
	});
	await build.close();
}

/** Copies icons, codex files, and the output schemas that the editor shows before the first run. */
function assets() {
	return src('nodes/**/*.{json,svg}', { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.default = parallel(bundle, assets);

const { dest, parallel, src } = require('gulp');
const { rolldown } = require('rolldown');

const { n8n } = require('./package.json');

/**
 * One file for each that package.json names, and one beside them for what they share: n8n loads a few files faster than a
 * hundred. The code in them stays as it is written, so that it can be read and its coverage counted; source maps are
 * for that, and not shipped.
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

/** Icons, n8n's facts about each node, and the output schemas that the editor shows before the first run. */
function assets() {
	return src('nodes/**/*.{json,svg}', { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.default = parallel(bundle, assets);

const { dest, src } = require('gulp');

// What tsc does not emit: icons, and the output schemas that the editor shows before the first run.
function assets() {
	return src(['nodes/**/*.svg', 'nodes/**/__schema__/**/*.json'], { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.assets = assets;
exports.default = assets;

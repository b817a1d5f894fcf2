/** The drawing in CONTRIBUTING.md is the code. Which imports are allowed is for .dependency-cruiser.mjs to say. */
import { cruise } from 'dependency-cruiser';
import { expect, it } from 'vitest';

import { readPage, repository } from './pages.mts';

const ROOT = 'nodes/Motive/';

/** What each folder of nodes/Motive imports, and each file that lies beside them. */
async function readImports(): Promise<Map<string, string[]>> {
	const { output } = await cruise([ROOT], {
		baseDir: repository,
		collapse: `^${ROOT}[^/]+`,
		includeOnly: `^${ROOT}`,
		tsPreCompilationDeps: true,
	});
	if (typeof output === 'string') throw new Error(output);
	const partOf = (file: string) => file.replace(ROOT, '');
	return new Map(
		output.modules.map(({ source, dependencies }) => [
			partOf(source),
			dependencies.map(({ resolved }) => partOf(resolved)),
		]),
	);
}

it('The drawing has every import between two parts of the code, but for those that others imply', async () => {
	const imports = await readImports();
	const below = (part: string, found = new Set<string>()): Set<string> => {
		for (const next of imports.get(part) ?? []) if (!found.has(next)) below(next, found.add(next));
		return found;
	};
	const arrows = [...imports].flatMap(([from, targets]) =>
		targets
			.filter((to) => !targets.some((middle) => middle !== to && below(middle).has(to)))
			.map((to) => `${from} --> ${to}`),
	);
	const drawn = readPage('CONTRIBUTING.md').text.match(/\S+ --> \S+/g) ?? [];
	expect(drawn.toSorted()).toEqual(arrows.toSorted());
});

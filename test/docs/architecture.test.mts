/** The drawing in CONTRIBUTING.md is the code: folders, and who imports whom. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { readPage, repository } from './pages.mts';

const root = path.join(repository, 'nodes/Motive');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.ts'),
);

/** The folder that a file is in; files at the top stand for themselves. */
function partOf(file: string): string {
	const [first = ''] = file.split(path.sep);
	return first === file && !file.endsWith('.ts') ? `${file}.ts` : first;
}

function importsOf(file: string): string[] {
	const text = readFileSync(path.join(root, file), 'utf8');
	return [...text.matchAll(/ from '(\.[^']+)'/g)].map(([, target = '']) =>
		path.join(path.dirname(file), target),
	);
}

it('The drawing has every import between two parts of the code, and no other', () => {
	const edges = files.flatMap((file) =>
		importsOf(file).map((target) => [partOf(file), partOf(target)]),
	);
	const across = edges.filter(([from, to]) => from !== to).map((edge) => edge.join(' --> '));
	const drawn = readPage('CONTRIBUTING.md').text.match(/\S+ --> \S+/g) ?? [];
	expect([...drawn].sort()).toEqual([...new Set(across)].sort());
});

it('Imports point one way', () => {
	const order = [
		'capture',
		'authentication.ts',
		'fleet',
		'transport',
		'methods',
		'actions',
		'trigger',
	];
	const rank = (part: string) => (part.endsWith('.node.ts') ? order.length : order.indexOf(part));
	const upwards = files.flatMap((file) =>
		importsOf(file)
			.filter((target) => rank(partOf(target)) > rank(partOf(file)))
			.map((target) => `${file} imports ${target}`),
	);
	expect(upwards).toEqual([]);
});

it('The heart is free of n8n', () => {
	const texts = files
		.filter((file) => file.startsWith('motive') || file.startsWith('polling'))
		.map((file) => readFileSync(path.join(root, file), 'utf8'));
	expect(texts.length).toBeGreaterThan(0);
	expect(texts.filter((text) => text.includes("from 'n8n-workflow'"))).toEqual([]);
});

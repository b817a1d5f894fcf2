import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { anchorsOf, codeIn, pages, readPage, repository } from './pages.mts';

const Manifest = z.object({ homepage: z.string(), scripts: z.record(z.string()) });
const { homepage, scripts } = Manifest.parse(
	JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')),
);

const links = pages.flatMap(({ file, tokens }) =>
	tokens.flatMap((token) =>
		token.type === 'link' || token.type === 'image' ? [[file, String(token['href'])] as const] : [],
	),
);

describe('A link', () => {
	const local = links.filter(([, href]) => !/^[a-z]+:/.test(href));
	it.each(local)('in %s to %s leads somewhere', (file, href) => {
		const [target = '', anchor] = href.split('#');
		const found = target === '' ? file : path.join(path.dirname(file), target);
		expect(existsSync(path.join(repository, found))).toBe(true);
		if (anchor !== undefined) expect(anchorsOf(readPage(found))).toContain(anchor);
	});

	it.each(links.filter(([, href]) => /^[a-z]+:/.test(href)))(
		'in %s to %s is encrypted',
		(_, href) => {
			expect(URL.canParse(href)).toBe(true);
			expect(new URL(href).protocol).toBe('https:');
		},
	);

	const sources = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
			path.join(folder, name),
		),
	);
	const fromCode = sources
		.filter((file) => /\.(ts|json)$/.test(file))
		.flatMap(
			(file) =>
				readFileSync(path.join(repository, file), 'utf8').match(
					/https:\/\/github\.com\/[^'"\s]+/g,
				) ?? [],
		);
	it.each([...new Set(fromCode)])(
		'from the editor to %s finds its page, and its chapter',
		(address) => {
			const [start = ''] = homepage.split('#');
			expect(address.startsWith(start)).toBe(true);
			const [page = '', anchor] = address.slice(start.length).split('#');
			const file = page === '' ? 'README.md' : page.replace('/blob/main/', '');
			const anchors = anchorsOf(readPage(file));
			if (anchor !== undefined) expect(anchors).toContain(anchor);
		},
	);
});

describe('A picture', () => {
	const shown = new Set(links.map(([, href]) => path.basename(href)));
	it.each(readdirSync(path.join(repository, 'docs/images')))('%s is shown somewhere', (name) => {
		expect(shown).toContain(name);
	});
});

describe('A command', () => {
	const code = pages.flatMap((page) => codeIn(page).map((text) => [page.file, text] as const));
	const commands = code.flatMap(([file, text]) =>
		[...text.matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(
			([command, name = '']) => [file, command, name] as const,
		),
	);
	/** What npm itself can do. */
	const ofNpm = ['audit', 'ci', 'install', 'pack', 'version'];
	it.each(commands)('in %s, %s, exists', (_, command, name) => {
		const isScript =
			name in scripts && (command.startsWith('npm run ') || ['start', 'test'].includes(name));
		expect(isScript || (ofNpm.includes(name) && !command.startsWith('npm run '))).toBe(true);
	});

	const files = code.filter(([, text]) => /^(test|demo|docs|examples|\.ci)\/[\w./-]+$/.test(text));
	it.each(files)('or file in %s, %s, is there', (_, name) => {
		expect(existsSync(path.join(repository, name))).toBe(true);
	});
});

describe('A script', () => {
	const programs = ['npm', ...readdirSync(path.join(repository, 'node_modules/.bin'))];
	it.each(Object.entries(scripts))('runs in every shell, that of Windows too: %s', (_, text) => {
		for (const command of text.split(' && ')) expect(programs).toContain(command.split(' ')[0]);
		expect(text).not.toMatch(/[$'`;|<>]/);
	});
});

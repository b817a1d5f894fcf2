/** n8n finds a node by its name and by the words of its codex file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { SEARCH_WORDS } from '../n8n/searchWords.mts';

const Codex = z.object({ node: z.string(), alias: z.array(z.string()) });

const folder = path.resolve(import.meta.dirname, '../../nodes/Motive');

describe.each(Object.entries(SEARCH_WORDS))('%s is found by', (name, words) => {
	const file = path.join(folder, `${name}.node.json`);
	const { alias } = Codex.parse(JSON.parse(readFileSync(file, 'utf8')));

	// n8n's search wants all letters of what is typed, spaces too, in this order.
	it.each(words)('“%s”', (word) => {
		expect(alias.some((each) => each.includes(word))).toBe(true);
	});
});

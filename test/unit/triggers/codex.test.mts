/** n8n finds a node by its name and by the words of its codex file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const Codex = z.object({ node: z.string(), alias: z.array(z.string()) });

const folder = path.resolve(import.meta.dirname, '../../../nodes/Motive');
const read = (name: string) =>
	Codex.parse(JSON.parse(readFileSync(path.join(folder, `${name}.node.json`), 'utf8')));

/** What people look for who want to be told of what happens. */
const WORDS = [
	...['dashcam', 'dash cam', 'dash camera', 'camera', 'truck', 'telematics', 'video', 'footage'],
	...['gomotive', 'keeptruckin', 'safety event', 'hard brake', 'crash', 'accident', 'speeding'],
];

describe.each([
	['MotiveTrigger', [...WORDS, 'geofence', 'fault code', 'hours of service', 'inspection', 'gps']],
	['MotivePollingTrigger', [...WORDS, 'polling']],
])('%s is found by', (name, words) => {
	const { alias } = read(name);

	it.each(words)('“%s”', (word) => {
		expect(alias.some((each) => each.includes(word))).toBe(true);
	});
});

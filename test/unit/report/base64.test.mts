import fc from 'fast-check';
import { expect, it } from 'vitest';

import { base64Of } from '../../../nodes/Motive/report/base64.ts';
import { fileOf } from './samples.mts';

it('gives the base64 of the whole, in whatever chunks it comes', async () => {
	const chunks = fc.array(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)));
	const property = fc.asyncProperty(chunks, async (file) => {
		const texts: string[] = [];
		for await (const text of base64Of(fileOf(...file))) texts.push(text);
		expect(texts.join('')).toBe(Buffer.concat(file).toString('base64'));
	});
	await fc.assert(property);
});

it('gives what it has read at once, and keeps no more than what makes no whole characters', async () => {
	const texts: string[] = [];
	for await (const text of base64Of(fileOf(Buffer.from('abcd'), Buffer.from('ef'))))
		texts.push(text);
	expect(texts).toEqual(['YWJj', 'ZGVm', '']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isObject, withoutUrls } from '../../../nodes/Motive/motive/json.ts';

describe('isObject', () => {
	it.each([{}, { a: 1 }, Object.create(null)])('takes %j', (value) => {
		expect(isObject(value)).toBe(true);
	});

	it.each([null, undefined, [], [{}], '', 'text', 0, true])('does not take %j', (value) => {
		expect(isObject(value)).toBe(false);
	});
});

describe('withoutUrls', () => {
	const address = fc
		.tuple(fc.constantFrom('https://', 'http://', 'HTTPS://', 'see http://'), fc.string())
		.map((parts) => parts.join(''));
	const text = fc.oneof(fc.string(), address);
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 5 },
			text,
			fc.integer(),
			fc.constant(null),
			fc.array(tie('tree')),
			fc.dictionary(text, tie('tree')),
		),
	}));
	const json = fc.dictionary(text, tree);

	it('leaves no address anywhere', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(JSON.stringify(withoutUrls(value))).not.toMatch(/https?:\/\//i);
			}),
		);
	});

	it('takes nothing else out', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
				fc.pre(!/https?:\/\//i.test(JSON.stringify(value)));
				expect(withoutUrls(value)).toEqual(value);
			}),
		);
	});

	it('does not change what it was given', () => {
		const value = {
			images: { rear: { url: 'https://x', expires_at: 'soon' } },
			list: ['https://x', 'rest'],
		};
		expect(withoutUrls(value)).toEqual({
			images: { rear: { expires_at: 'soon' } },
			list: ['rest'],
		});
		expect(value.list).toHaveLength(2);
		expect(value.images.rear.url).toBe('https://x');
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../nodes/Motive/motive/json.ts';
import {
	isMissing,
	isOtherSource,
	isWord,
	parseEntries,
	parseId,
	parseInteger,
	parseName,
	parseNumber,
	parseObject,
	parseSourceName,
	parseText,
	unwrap,
	unwrapEntry,
} from '../../../nodes/Motive/motive/parse.ts';

/** What says nothing: not there, or a word for it. */
const MISSING = [undefined, null, '', ' ', 'nil', 'NIL', ' nil\n', 'null', 'Null'];
const missing = fc.constantFrom(...MISSING);

/** Whatever an answer may hold under a key. */
const anything = fc.oneof(fc.jsonValue(), missing, fc.anything());

/** Texts that say something, without space around them. */
const word = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !isMissing(text));
const integer = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const spelled = (name: string) => fc.mixedCase(fc.constant(name));
const padded = (text: string) => fc.constantFrom(text, ` ${text}`, `${text}\n`);

/** What a reader says where there is nothing for it; a fresh value each time. */
const READERS: Array<[string, (source: JsonObject, ...names: string[]) => unknown, unknown]> = [
	['parseText', parseText, null],
	['parseId', parseId, null],
	['parseInteger', parseInteger, null],
	['parseNumber', parseNumber, null],
	['parseObject', parseObject, {}],
	['parseEntries', parseEntries, []],
];

describe.each(READERS)('%s', (_, read, nothing) => {
	it('never throws, and changes nothing', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom('a', 'A', 'b'), anything), (source) => {
				const before = { ...source };
				expect(read(source, 'a', 'b')).not.toBeUndefined();
				expect(source).toEqual(before);
			}),
		);
	});

	it.each(MISSING)('takes %j for nothing', (value) => {
		expect(read({ a: value }, 'a')).toEqual(nothing);
	});

	it('finds nothing under other names', () => {
		fc.assert(
			fc.property(anything, (value) => {
				expect(read({ b: value }, 'a')).toEqual(nothing);
			}),
		);
	});

	it('reads the same however a key is written', () => {
		fc.assert(
			fc.property(spelled('camera_type'), anything, (key, value) => {
				expect(read({ [key]: value }, 'camera_type')).toEqual(
					read({ camera_type: value }, 'camera_type'),
				);
			}),
		);
	});

	it('looks past names under which nothing stands', () => {
		fc.assert(
			fc.property(missing, anything, (no, value) => {
				expect(read({ A: no, a: no, b: value }, 'a', 'b')).toEqual(read({ b: value }, 'b'));
			}),
		);
	});
});

describe('parseText', () => {
	it('is the text without the space around it', () => {
		fc.assert(
			fc.property(
				word.chain((text) => fc.tuple(fc.constant(text), padded(text))),
				([text, written]) => {
					expect(parseText({ a: written }, 'a')).toBe(text);
				},
			),
		);
	});

	it('takes a number as text', () => {
		fc.assert(
			fc.property(finite, (number) => {
				expect(parseText({ a: number }, 'a')).toBe(String(number));
			}),
		);
	});

	it('prefers the name that comes first, whatever the order in the answer', () => {
		fc.assert(
			fc.property(word, word, (best, other) => {
				expect(parseText({ b: other, a: best }, 'a', 'b')).toBe(best);
			}),
		);
	});

	it.each([true, {}, [], ['text']])('looks past %j, which is no text', (value) => {
		expect(parseText({ a: value, b: 'text' }, 'a', 'b')).toBe('text');
		expect(parseText({ a: value }, 'a')).toBeNull();
	});
});

describe('parseId', () => {
	it('is a number for every whole number, also where it is written as text', () => {
		fc.assert(
			fc.property(
				integer.chain((id) => fc.tuple(fc.constant(id), padded(String(id)))),
				([id, written]) => {
					expect(parseId({ id }, 'id')).toBe(id);
					expect(parseId({ id: written }, 'id')).toBe(id);
				},
			),
		);
	});

	it.each(['5d3d5cf6-501f-4566-ad07-a80c05c743a7', '0', '007', '1e3', '1.5', '9'.repeat(30)])(
		'keeps %j as the text it is',
		(id) => {
			expect(parseId({ id }, 'id')).toBe(id);
		},
	);
});

describe('parseInteger', () => {
	it('is the id where that is a whole number above 0, and nothing else', () => {
		fc.assert(
			fc.property(fc.oneof(integer, integer.map(String), finite, anything), (value) => {
				const id = parseId({ a: value }, 'a');
				expect(parseInteger({ a: value }, 'a')).toBe(typeof id === 'number' ? id : null);
			}),
		);
	});

	it('is always a whole number above 0', () => {
		fc.assert(
			fc.property(fc.oneof(finite, finite.map(String), anything), (value) => {
				const number = parseInteger({ a: value }, 'a');
				if (number !== null) expect(Number.isSafeInteger(number) && number > 0).toBe(true);
			}),
		);
	});
});

describe('parseNumber', () => {
	it('is the number, also where it is written as text', () => {
		fc.assert(
			fc.property(
				finite.filter((number) => !Object.is(number, -0)),
				(number) => {
					expect(parseNumber({ a: number }, 'a')).toBe(number);
					expect(parseNumber({ a: ` ${number} ` }, 'a')).toBe(number);
				},
			),
		);
	});

	it.each(['north', '1,5', '12 m', NaN, Infinity, true, {}, [7]])('finds none in %j', (value) => {
		expect(parseNumber({ a: value }, 'a')).toBeNull();
	});
});

describe('parseObject', () => {
	it('is the very object', () => {
		const vehicle = { id: 7 };
		expect(parseObject({ Vehicle: vehicle }, 'vehicle')).toBe(vehicle);
	});

	it.each(['text', 7, true, [], [{}]])('looks past %j, which is none', (value) => {
		expect(parseObject({ a: value, b: { id: 7 } }, 'a', 'b')).toEqual({ id: 7 });
	});
});

describe('parseEntries', () => {
	const object = fc.dictionary(fc.string(), fc.jsonValue());

	it('has every object of an array or a map, in its order', () => {
		fc.assert(
			fc.property(fc.array(object), (list) => {
				const entries = list.map((value, index) => ({ index, value }));
				expect(parseEntries({ list }, 'list')).toEqual(entries);
				expect(parseEntries({ list: Object.fromEntries(list.entries()) }, 'list')).toEqual(entries);
			}),
		);
	});

	it('leaves out what is no object, and counts it', () => {
		const values = ['a', null, 7, [], { id: 7 }];
		const entries = [{ index: 4, value: { id: 7 } }];
		expect(parseEntries({ values }, 'values')).toEqual(entries);
		expect(parseEntries({ values: Object.fromEntries(values.entries()) }, 'values')).toEqual(
			entries,
		);
	});
});

describe('parseName', () => {
	it.each([
		[{ first_name: 'Sam', last_name: 'Doe', name: 'sam' }, 'Sam Doe'],
		[{ first_name: 'nil', last_name: 'Doe' }, 'Doe'],
		[{ First_Name: ' Sam ' }, 'Sam'],
		[{ name: 'Sam', username: 'sam' }, 'Sam'],
		[{ full_name: 'Sam Doe' }, 'Sam Doe'],
		[{ first_name: '', username: 'sam' }, 'sam'],
		[{ id: 3 }, null],
	])('of %j is %j', (person, name) => {
		expect(parseName(person)).toBe(name);
	});
});

describe('parseSourceName', () => {
	it.each([
		[{ vehicle: { id: 7, number: 'T-118' } }, 'T-118'],
		[{ vehicle: { id: 7, number: 118 } }, '118'],
		[{ vehicle: { id: 7, number: 'nil' } }, 'vehicle-7'],
		[{ current_vehicle: { ID: '7' } }, 'vehicle-7'],
		[{ vehicle: { id: 7 }, asset: { id: 8, name: 'TRL-204' } }, 'vehicle-7'],
		[{ vehicle: 'nil', asset: { id: 8, name: 'TRL-204' } }, 'TRL-204'],
		[{ asset: { id: 8 } }, 'asset-8'],
		[{ vehicle: {}, asset: {} }, null],
		[{}, null],
	])('of %j is %j', (answer, name) => {
		expect(parseSourceName(answer)).toBe(name);
	});
});

describe('isWord', () => {
	it('takes letters, digits, underscores and hyphens', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-zA-Z0-9_-]+$/), (text) => {
				expect(isWord(text)).toBe(true);
				expect(encodeURIComponent(text)).toBe(text);
			}),
		);
	});

	it.each(['', '.', '..', 'a/b', 'a\\b', '%2e', 'a b', 'a?b', 'a#b', 'ä', 'a\n'])(
		'takes %j for none',
		(text) => {
			expect(isWord(text)).toBe(false);
		},
	);

	it('takes only what stays one part of a path', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				fc.pre(isWord(text));
				expect(new URL(`https://x/v1/${text}/7`).pathname).toBe(`/v1/${text}/7`);
			}),
		);
	});
});

describe('unwrap', () => {
	const answer = fc.dictionary(fc.string(), fc.jsonValue());
	const wrapper = fc.string().filter((key) => key !== 'id');

	it('takes an answer out of any single key', () => {
		fc.assert(
			fc.property(wrapper, answer, (key, inner) => {
				expect(unwrap({ [key]: inner }, ['id'])).toBe(inner);
			}),
		);
	});

	it('leaves an answer alone that has a mark, or several keys', () => {
		fc.assert(
			fc.property(answer, fc.jsonValue(), (inner, other) => {
				const bodies = [{ id: inner }, { one: inner, two: other }];
				for (const body of bodies) expect(unwrap(body, ['id'])).toBe(body);
			}),
		);
	});

	it.each([undefined, null, '', '<html>', 7, [], [{}]])('finds no answer in %j', (body) => {
		expect(unwrap(body, ['id'])).toBeNull();
	});
});

describe('unwrapEntry', () => {
	it('takes an entry out of its key, and hands on anything else', () => {
		fc.assert(
			fc.property(anything, (value) => {
				expect(unwrapEntry({ vehicle: { value } }, 'vehicle')).toEqual({ value });
				const bare = { id: 7, value };
				expect(unwrapEntry(bare, 'vehicle')).toBe(bare);
				expect(unwrapEntry([value], 'vehicle')).toEqual([value]);
			}),
		);
	});

	it.each([undefined, null, 'text', 7, { vehicle: null }, { vehicle: 'nil' }, { vehicle: [] }])(
		'hands on %j',
		(value) => {
			expect(unwrapEntry(value, 'vehicle')).toBe(value);
		},
	);
});

describe('isMissing', () => {
	it.each(MISSING)('is true of %j', (value) => {
		expect(isMissing(value)).toBe(true);
	});

	it.each([0, false, NaN, {}, [], 'nile', 'null and void', '0', 'none'])(
		'is false of %j',
		(value) => {
			expect(isMissing(value)).toBe(false);
		},
	);
});

describe('isOtherSource', () => {
	const t118 = { kind: 'vehicle', id: 7, name: 'T-118' } as const;

	it.each([
		['another kind', { ...t118, kind: 'asset' as const }, true],
		['another ID', { ...t118, id: 8 }, true],
		['the same ID under another name', { ...t118, name: 'T-119' }, false],
		['no ID and the same name', { ...t118, id: null }, false],
		['no ID and another name', { ...t118, id: null, name: 'T-119' }, true],
		['no ID and no name', { ...t118, id: null, name: null }, false],
		['nothing', null, false],
	])('compares a vehicle with %s', (_, other, isOther) => {
		expect(isOtherSource(t118, other)).toBe(isOther);
		expect(isOtherSource(other, t118)).toBe(isOther);
	});
});

it('parseEntries looks past what is no list', () => {
	expect(parseEntries({ a: 'text', b: [{ id: 1 }] }, 'a', 'b')).toEqual([
		{ index: 0, value: { id: 1 } },
	]);
});

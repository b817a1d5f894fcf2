import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	BadInput,
	exampleOf,
	shown,
	type Field,
} from '../../../nodes/Motive/parameters/badInput.ts';
import {
	choiceIn,
	readChoice,
	readChoices,
	readIds,
	readList,
	readNames,
	readWords,
	wordKey,
	type ChoiceField,
} from '../../../nodes/Motive/parameters/choices.ts';
import { readMoment } from '../../../nodes/Motive/parameters/moment.ts';
import { readPicked, vehiclePicker } from '../../../nodes/Motive/parameters/pickers.ts';
import {
	mergeFields,
	readBoolean,
	readJsonObject,
	readNotNegative,
	readPositive,
	readText,
	readWholeNumber,
	readWord,
	wholeNumberIn,
} from '../../../nodes/Motive/parameters/readers.ts';

const field: Field = { displayName: 'Some Name', placeholder: 'e.g. 7, 8' };

const vehicle = vehiclePicker({ description: '', modes: ['list', 'id', 'number', 'externalId'] });

const positions: ChoiceField = {
	displayName: 'Some Name',
	name: 'positions',
	type: 'multiOptions',
	options: [
		{ name: 'All Cameras', value: 'all' },
		{ name: 'Front Facing', value: 'front_facing' },
		{ name: 'Rear', value: 'rear' },
	],
	default: [],
};

/** Anything that an expression may give, and more. */
const anything = fc.oneof(
	fc.anything({
		withBigInt: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withObjectString: true,
		withSet: true,
		withSparseArray: true,
	}),
	fc.jsonValue(),
	fc.json(),
	fc.string({ unit: 'grapheme' }),
	fc.constant(Symbol('anything')),
);

/** What a reader makes of a value: the result, or the message for the user. */
function outcomeOf(read: () => unknown): unknown {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(BadInput);
		return error instanceof BadInput ? error.message : undefined;
	}
}

/** A spelling of a word: in any case, with space around it. */
const spelled = (...words: string[]) =>
	fc
		.tuple(space(), fc.mixedCase(fc.constantFrom(...words)), space())
		.map((parts) => parts.join(''));
const space = () => fc.constantFrom('', ' ', '\t', '\n', '\u00a0');

describe.each<[string, string, (value: unknown) => unknown]>([
	['readBoolean', 'Some Name', (value) => readBoolean(value, field)],
	['readChoice', 'Some Name', (value) => readChoice(value, positions)],
	['readChoices', 'Some Name', (value) => readChoices(value, positions)],
	['readIds', 'Some Name', (value) => readIds(value, field)],
	['readJsonObject', 'Some Name', (value) => readJsonObject(value, field)],
	['readList', 'Some Name', (value) => readList(value, field)],
	['readMoment', 'Some Name', (value) => readMoment(value, field, 'America/Chicago')],
	['readPicked', 'Vehicle', (value) => readPicked(value, vehicle)],
	['readPicked by an ID', 'Vehicle', (value) => readPicked({ mode: 'id', value }, vehicle)],
	['readPicked in a mode', 'Vehicle', (mode) => readPicked({ mode, value: 7 }, vehicle)],
	['readPositive', 'Some Name', (value) => readPositive(value, field)],
	['readText', 'Some Name', (value) => readText(value, field)],
	['readWholeNumber', 'Some Name', (value) => readWholeNumber(value, field)],
	['readWords', 'Some Name', (value) => readWords(value, positions)],
])('%s', (_, name, read) => {
	it('reads anything, or says what is wrong with it by name', () => {
		fc.assert(
			fc.property(anything, (value) => {
				try {
					expect(read(value)).toBeDefined();
				} catch (error) {
					if (!(error instanceof BadInput)) throw error;
					expect(error.message.startsWith(`${name} `)).toBe(true);
					expect(error.message.length).toBeLessThan(200);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('readBoolean', () => {
	it('reads every spelling of yes and no', () => {
		fc.assert(
			fc.property(
				spelled('true', '1', 'yes', 'on'),
				spelled('false', '0', 'no', 'off'),
				(on, off) => {
					expect([readBoolean(on, field), readBoolean(off, field)]).toEqual([true, false]);
				},
			),
		);
		expect([true, 1, false, 0].map((value) => readBoolean(value, field))).toEqual([
			true,
			true,
			false,
			false,
		]);
	});

	it.each([
		['perhaps', '“perhaps”'],
		['', 'empty'],
		[null, 'empty'],
		[2, '“2”'],
		[[true], '“[true]”'],
	])('cannot read %j', (value, shown) => {
		expect(outcomeOf(() => readBoolean(value, field))).toBe(
			`Some Name must be true or false, but is ${shown}`,
		);
	});
});

describe('readWholeNumber', () => {
	it('reads every whole number, also as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (number) => {
				expect(readWholeNumber(number, field)).toBe(number);
				expect(readWholeNumber(` ${number}\n`, field)).toBe(number);
			}),
		);
	});

	it.each([
		0,
		-1,
		1.5,
		8,
		Number.NaN,
		Infinity,
		'',
		' ',
		'1.5',
		'-1',
		'1e0',
		'0x1',
		'８',
		true,
		null,
		undefined,
		[1],
		{},
	])('cannot read %j where 7 is the largest', (value) => {
		expect(outcomeOf(() => readWholeNumber(value, field, 7))).toMatch(
			/^Some Name must be a number such as 7, but is (“.*”|empty)$/s,
		);
	});

	it('gives an example if there is one, and shows what was given, not all of it', () => {
		expect(outcomeOf(() => readWholeNumber({ id: 7 }, { displayName: 'ID', default: 50 }))).toBe(
			'ID must be a number such as 50, but is “{"id":7}”',
		);
		expect(outcomeOf(() => readWholeNumber('x'.repeat(99), { displayName: 'ID' }))).toBe(
			`ID must be a number, but is “${'x'.repeat(40)}”`,
		);
	});
});

describe('readPositive', () => {
	it('reads every number above 0, also as text', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
				(number) => {
					expect(readPositive(number, field)).toBe(number);
					expect(readPositive(String(number), field)).toBe(number);
				},
			),
		);
	});

	it.each([
		0,
		-1,
		Number.NaN,
		Infinity,
		'',
		' ',
		'soon',
		'0',
		'-1',
		'Infinity',
		null,
		undefined,
		true,
		[5],
		{},
	])('cannot read %j', (value) => {
		expect(outcomeOf(() => readPositive(value, field))).toMatch(
			/^Some Name must be a number greater than 0, but is (“.*”|empty)$/,
		);
	});
});

describe('readText', () => {
	it.each([
		[' T-118 ', 'T-118'],
		[118, '118'],
		['Zu\u0308rich', 'Zürich'],
	])('reads %j', (value, text) => {
		expect(readText(value, field)).toBe(text);
	});

	it.each([
		['', 'Some Name is empty: enter a text such as 7'],
		[undefined, 'Some Name is empty: enter a text such as 7'],
		[{ a: 1 }, 'Some Name must be a text such as 7, but is “{"a":1}”'],
	])('cannot read %j', (value, message) => {
		expect(outcomeOf(() => readText(value, field))).toBe(message);
	});
});

describe('readList', () => {
	const entry = fc
		.string({ unit: 'grapheme' })
		.map((text) => text.normalize('NFC').trim())
		.filter((text) => /^[^,[\s][^,]*$/.test(text));

	it('reads an array, its JSON text and a text with commas as the same', () => {
		fc.assert(
			fc.property(fc.uniqueArray(entry, { minLength: 1 }), space(), (entries, gap) => {
				const list = readList(entries, field);
				expect(list).toEqual(entries);
				expect(readList(gap + JSON.stringify(entries), field)).toEqual(list);
				expect(readList(entries.join(`${gap},${gap}`), field)).toEqual(list);
			}),
		);
	});

	it('reads no list of which a part has no value', () => {
		fc.assert(
			fc.property(
				fc.array(entry),
				fc.nat(),
				fc.constantFrom(null, undefined),
				(entries, at, hole) => {
					const list: unknown[] = entries.toSpliced(
						at % (entries.length + 1),
						0,
						...[hole as never],
					);
					expect(() => readList(list, field)).toThrow('Some Name has an entry without a value');
					expect(() => readList(JSON.stringify(list), field)).toThrow('Some Name has an entry');
				},
			),
		);
	});

	it.each([
		[
			['rear', 'side_left'],
			['rear', 'side_left'],
		],
		['rear, side_left,,rear ', ['rear', 'side_left']],
		[
			['rear,side_left', ' rear'],
			['rear', 'side_left'],
		],
		[
			[7, '8'],
			['7', '8'],
		],
		['[7, "8"]', ['7', '8']],
		[7, ['7']],
		['', []],
		[[], []],
		['[]', []],
	])('reads %j as %j', (value, list) => {
		expect(readList(value, field)).toEqual(list);
	});

	it.each([
		[' , ', 'is empty'],
		[null, 'is empty'],
		[[''], 'is empty'],
		['["rear"', 'must be a list, but is “["rear"”'],
		[[{ id: 7 }], 'must be texts or numbers, but has “{"id":7}”'],
		[[['rear']], 'must be texts or numbers, but has “["rear"]”'],
		[true, 'must be texts or numbers, but has “true”'],
	])('cannot read %j', (value, message) => {
		expect(outcomeOf(() => readList(value, field))).toBe(`Some Name ${message}`);
	});
});

describe('readIds', () => {
	it('reads ids, each once', () => {
		expect(readIds('7, 8, 07', field)).toEqual([7, 8]);
		expect(outcomeOf(() => readIds('7, eight', field))).toBe(
			'Some Name must be numbers such as 7, but has “eight”',
		);
	});
});

describe('A choice', () => {
	/** A label or value as somebody may write it. */
	const written = (word: string) =>
		fc
			.tuple(
				fc.mixedCase(fc.constant(word)),
				fc.constantFrom(' ', '_', '-', '', ' - ', '–'),
				space(),
			)
			.map(([text, between, around]) => around + text.replaceAll(/[ _]/g, between) + around);
	const choices = positions.options.flatMap(({ name, value }) => [
		{ word: value, value },
		{ word: name, value },
	]);
	const spelling = fc
		.constantFrom(...choices)
		.chain(({ word, value }) => fc.record({ text: written(word), value: fc.constant(value) }));

	it('is read however its value or its label is spelled', () => {
		fc.assert(
			fc.property(spelling, ({ text, value }) => {
				expect(choiceIn(text, positions.options)).toBe(value);
				expect(readChoice(text, positions)).toBe(value);
			}),
		);
	});

	it('counts once among several, however often and in whatever spelling it is there', () => {
		fc.assert(
			fc.property(fc.array(spelling, { minLength: 1 }), (several) => {
				const values = [...new Set(several.map(({ value }) => value))];
				const texts = several.map(({ text }) => text);
				expect(readChoices(texts, positions)).toEqual(values);
				expect(readWords(texts, positions)).toEqual(values);
			}),
		);
	});

	it('that is none is refused with those that there are', () => {
		expect(() => readChoice('roof', positions)).toThrow(
			'Some Name must be one of: All Cameras, Front Facing, Rear, but is “roof”',
		);
		expect(() => readChoices(['rear', 'roof'], positions)).toThrow(
			'Some Name has “roof”, but the choices are: All Cameras, Front Facing, Rear',
		);
		expect(() => readChoices([], { ...positions, required: true })).toThrow(
			'Some Name is empty: choose at least one',
		);
	});

	it('that is not offered is a word all the same where Motive may have more', () => {
		expect(readWords('Rear, roof_rack', positions)).toEqual(['rear', 'roof_rack']);
	});
});

describe('readJsonObject', () => {
	it.each([
		['{ "a": 1 }', { a: 1 }],
		[{ a: 1 }, { a: 1 }],
		['', {}],
		['  ', {}],
	])('reads %j', (value, object) => {
		expect(readJsonObject(value, field)).toEqual(object);
	});

	it.each(['{', '[]', 'null', '7', [], null, undefined, 7])('cannot read %j', (value) => {
		expect(outcomeOf(() => readJsonObject(value, field))).toContain(
			'Some Name must be a JSON object such as { "name": "value" }, but is ',
		);
	});
});

describe('mergeFields', () => {
	const fields = fc.dictionary(fc.string(), fc.jsonValue());

	it.each([
		[{ a: 1 }, {}, { a: 1 }],
		[{ a: 1 }, { a: 2, b: 3 }, { a: 2, b: 3 }],
		[{ a: 1, b: 2 }, { a: null }, { b: 2 }],
		[{ a: 1 }, { a: false, b: 0, c: '' }, { a: false, b: 0, c: '' }],
	])('of %j and %j is %j', (built, own, merged) => {
		expect(mergeFields(built, own)).toEqual(merged);
	});

	it('has every field of the user but those that are null, and no null at all', () => {
		fc.assert(
			fc.property(fields, fields, (built, own) => {
				const merged = mergeFields(built, own);
				expect(Object.values(merged)).not.toContain(null);
				for (const [key, value] of Object.entries(own)) {
					expect(Object.hasOwn(merged, key)).toBe(value !== null);
					if (value !== null) expect(merged[key]).toEqual(value);
				}
			}),
		);
	});
});

describe('The edges of', () => {
	it.each([
		[0, 0],
		['0', 0],
		[' 1.5 ', 1.5],
		[7, 7],
	])('numbers that are not below 0: %j is %d', (value, number) => {
		expect(readNotNegative(value, field)).toBe(number);
	});

	it.each([-1, '-0.5', '', ' ', null, undefined, NaN, Infinity, 'many', [1], true])(
		'numbers that are not below 0: %j is none',
		(value) => {
			expect(() => readNotNegative(value, field)).toThrow(
				/^Some Name must be a number that is not below 0, but is /,
			);
		},
	);

	it('numbers above 0: neither 0 nor what is blank is one', () => {
		for (const value of [0, '0', '', ' '])
			expect(() => readPositive(value, field)).toThrow('a number greater than 0');
	});

	it('whole numbers: the largest is one, and the next is none', () => {
		expect(readWholeNumber(10, field, 10)).toBe(10);
		expect(() => readWholeNumber(11, field, 10)).toThrow('Some Name must be a number such as 7');
		expect(wholeNumberIn('1e3')).toBeUndefined();
		expect(wholeNumberIn(1e3)).toBe(1_000);
		expect(wholeNumberIn(1e21)).toBeUndefined();
	});

	it.each([
		['dashcam', 'dashcam'],
		[' omni-cam_2 ', 'omni-cam_2'],
		[7, '7'],
	])('words: %j is %j', (value, word) => {
		expect(readWord(value, field)).toBe(word);
	});

	it.each(['', 'two words', 'a/b', '..', null, {}])('words: %j is none', (value) => {
		expect(() => readWord(value, field)).toThrow(/^Some Name must be one word such as 7, but is /);
	});

	it('names: quotes count only around the whole of one', () => {
		expect(readNames('a"b"', field)).toEqual(['a"b"']);
		expect(readNames('"b"c', field)).toEqual(['"b"c']);
		expect(readNames(' ["T,1"]', field)).toEqual(['T,1']);
	});

	it('words as they are compared: their case does not count, nor what is between their parts', () => {
		expect(wordKey('Groß')).toBe(wordKey('GROẞ'));
		expect(wordKey('front – _facing')).toBe(wordKey('Front Facing'));
	});

	it('choices: one that is made of marks is not taken for nothing', () => {
		expect(choiceIn('', [{ name: '-', value: '_' }])).toBeUndefined();
	});

	it('choices: those that are required are not empty', () => {
		expect(() => readChoices([], { ...positions, required: true })).toThrow(
			'Some Name is empty: choose at least one',
		);
		expect(readChoices([], positions)).toEqual([]);
		expect(readChoices(['rear'], { ...positions, required: true })).toEqual(['rear']);
	});
});

describe('An example', () => {
	it.each([
		[{ placeholder: 'e.g. T-118' }, ' such as T-118'],
		[{ placeholder: 'e.g. 7, 8' }, ' such as 7'],
		[{ placeholder: 'As in e.g. 7' }, ''],
		[{ placeholder: '', default: 50 }, ' such as 50'],
		[{ default: 'data' }, ' such as data'],
		[{ default: ['a'] }, ''],
		[{}, ''],
	])('of %j is %j', (rest, example) => {
		expect(exampleOf({ displayName: 'Some Name', ...rest })).toBe(example);
	});
});

describe('A wrong value', () => {
	const endless: Record<string, unknown> = {};
	endless['self'] = endless;

	it.each([
		[undefined, 'empty'],
		[null, 'empty'],
		[' ', 'empty'],
		['x'.repeat(50), `“${'x'.repeat(40)}”`],
		[NaN, '“NaN”'],
		[Infinity, '“Infinity”'],
		[{ a: 1 }, '“{"a":1}”'],
		[() => 1, '“function”'],
		[endless, '“object”'],
	])('%o is shown as %s', (value, text) => {
		expect(shown(value)).toBe(text);
	});
});

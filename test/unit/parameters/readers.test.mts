import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	BadInput,
	mergeFields,
	readChoice,
	readIds,
	readJsonObject,
	readList,
	readPicked,
	readPositive,
	readText,
	readWholeNumber,
} from '../../../nodes/Motive/parameters/readers.ts';

/** Anything that an expression may give. */
const anything = fc.oneof(fc.anything(), fc.jsonValue());

/** What a reader makes of a value: the result, or the message for the user. */
function outcomeOf(read: () => unknown): unknown {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(BadInput);
		return error instanceof BadInput ? error.message : undefined;
	}
}

describe.each<[string, (value: unknown) => unknown]>([
	['readPicked', (value) => readPicked(value, 'Vehicle', ['list', 'id', 'number'])],
	['readPicked of a locator', (value) => readPicked({ mode: 'id', value }, 'Vehicle', ['id'])],
	['readPicked in a mode', (mode) => readPicked({ mode, value: 7 }, 'Vehicle', ['id'])],
	['readWholeNumber', (value) => readWholeNumber(value, 'Request ID')],
	['readPositive', (value) => readPositive(value, 'Timeout')],
	['readText', (value) => readText(value, 'Name')],
	['readList', readList],
	['readIds', (value) => readIds(value, 'Vehicle ID')],
	['readChoice', (value) => readChoice(value, ['image', 'source'], 'Output')],
	['readJsonObject', (value) => readJsonObject(value, 'Fields')],
])('%s', (_, read) => {
	it('reads anything, or says what is wrong with it in a sentence', () => {
		fc.assert(
			fc.property(anything, (value) => {
				const outcome = outcomeOf(() => read(value));
				expect(outcome).toBeDefined();
				if (typeof outcome === 'string') expect(outcome.length).toBeLessThan(200);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('readPicked', () => {
	const read = (value: unknown) =>
		outcomeOf(() => readPicked(value, 'Vehicle', ['list', 'id', 'number', 'externalId']));

	it.each([
		[{ mode: 'list', value: '1040021' }, { id: 1040021 }],
		[
			{ mode: 'list', value: '7', cachedResultName: 'T-118 · 2021 Kenworth' },
			{ id: 7, name: 'T-118' },
		],
		[{ mode: 'list', value: '7', cachedResultName: '' }, { id: 7 }],
		[{ mode: 'id', value: 1040021 }, { id: 1040021 }],
		[{ mode: 'id', value: ' 7 ' }, { id: 7 }],
		[
			{ __rl: true, mode: 'number', value: ' T-118 ' },
			{ mode: 'number', text: 'T-118' },
		],
		[
			{ mode: 'number', value: 118 },
			{ mode: 'number', text: '118' },
		],
		[
			{ mode: 'externalId', value: 'TMS-7' },
			{ mode: 'externalId', text: 'TMS-7' },
		],
		[1040021, { id: 1040021 }],
		['1040021', { id: 1040021 }],
	])('reads %j', (value, picked) => {
		expect(read(value)).toEqual(picked);
	});

	it.each([
		[{ mode: 'list', value: '' }, 'Vehicle is empty: choose one from the list or enter its ID'],
		[{ mode: 'list', value: null }, 'Vehicle is empty: choose one from the list or enter its ID'],
		[undefined, 'Vehicle is empty: choose one from the list or enter its ID'],
		[{ mode: 'number', value: '  ' }, 'Vehicle Number is empty'],
		[{ mode: 'externalId', value: {} }, 'Vehicle External ID is empty'],
		[
			{ mode: 'id', value: 'T-118' },
			'Vehicle ID must be a whole number from 1 to 9007199254740991, but is “T-118”',
		],
		[
			{ mode: 'url', value: '7' },
			'Vehicle is picked in an unknown way (“url”): use list, id, number, externalId',
		],
	])('cannot read %j', (value, message) => {
		expect(read(value)).toBe(message);
	});
});

describe('readWholeNumber', () => {
	it('reads every whole number, also as text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (number) => {
				expect(readWholeNumber(number, 'ID')).toBe(number);
				expect(readWholeNumber(` ${number}\n`, 'ID')).toBe(number);
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
		expect(outcomeOf(() => readWholeNumber(value, 'ID', 7))).toMatch(
			/^ID must be a whole number from 1 to 7, but is “.*”$/s,
		);
	});

	it('shows what was given, not all of it', () => {
		expect(outcomeOf(() => readWholeNumber({ id: 7 }, 'ID', 7))).toBe(
			'ID must be a whole number from 1 to 7, but is “{"id":7}”',
		);
		expect(outcomeOf(() => readWholeNumber('x'.repeat(99), 'ID', 7))).toBe(
			`ID must be a whole number from 1 to 7, but is “${'x'.repeat(40)}”`,
		);
	});
});

describe('readPositive', () => {
	it('reads every number above 0, also as text', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true }),
				(number) => {
					expect(readPositive(number, 'Timeout')).toBe(number);
					expect(readPositive(String(number), 'Timeout')).toBe(number);
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
		expect(outcomeOf(() => readPositive(value, 'Timeout'))).toMatch(
			/^Timeout must be a number greater than 0, but is “.*”$/,
		);
	});
});

describe('readList', () => {
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
		[7, ['7']],
		['', []],
		[[], []],
		[null, []],
		[[null, {}, ' '], []],
	])('reads %j as %j', (value, list) => {
		expect(readList(value)).toEqual(list);
	});
});

describe('readIds', () => {
	it('reads ids', () => {
		expect(readIds('7, 8', 'Vehicle ID')).toEqual([7, 8]);
		expect(outcomeOf(() => readIds('7, eight', 'Vehicle ID'))).toContain(
			'Vehicle ID must be a whole number',
		);
	});
});

describe('readJsonObject', () => {
	it.each([
		['{ "a": 1 }', { a: 1 }],
		[{ a: 1 }, { a: 1 }],
		['', {}],
		['  ', {}],
	])('reads %j', (value, object) => {
		expect(readJsonObject(value, 'Fields')).toEqual(object);
	});

	it.each(['{', '[]', 'null', '7', [], null, undefined, 7])('cannot read %j', (value) => {
		expect(outcomeOf(() => readJsonObject(value, 'Fields'))).toBe(
			'Fields must be a JSON object such as { "name": "value" }',
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

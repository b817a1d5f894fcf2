import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DRIVERS, isEntryOf, VEHICLES } from '../../../nodes/Motive/motive/lists.ts';
import { isActive, pickPlain } from '../../../nodes/Motive/motive/records.ts';

describe('pickPlain', () => {
	it.each([
		['T-118', 'T-118'],
		[' spaced ', ' spaced '],
		[0, 0],
		[7.5, 7.5],
		[true, true],
		[false, false],
		['nil', null],
		['', null],
		[null, null],
		[undefined, null],
		[{ id: 1 }, null],
		[['a'], null],
	])('has for %j: %j', (value, plain) => {
		expect(pickPlain({ field: value }, ['field'])).toEqual({ field: plain });
	});

	it('has every name that is asked for, in that order, and no other', () => {
		const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
		fc.assert(
			fc.property(
				names,
				fc.dictionary(fc.constantFrom('a', 'b', 'x'), fc.jsonValue()),
				(all, json) => {
					expect(Object.keys(pickPlain(json, all))).toEqual(all);
				},
			),
		);
	});
});

describe('isActive', () => {
	it.each([
		[{}, true],
		[{ status: null }, true],
		[{ status: 'active' }, true],
		[{ status: 'inactive' }, false],
		[{ status: 'deactivated' }, false],
		[{ status: '' }, false],
	])('of %j is %s', (record, active) => {
		expect(isActive(record)).toBe(active);
	});
});

describe('An entry of a list', () => {
	it('has the role that the list is about, or does not say', () => {
		expect(isEntryOf(DRIVERS, { id: 1, role: 'driver' })).toBe(true);
		expect(isEntryOf(DRIVERS, { id: 1, role: 'Driver' })).toBe(true);
		expect(isEntryOf(DRIVERS, { id: 1 })).toBe(true);
		expect(isEntryOf(DRIVERS, { id: 1, role: 'admin' })).toBe(false);
		expect(isEntryOf(VEHICLES, { id: 1, role: 'admin' })).toBe(true);
	});

	it('has every word that the list asks for', () => {
		const list = { ...DRIVERS, only: { role: 'driver', kind: 'local' } };
		expect(isEntryOf(list, { role: 'driver', kind: 'long haul' })).toBe(false);
	});
});

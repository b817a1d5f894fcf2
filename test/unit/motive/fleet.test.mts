import { describe, expect, it } from 'vitest';

import {
	entriesLike,
	entriesNamed,
	fleetEntries,
	fleetEntry,
	type FleetEntry,
	type FleetKind,
} from '../../../nodes/Motive/motive/fleet.ts';

const sam = { id: 20011, first_name: 'Sam', last_name: 'Doe' };
const t118 = {
	id: 1040021,
	number: 'T-118',
	status: 'active',
	make: 'Kenworth',
	model: 'T680',
	year: '2021',
	vin: '1XKYD49X0JJ040021',
	current_driver: sam,
};

describe('The entry of', () => {
	it.each<[string, FleetKind, Record<string, unknown>, string[]]>([
		['a vehicle', 'vehicle', t118, ['T-118', 'Sam Doe', '2021 Kenworth T680']],
		[
			'one that only its permanent driver knows',
			'vehicle',
			{ ...t118, current_driver: null, permanent_driver: sam, year: 2021, model: 'nil' },
			['T-118', 'Sam Doe', '2021 Kenworth'],
		],
		['one without a number', 'vehicle', { id: '7', number: ' ' }, ['ID 7']],
		[
			'one that is not in use',
			'vehicle',
			{ id: 7, number: 118, status: 'deactivated' },
			['118', 'deactivated'],
		],
		[
			'an asset',
			'asset',
			{ id: 8, name: 'TRL-204', make: 'Utility', model: '3000R', type: 'low_boy' },
			['TRL-204', 'Utility 3000R', 'low boy'],
		],
		[
			'a driver',
			'driver',
			{ ...sam, username: 'sdoe', driver_company_id: 'D-9', email: 'sam@haulage.example' },
			['Sam Doe', 'D-9', 'sam@haulage.example'],
		],
		['a driver without a name', 'driver', { id: 5, username: 'sdoe' }, ['sdoe', 'sdoe']],
	])('%s says what people know it by', (_, kind, record, texts) => {
		const entry = fleetEntry(kind, record);
		expect([entry?.name, ...(entry?.details ?? [])]).toEqual(texts);
	});

	it('a record without an ID is none', () => {
		expect(fleetEntry('vehicle', { number: 'T-118' })).toBeUndefined();
		const entries = fleetEntries('vehicle', [{ number: 'T-117' }, t118]);
		expect(entries).toEqual([fleetEntry('vehicle', t118)]);
	});

	it('an asset has its record, for which there is no request of its own', () => {
		const asset = { id: 8, name: 'TRL-204' };
		expect(fleetEntry('asset', asset)?.record).toBe(asset);
		for (const kind of ['vehicle', 'driver'] as const)
			expect(fleetEntry(kind, asset)).not.toHaveProperty('record');
	});

	const plate = { vin: '1XKYD49X0JJ040021', license_plate_number: 'ABC1234' };

	it.each<[FleetKind, Record<string, unknown>, string[]]>([
		['vehicle', { ...t118, ...plate }, ['JJ040021', 'ABC1234', '1040021', 'T-118', 'kenworth']],
		['asset', { id: 55301, name: 'TRL-204', ...plate }, ['JJ040021', 'ABC1234', '55301', 'TRL']],
		[
			'driver',
			{ ...sam, username: 'sdoe1', email: 'sam@haulage.example', phone: '4155550111' },
			['sdoe1', '4155550111', '20011', 'doe', 'haulage'],
		],
	])('a %s is found by what is shown of it and by its long numbers', (kind, record, words) => {
		const entries = fleetEntries(kind, [record]);
		for (const word of words) expect(entriesLike(word, entries)).toEqual(entries);
		expect(entriesLike('nobody', entries)).toEqual([]);
	});
});

describe('A name', () => {
	const entries = ['T-118', 'T-1180', 'Unit 7', 'Unit 7']
		.map((number, index) => ({ id: index, number, status: index === 3 ? 'inactive' : null }))
		.map((record) => fleetEntry('vehicle', record))
		.filter((entry) => entry !== undefined);
	const namesOf = (found: FleetEntry[]) => found.map(({ name }) => name);

	it('that is nothing means nobody, and one of those not in use means them', () => {
		const strange = fleetEntries('vehicle', [
			{ id: 1, number: '#' },
			{ id: 2, number: 'T-2', status: 'inactive' },
		]);
		expect(entriesNamed('-', strange)).toEqual([]);
		expect(namesOf(entriesNamed('T-2', strange))).toEqual(['T-2']);
	});

	it.each([
		['T118', ['T-118'], ['T-118', 'T-1180']],
		['unit-7', ['Unit 7'], ['Unit 7', 'Unit 7']],
		['118', [], ['T-118', 'T-1180']],
		['7 unit', [], ['Unit 7', 'Unit 7']],
		['-', [], []],
	])('“%s” means %j and is like %j', (name, named, like) => {
		expect(namesOf(entriesNamed(name, entries))).toEqual(named);
		expect(namesOf(entriesLike(name, entries))).toEqual(like);
	});
});

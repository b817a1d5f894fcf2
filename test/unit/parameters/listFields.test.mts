import { describe, expect, it } from 'vitest';

import {
	eventFilters,
	statusFilter,
	updatedAfterFilter,
} from '../../../nodes/Motive/parameters/filterFields.ts';
import { readListInput } from '../../../nodes/Motive/parameters/listFields.ts';
import { contextWith } from './context.mts';

const filters = [
	...Object.values(eventFilters),
	statusFilter('vehicles', 'state'),
	updatedAfterFilter('vehicles'),
];

/** What a Get Many is asked for with these parameters. */
const read = (parameters: Record<string, unknown> = {}) =>
	readListInput(contextWith(parameters), 0, filters);

const readFilter = (filter: Record<string, unknown>) => read({ filters: filter });

describe('A Get Many', () => {
	it('has its defaults where nothing is set', () => {
		const { accepts, ...rest } = read();
		expect(rest).toEqual({ query: {}, limit: 50, simplify: true, extraQuery: {} });
		expect(accepts({})).toBe(true);
	});

	it('takes what is set', () => {
		const options = { queryJson: '{ "media_required": true }' };
		expect(read({ limit: 7, simplify: false, options })).toMatchObject({
			limit: 7,
			simplify: false,
			extraQuery: { media_required: true },
		});
		expect(read({ returnAll: true, limit: 7 }).limit).toBe(Infinity);
	});

	it.each(['', null, undefined])('takes %j for what is not set', (nothing) => {
		const values = { limit: nothing, simplify: nothing, options: { queryJson: nothing } };
		expect(read(values)).toMatchObject({ limit: 50, simplify: true, extraQuery: {} });
	});

	it.each([undefined, null, 'text'])('has no filters and options in %j', (collection) => {
		expect(read({ filters: collection, options: collection })).toMatchObject({
			query: {},
			extraQuery: {},
		});
	});
});

describe('A filter', () => {
	it.each(['', []])('that was left empty does not count: %j', (nothing) => {
		expect(readFilter({ driverIds: nothing, from: '' }).query).toEqual({});
	});

	it.each([null, undefined])('that has no value is refused: %j', (nothing) => {
		expect(() => readFilter({ from: nothing })).toThrow(
			'From is set, but has no value: give it one, or take it out',
		);
	});

	it('for drivers goes by their IDs', () => {
		const { query, accepts } = readFilter({ driverIds: [3] });
		expect(query).toEqual({ driver_ids: [3] });
		expect(accepts({ driver: { id: 3 }, id: 1 })).toBe(true);
		expect(accepts({ driver: { id: 4 }, id: 3 })).toBe(false);
	});

	it('for vehicles goes by their IDs', () => {
		const { query, accepts } = readFilter({ vehicleIds: '7' });
		expect(query).toEqual({ vehicle_ids: [7] });
		expect(accepts({ vehicle: { id: 7 }, id: 1 })).toBe(true);
		expect(accepts({ vehicle: { id: 8 }, id: 7 })).toBe(false);
	});

	it('for severities has a word for those without one', () => {
		const { query, accepts } = readFilter({ severities: ['high', 'none'] });
		expect(query).toEqual({});
		const passes = ['High', 'low', undefined].map((severity) => accepts({ id: 1, severity }));
		expect(passes).toEqual([true, false, true]);
	});

	it('for a status asks Motive for those that are active', () => {
		const active = readFilter({ status: 'active' });
		expect(active.query).toEqual({ state: 'active' });
		expect([{}, { status: 'inactive' }].map(active.accepts)).toEqual([true, false]);
		const others = readFilter({ status: 'Deactivated' });
		expect(others.query).toEqual({});
		expect([{}, { status: 'inactive' }].map(others.accepts)).toEqual([false, true]);
	});

	it('for days takes the beginning of the first and the end of the last, in the workflow’s zone', () => {
		const { query, accepts } = readFilter({ from: '2026-07-01', until: '2026-07-02' });
		expect(query).toEqual({ start_date: '2026-06-30', end_date: '2026-07-03' });
		const times = ['07-01T03:59:59', '07-01T04:00:00', '07-03T03:59:59', '07-03T04:00:00'];
		const inside = times.map((time) => accepts({ start_time: `2026-${time}Z` }));
		expect(inside).toEqual([false, true, true, false]);
	});

	it('for changes goes by their moment', () => {
		const { query, accepts } = readFilter({ updatedAfter: '2026-07-01T00:00:00' });
		expect(query).toEqual({ updated_after: '2026-07-01T04:00:00.000Z' });
		expect(accepts({ updated_at: '2026-07-01T03:59:59Z' })).toBe(false);
		expect(accepts({ updated_at: '2026-07-01T04:00:00Z' })).toBe(true);
	});
});

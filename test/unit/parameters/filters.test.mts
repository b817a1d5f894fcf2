import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	allOf,
	byActivity,
	byIds,
	byWords,
	startedFrom,
	startedUntil,
	updatedAfter,
} from '../../../nodes/Motive/parameters/filters.ts';

const DAY = 24 * 60 * 60 * 1_000;

/** Any time for which a fleet may have records. */
const moment = fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2040-01-01') });
const noTime = fc.constantFrom(undefined, null, '', 'nil', 'soon', 5);
const id = fc.integer({ min: 1, max: 12 });
const iso = (at: number) => new Date(at).toISOString();

describe('A time range', () => {
	it('lets exactly what began within it pass', () => {
		fc.assert(
			fc.property(moment, moment, moment, (from, until, at) => {
				const { accepts } = allOf([startedFrom(from, 'UTC'), startedUntil(until, 'UTC')]);
				expect(accepts({ start_time: iso(at) })).toBe(from <= at && at <= until);
			}),
		);
	});

	it('asks Motive for days that hold it in every time zone that Motive has customers in', () => {
		fc.assert(
			fc.property(moment, fc.integer({ min: -12, max: 12 }), (at, offset) => {
				const localDay = iso(at + offset * 60 * 60 * 1_000).slice(0, 10);
				const { start_date: first } = startedFrom(at, 'UTC').query;
				const { end_date: last } = startedUntil(at, 'UTC').query;
				expect([first, localDay, last]).toEqual([first, localDay, last].sort());
			}),
		);
	});

	it('asks Motive for no more than a day too many', () => {
		fc.assert(
			fc.property(moment, (at) => {
				const { query } = allOf([startedFrom(at, 'UTC'), startedUntil(at, 'UTC')]);
				expect(
					Date.parse(query['end_date'] as string) - Date.parse(query['start_date'] as string),
				).toBe(DAY);
			}),
		);
	});

	it('loses no event that does not say when it began', () => {
		fc.assert(
			fc.property(moment, moment, noTime, (from, until, time) => {
				expect(
					allOf([startedFrom(from, 'UTC'), startedUntil(until, 'UTC')]).accepts({
						start_time: time,
					}),
				).toBe(true);
			}),
		);
	});
});

describe('Updated after', () => {
	it('lets exactly what changed then or later pass, and what does not say', () => {
		fc.assert(
			fc.property(moment, fc.option(moment, { nil: undefined }), (after, at) => {
				const entry = at === undefined ? {} : { updated_at: iso(at) };
				expect(updatedAfter(after, 'UTC').accepts(entry)).toBe(at === undefined || at >= after);
			}),
		);
	});

	it('asks Motive for the same', () => {
		expect(updatedAfter(0, 'UTC').query).toEqual({ updated_after: '1970-01-01T00:00:00.000Z' });
	});
});

describe('A filter by ids', () => {
	it('lets an entry pass exactly when one of its ids is wanted, as number or text', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(id),
				fc.array(fc.oneof(id, id.map(String), noTime)),
				(wanted, ids) => {
					const { accepts, query } = byIds(wanted, 'driver_ids', () => ids);
					expect(accepts({})).toBe(ids.some((each) => wanted.includes(Number(each ?? NaN))));
					expect(query).toEqual({ driver_ids: wanted });
				},
			),
		);
	});
});

describe('A filter by words', () => {
	const typeOf = (entry: Record<string, unknown>) => entry['type'];

	it.each([
		[['crash'], { event_types: 'crash' }],
		[['crash', 'tailgating'], {}],
	])('asks Motive only for a single one: %j', (words, query) => {
		expect(byWords(words, 'event_types', typeOf).query).toEqual(query);
		expect(byWords(words, undefined, typeOf).query).toEqual({});
	});

	it('does not care about spelling, and takes nothing for a word', () => {
		const { accepts } = byWords(['Hard Brake'], undefined, typeOf);
		expect([{ type: 'HARD_BRAKE' }, { type: 'hard' }, { type: null }, {}].map(accepts)).toEqual([
			true,
			false,
			false,
			false,
		]);
	});
});

describe('A filter by status', () => {
	it.each([
		[{ status: 'active' }, true],
		[{ status: null }, true],
		[{}, true],
		[{ status: 'deactivated' }, false],
		[{ status: 'inactive' }, false],
	])('takes %j as in use: %s', (entry, isActive) => {
		expect(byActivity(true).accepts(entry)).toBe(isActive);
		expect(byActivity(false).accepts(entry)).toBe(!isActive);
	});

	it('asks Motive only for those in use, for which it has one word', () => {
		const queries = [byActivity(true, 'status'), byActivity(false, 'status'), byActivity(true)].map(
			({ query }) => query,
		);
		expect(queries).toEqual([{ status: 'active' }, {}, {}]);
	});
});

it('Several filters together let pass what every single one does', () => {
	fc.assert(
		fc.property(fc.array(fc.boolean()), (verdicts) => {
			const filters = verdicts.map((verdict) => ({ query: {}, accepts: () => verdict }));
			expect(allOf(filters).accepts({})).toBe(verdicts.every(Boolean));
		}),
	);
});

it('Times without a zone are those of the zone that is given, not of the process', () => {
	const noon = Date.parse('2026-07-01T12:00:00Z');
	for (const time of ['2026-07-01T21:00:00', '2026-07-01 21:00:00', '2026-07-01T12:00:00Z']) {
		expect(startedFrom(noon, 'Asia/Tokyo').accepts({ start_time: time })).toBe(true);
		expect(startedFrom(noon + 1, 'Asia/Tokyo').accepts({ start_time: time })).toBe(false);
		expect(startedUntil(noon, 'Asia/Tokyo').accepts({ start_time: time })).toBe(true);
		expect(startedUntil(noon - 1, 'Asia/Tokyo').accepts({ start_time: time })).toBe(false);
		expect(updatedAfter(noon, 'Asia/Tokyo').accepts({ updated_at: time })).toBe(true);
		expect(updatedAfter(noon + 1, 'Asia/Tokyo').accepts({ updated_at: time })).toBe(false);
	}
});

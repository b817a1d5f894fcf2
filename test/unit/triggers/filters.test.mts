import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passes, readFilters } from '../../../nodes/Motive/triggers/filters.ts';
import { parseEvent } from '../../../nodes/Motive/motive/event.ts';
import { toList } from '../../../nodes/Motive/triggers/toList.ts';

describe('filters', () => {
	it('let everything pass when none is set, whatever the parameter holds', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) =>
				passes(parseEvent(payload), readFilters({})),
			),
		);
		fc.assert(
			fc.property(fc.anything(), (parameter) => typeof readFilters(parameter) === 'object'),
		);
	});

	it('compare without regard to case, and ids with numbers', () => {
		const event = parseEvent({
			type: 'CRASH',
			metadata: { severity: 'Critical' },
			vehicle: { id: 7, number: 'Yard/Mule #3' },
		});
		expect(
			passes(
				event,
				readFilters({ eventType: ['crash'], severity: ['critical'], vehicle: ' yard/mule #3 ' }),
			),
		).toBe(true);
		expect(passes(event, readFilters({ vehicle: 7 }))).toBe(true);
		expect(passes(event, readFilters({ vehicle: '8' }))).toBe(false);
	});

	it('keep events back that do not say what is asked for', () => {
		const event = parseEvent({});
		expect(passes(event, readFilters({ eventType: ['crash'] }))).toBe(false);
		expect(passes(event, readFilters({ vehicle: 'T-118' }))).toBe(false);
		expect(passes(event, readFilters({ severity: ['low'] }))).toBe(false);
		expect(passes(event, readFilters({ severity: ['low', 'none'] }))).toBe(true);
	});
});

describe('toList', () => {
	it.each([
		['T-118, T-119,,', ['t-118', 't-119']],
		[
			['a', 3, null, ' B '],
			['a', '3', 'b'],
		],
		[undefined, []],
		[{}, []],
	])('reads %j', (value, list) => {
		expect(toList(value)).toEqual(list);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passes, readFilters } from '../../../nodes/Motive/triggers/filters.ts';
import { parseEvent } from '../../../nodes/Motive/motive/event.ts';
import { BadInput } from '../../../nodes/Motive/parameters/badInput.ts';

const crash = parseEvent({
	type: 'CRASH',
	metadata: { severity: 'Critical' },
	vehicle: { id: 7, number: 'Yard/Mule #3' },
});
const inVehicle = (number: string, id = 1) => parseEvent({ vehicle: { id, number } });

describe('filters', () => {
	it('let everything pass when none is set', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) =>
				passes(parseEvent(payload), readFilters({})),
			),
		);
		for (const empty of [{}, { severity: [], eventType: [], vehicle: '' }, undefined])
			expect(passes(crash, readFilters(empty))).toBe(true);
	});

	it('read whatever is set, or say by name what is wrong with it', () => {
		const filter = fc.constantFrom(
			['severity', 'Severity'],
			['eventType', 'Event Type'],
			['vehicle', 'Vehicle'],
		);
		fc.assert(
			fc.property(filter, fc.anything(), ([name = '', title = ''], value) => {
				try {
					readFilters({ [name]: value });
				} catch (error) {
					expect(error).toBeInstanceOf(BadInput);
					expect(String(error)).toContain(title);
				}
			}),
		);
	});

	it.each(['severity', 'eventType', 'vehicle'])(
		'refuse %s when an expression has found nothing',
		(name) => {
			for (const value of [null, undefined, [null], ' '])
				expect(() => readFilters({ [name]: value })).toThrow(BadInput);
		},
	);

	it('compare without regard to case, and ids with numbers', () => {
		const filters = { eventType: ['crash'], severity: ['critical'], vehicle: ' yard/mule #3 ' };
		expect(passes(crash, readFilters(filters))).toBe(true);
		expect(passes(crash, readFilters({ vehicle: 7 }))).toBe(true);
		expect(passes(crash, readFilters({ vehicle: '8' }))).toBe(false);
	});

	it('take words by what the editor shows as well, and types that it does not know', () => {
		const camera = parseEvent({ type: 'driver_facing_cam_obstruction' });
		for (const word of ['Driver Facing Camera Obstruction', 'driver facing-camera obstruction'])
			expect(passes(camera, readFilters({ eventType: word }))).toBe(true);
		expect(passes(camera, readFilters({ severity: 'Not Given' }))).toBe(true);
		expect(passes(camera, readFilters({ severity: '["low","none"]' }))).toBe(true);
		expect(
			passes(parseEvent({ type: 'near_miss' }), readFilters({ eventType: 'Near Miss, crash' })),
		).toBe(true);
		expect(() => readFilters({ severity: 'criticle' })).toThrow(
			'Severity has “criticle”, but the choices are: Critical, High, Low, Medium, Not Given',
		);
	});

	it('keep events back that do not say what is asked for', () => {
		const event = parseEvent({});
		expect(passes(event, readFilters({ eventType: ['crash'] }))).toBe(false);
		expect(passes(event, readFilters({ vehicle: 'T-118' }))).toBe(false);
		expect(passes(event, readFilters({ severity: ['low'] }))).toBe(false);
		expect(passes(event, readFilters({ severity: ['low', 'none'] }))).toBe(true);
		// A word of marks only is the same as none.
		expect(passes(event, readFilters({ eventType: '-' }))).toBe(false);
	});

	it.each([
		['"T,118"', ['T,118'], ['T', '118']],
		['T,118', ['T', '118'], ['T,118']],
		[' "T,118" , T-119,', ['T,118', 'T-119'], ['118']],
		[['T,118'], ['T,118'], ['118']],
		['["T,118"]', ['T,118'], ['118']],
		['T"118', ['T"118'], ['118']],
		['groß', ['GROẞ'], []],
		['Müll 1'.normalize('NFD'), ['müll 1'], []],
	])('read the vehicles %j as %j', (vehicle, through, back) => {
		const filters = readFilters({ vehicle });
		for (const number of through) expect(passes(inVehicle(number), filters)).toBe(true);
		for (const number of back) expect(passes(inVehicle(number), filters)).toBe(false);
	});

	it('never take a part of a number in quotes for an id', () => {
		expect(passes(inVehicle('T-7', 118), readFilters({ vehicle: '"T,118"' }))).toBe(false);
		expect(passes(inVehicle('T-7', 118), readFilters({ vehicle: 'T,118' }))).toBe(true);
	});
});

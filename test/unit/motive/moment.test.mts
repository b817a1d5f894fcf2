import { describe, expect, it } from 'vitest';

import { parseMoment, withZone } from '../../../nodes/Motive/motive/moment.ts';

describe('parseMoment', () => {
	it.each([
		[1e8, 1e11],
		[1e11 - 1, (1e11 - 1) * 1_000],
		[1e11, 1e11],
		[1e14 - 1, 1e14 - 1],
		[1e8 - 1, NaN],
		[1e14, NaN],
	])('takes the Unix time %d for %d', (time, moment) => {
		expect(parseMoment(time, 'UTC')).toBe(moment);
		expect(parseMoment(String(time), 'UTC')).toBe(moment);
	});

	it('takes a date without a time for its first moment unless told otherwise', () => {
		expect(parseMoment('2026-07-01', 'UTC')).toBe(Date.parse('2026-07-01T00:00:00Z'));
		expect(parseMoment('2026-07-01', 'UTC', '12:00')).toBe(Date.parse('2026-07-01T12:00:00Z'));
	});

	it.each([
		'2026-03-08T03:30:00',
		'2026-03-08T01:30:00',
		'2026-11-01T03:30:00',
		'2026-11-01T00:30',
	])('goes by the clock of that hour near a change of clocks: %s', (text) => {
		const zone = 'America/New_York';
		const shown = new Date(parseMoment(text, zone)).toLocaleTimeString('en-GB', {
			timeZone: zone,
			hour: '2-digit',
			minute: '2-digit',
		});
		expect(shown).toBe(text.slice(11, 16));
	});

	it('takes brackets for a time zone only at the end', () => {
		expect(parseMoment('2026-07-01T12:00:00 [UTC]', 'UTC')).toBe(Date.parse('2026-07-01T12:00Z'));
		expect(parseMoment('2026-07-01 [UTC]T12:00:00', 'UTC')).toBeNaN();
		expect(parseMoment('2026-07-01T12:00[Europe]/Berlin', 'UTC')).toBeNaN();
	});
});

describe('withZone', () => {
	it.each([
		['2026-07-01T12:00:00', '2026-07-01T16:00:00Z'],
		['2026-07-01T12:00:00 Europe/Berlin', '2026-07-01T12:00:00 Europe/Berlin'],
		['2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
		['soon', 'soon'],
	])('of %j is %j', (text, expected) => {
		expect(withZone(text, 'America/New_York')).toBe(expected);
	});
});

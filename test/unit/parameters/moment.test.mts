import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';

import { readMoment } from '../../../nodes/Motive/parameters/moment.ts';

const zones = [
	'UTC',
	'America/New_York',
	'America/Los_Angeles',
	'Europe/Berlin',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
	'Pacific/Apia',
];
const moment = fc.integer({ min: Date.parse('2012-01-01'), max: Date.parse('2040-01-01') });

const field = { displayName: 'From' };

describe('A moment with a time zone', () => {
	it.each([
		'2026-07-01T12:00:00Z',
		'2026-07-01T12:00Z',
		'2026-07-01 12:00:00.000z',
		'2026-07-01 12:00:00+00',
		'2026-07-01 12:00:00 +0000',
		'2026-07-01 12:00:00 UTC',
		'2026-07-01T14:00:00+02:00',
		'2026-07-01T14:00:00+02:00[Europe/Berlin]',
		'2026-07-01T14:00:00[Europe/Berlin]',
		'2026-07-01T14:00:00 Europe/Berlin',
		'2026-07-01T07:00:00.000-0500',
		' 2026-07-01T12:00:00Z ',
		'1782907200',
		' 1782907200.0 ',
		'1782907200000',
		1782907200,
		1782907200000,
		new Date('2026-07-01T12:00:00Z'),
		DateTime.fromISO('2026-07-01T12:00:00Z', { zone: 'Asia/Tokyo' }),
	])('is itself in every zone: %s', (value) => {
		for (const zone of zones)
			expect(readMoment(value, field, zone)).toBe(Date.parse('2026-07-01T12:00:00Z'));
	});

	it('is read in every form as the same', () => {
		const form = fc.record({
			separator: fc.constantFrom('T', 't', ' '),
			gap: fc.constantFrom('', ' '),
			offset: fc.constantFrom('ZZ', 'ZZZ'),
			behind: fc.constantFrom('', ' [VV]', '[VV]', ' VV'),
		});
		fc.assert(
			fc.property(moment, fc.constantFrom(...zones), form, (at, zone, wanted) => {
				const { separator, gap, offset, behind } = wanted;
				const local = DateTime.fromMillis(at, { zone });
				const name = behind.replace('VV', zone);
				const day = `${local.toFormat('yyyy-MM-dd')}${separator}`;
				const text = `${day}${local.toFormat('HH:mm:ss.SSS')}${gap}${local.toFormat(offset)}${name}`;
				const forms = [text, at, String(at), at / 1_000, String(at / 1_000), new Date(at), local];
				for (const value of forms) expect(readMoment(value, field, 'UTC')).toBe(at);
				if (local.offset % 60 === 0) {
					const hours = local.toFormat('ZZ').slice(0, 3);
					const short = `${day}${local.toFormat('HH:mm:ss.SSS')}${hours}`;
					expect(readMoment(short, field, 'UTC')).toBe(at);
				}
			}),
		);
	});
});

describe('A moment without a time zone', () => {
	it('is what clocks of the zone show', () => {
		fc.assert(
			fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
				const local = DateTime.fromMillis(at, { zone });
				const text = local.toISO({ includeOffset: false });
				const read = readMoment(text, field, zone);
				// In the hour that clocks show twice, either is right.
				expect(DateTime.fromMillis(read, { zone }).toISO({ includeOffset: false })).toBe(text);
				if (local.getPossibleOffsets().length === 1) expect(read).toBe(at);
			}),
		);
	});

	it('is still a moment within a day where clocks were put forward over it', () => {
		const read = readMoment('2026-03-08T02:30:00', field, 'America/New_York');
		expect(Math.abs(read - Date.parse('2026-03-08T07:30:00Z'))).toBeLessThanOrEqual(
			60 * 60 * 1_000,
		);
	});

	it('means the start or the end of its day when it has no time', () => {
		const read = (edge: 'start' | 'end') =>
			new Date(readMoment('2026-07-01', field, 'America/New_York', edge)).toISOString();
		expect([read('start'), read('end')]).toEqual([
			'2026-07-01T04:00:00.000Z',
			'2026-07-02T03:59:59.999Z',
		]);
	});
});

it.each([
	'',
	'yesterday',
	'2026-13-01',
	'2026-07-01T25:00:00Z',
	'1 July 2026',
	'07/01/2026',
	'2026-02-30',
	'2026-07-01T12:00:00[Mars/Olympus]',
	'2026-07-01T12:00:00Z[Mars/Olympus]',
	'2026-07-01T12:00:00Zulu',
	'2026-07-01T12:00:00+99:00',
	'2026',
	2026,
	20_260_701,
	-1,
	1e17,
	NaN,
	true,
	null,
	undefined,
	{},
	[],
	{ toMillis: 5 },
	new Date(NaN),
	DateTime.invalid('none'),
])('%o is no moment', (value) => {
	expect(() => readMoment(value, field, 'UTC')).toThrow(
		'From must be a date and time such as 2026-07-01T12:00:00Z',
	);
});

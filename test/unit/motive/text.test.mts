import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { baseNameOf, counted, nameFirst } from '../../../nodes/Motive/motive/text.ts';

/** Any text, with characters that cause trouble in file names more often than by chance. */
const nasty = fc.constantFrom(
	'/',
	'\\',
	'..',
	'.',
	' ',
	':',
	'\u0000',
	'\n',
	'"',
	'*',
	'_',
	'-',
	'😀',
	'𠀀',
	'é',
	'Ж',
	'\ud83d',
	'\u202e',
);
const part = fc
	.array(fc.oneof(fc.string(), nasty), { maxLength: 60 })
	.map((texts) => texts.join(''));

describe('baseNameOf', () => {
	it.each([
		[['T-118', 'front_facing', '90312'], 'T-118_front_facing_90312'],
		[['', 'rear', '7'], 'rear_7'],
		[['Truck 12/B', 'rear', '7'], 'Truck-12-B_rear_7'],
		[['../../etc/passwd', 'rear', '7'], 'etc-passwd_rear_7'],
		[['.hidden', 'rear', '7'], 'hidden_rear_7'],
		[['Lkw Ä 4', 'rear', '7'], 'Lkw-Ä-4_rear_7'],
		[['गाड़ी 12', 'rear', '7'], 'गाड़ी-12_rear_7'],
		[['???', 'rear', '7'], 'rear_7'],
		[['_', 'rear', '7'], 'rear_7'],
		[['A // B', 'rear', '7'], 'A-B_rear_7'],
		[['T-118._-', 'rear', '7'], 'T-118_rear_7'],
		[['T_', 'rear', '7'], 'T_rear_7'],
	])('makes %j into %j', (parts, name) => {
		expect(baseNameOf(...parts)).toBe(name.normalize('NFC'));
	});

	it('is the same however an accent is written', () => {
		expect(baseNameOf('e\u0301')).toBe(baseNameOf('\u00e9'));
	});

	it('is a name that every system takes', () => {
		fc.assert(
			fc.property(part, part, fc.integer({ min: 1 }), (source, position, id) => {
				const name = baseNameOf(source, position, String(id));
				expect(name).toMatch(/^[\p{L}\p{M}\p{N}._-]+$/u);
				expect(name).not.toMatch(/^[._-]|\.$/);
				// Throws for half of a surrogate pair.
				expect(encodeURIComponent(name)).not.toBe('');
			}),
			{ numRuns: 500 },
		);
	});

	it('breaks no character in two', () => {
		expect(baseNameOf(`x${'𠀀'.repeat(80)}`, '7')).toBe(`x${'𠀀'.repeat(39)}_7`);
	});

	it('ends with the id, whatever comes before', () => {
		fc.assert(
			fc.property(part, part, fc.integer({ min: 1 }), (source, position, id) => {
				expect(`_${baseNameOf(source, position, String(id))}`.endsWith(`_${id}`)).toBe(true);
			}),
		);
	});

	it('stays readable for what fleets call their vehicles', () => {
		const number = fc.stringMatching(/^[A-Za-z0-9]{1,10}(-[A-Za-z0-9]{1,10}){0,3}$/);
		fc.assert(
			fc.property(number, fc.constantFrom('front_facing', 'rear'), (vehicle, position) => {
				expect(baseNameOf(vehicle, position, '7')).toBe(`${vehicle}_${position}_7`);
			}),
		);
	});

	it('does not grow with the name of a vehicle', () => {
		fc.assert(
			fc.property(part, (source) => {
				expect(baseNameOf(source.repeat(10), 'front_facing', '7').length).toBeLessThanOrEqual(
					80 + '_front_facing_7'.length,
				);
			}),
		);
	});
});

describe('nameFirst', () => {
	const names = Array.from({ length: 500 }, (_, index) => `T-${index}`);

	it.each([
		[0, ''],
		[1, 'T-0'],
		[3, 'T-0, T-1, T-2'],
		[10, 'T-0, T-1, T-2, T-3, T-4, T-5, T-6, T-7, T-8, T-9'],
		[11, 'T-0, T-1, T-2, T-3, T-4, T-5, T-6, T-7, T-8, T-9 and 1 more'],
		[500, 'T-0, T-1, T-2, T-3, T-4, T-5, T-6, T-7, T-8, T-9 and 490 more'],
	])('of %i names is %j', (count, text) => {
		expect(nameFirst(names.slice(0, count))).toBe(text);
	});

	it('puts between them what it is told', () => {
		expect(nameFirst(['a', 'b'], '; ')).toBe('a; b');
	});
});

it.each([
	[0, '0 images'],
	[1, '1 image'],
	[2, '2 images'],
])('%i of something is %j', (count, text) => {
	expect(counted(count, 'image')).toBe(text);
});

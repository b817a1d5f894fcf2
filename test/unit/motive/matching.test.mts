import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isFound, matchKey, searchable } from '../../../nodes/Motive/motive/matching.ts';

const text = fc.string({ unit: 'binary' });
/** What may stand between or around words without making a difference. */
const mark = fc.constantFrom(' ', '-', '–', '_', '/', '.', '#', '\u00a0', '\u200b');
const word = fc.stringMatching(/^[a-zA-Z0-9äÉñßŁσς]{1,8}$/);

describe('The key of a text', () => {
	it.each([
		['T-118', 'T118'],
		[' t 118 ', 'T118'],
		['t–118', 'T118'],
		['Yard/Mule #3', 'YARDMULE3'],
		['Müller', 'MULLER'],
		['ﬁrst ½', 'FIRST12'],
		['東京 7', '東京7'],
		['🚚', ''],
	])('of “%s” is “%s”', (given, key) => {
		expect(matchKey(given)).toBe(key);
	});

	it('is its own key', () => {
		fc.assert(
			fc.property(text, (anything) => {
				expect(matchKey(matchKey(anything))).toBe(matchKey(anything));
			}),
		);
	});

	it('is the same in any case, and with marks anywhere', () => {
		fc.assert(
			fc.property(fc.array(word), fc.array(mark), (words, marks) => {
				const whole = words.join('');
				const marked = words.map((part, index) => part + (marks[index] ?? '')).join('');
				for (const other of [whole.toUpperCase(), whole.toLowerCase(), marked])
					expect(matchKey(other)).toBe(matchKey(whole));
			}),
		);
	});
});

describe('What is typed', () => {
	const truck = searchable(['T-118', 'Sam Doe', '2021 Kenworth T680', null], ['1XKYD49X0JJ040021']);

	it.each([
		'',
		'-',
		'kenworth 118',
		'T118',
		't 118',
		'T-118',
		'sam',
		'SAM kenw',
		'doe, sam',
		'samdoe',
		'2021 t680',
		'jj040021',
		'040021',
	])('finds the truck by “%s”', (typed) => {
		expect(isFound(typed, truck)).toBe(true);
	});

	it('goes by five characters of a long number, and by fewer of what is shown', () => {
		expect(isFound('40021', truck)).toBe(true);
		expect(isFound('0021', truck)).toBe(false);
	});

	it.each(['doe2021', 'samdoe2021'])('finds no word over the end of a text: %j', (typed) => {
		expect(isFound(typed, searchable(['Sam Doe', '2021'], []))).toBe(false);
	});

	it('finds nothing in a text that is not there', () => {
		expect(isFound('a', searchable([null], [null]))).toBe(false);
	});

	it.each(['T-119', 'sam reyes', '118 Sam T681', '8sam', '0JJ0', 'zeppelin'])(
		'does not find it by “%s”',
		(typed) => {
			expect(isFound(typed, truck)).toBe(false);
		},
	);

	const texts = fc.array(
		fc.array(word, { minLength: 1 }).map((words) => words.join(' ')),
		{
			minLength: 1,
		},
	);

	it('finds everything by any of its words, in any order and any part of them', () => {
		fc.assert(
			fc.property(texts, fc.infiniteStream(fc.nat()), (shown, numbers) => {
				const words = shown.flatMap((each) => each.split(' '));
				const next = (below: number) => Number(numbers.next().value) % below;
				const typed = words
					.filter(() => next(2) === 0)
					.map((each) => matchKey(each).slice(next(3)))
					.toSorted();
				expect(isFound(typed.join(' '), searchable(shown, []))).toBe(true);
			}),
		);
	});

	it('finds the same in any case, and with marks inside its words', () => {
		fc.assert(
			fc.property(texts, fc.array(word), (shown, words) => {
				const all = searchable(shown, shown);
				const typed = words.join(' ');
				const marked = words.map((each) => Array.from(each).join('-')).join('  ');
				for (const other of [typed.toUpperCase(), marked, ` ${typed} `])
					expect(isFound(other, all)).toBe(isFound(typed, all));
			}),
		);
	});

	it('finds no more with one word more', () => {
		fc.assert(
			fc.property(texts, texts, text, text, (shown, hidden, typed, more) => {
				const all = searchable(shown, hidden);
				if (isFound(`${typed} ${more}`, all)) expect(isFound(typed, all)).toBe(true);
			}),
		);
	});
});

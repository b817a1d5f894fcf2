import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bodyOf, newWords, shapeOf } from '../../demo/probe/redact.mts';
import { KNOWN_WORDS } from '../../demo/probe/words.mts';
import { allowedWords, anyAnswer, FIELDS, knownWord, wordsIn } from './answers.mts';

/** Every value in an answer that is no object and no list, and every name, as text. */
function textsIn(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [String(value)];
	return Object.entries(value).flatMap(([name, inner]) => [
		...(Array.isArray(value) ? [] : [name]),
		...textsIn(inner),
	]);
}

describe('What is told of an answer', () => {
	it('has no word that is not known', () => {
		fc.assert(
			fc.property(anyAnswer, (body) => {
				const told = textsIn(bodyOf(body, KNOWN_WORDS)).flatMap(wordsIn);
				expect(told.filter((word) => !allowedWords.has(word))).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('has no value of more than three characters that is not a known word', () => {
		fc.assert(
			fc.property(anyAnswer, (body) => {
				const told = textsIn(bodyOf(body, KNOWN_WORDS));
				const values = textsIn(body).filter((text) => text.length > 3);
				for (const value of values.filter((text) => told.includes(text)))
					expect(wordsIn(value).filter((word) => !allowedWords.has(word))).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('has no secret, wherever it stands', () => {
		const secret = fc.stringMatching(/^[a-z]{2}\d[A-Za-z0-9-]{3,30}$/);
		fc.assert(
			fc.property(secret, knownWord, fc.constantFrom(...FIELDS), (text, word, field) => {
				const body = {
					[text]: text,
					[field]: `${word} ${text}: ${word}`,
					images: { [text]: [{ url: `https://${text}.example/${text}?key=${text}` }] },
					error: [text, { message: text }],
				};
				for (const value of [body, [body], `${word} ${text}`, `<html>${text}`])
					expect(JSON.stringify(bodyOf(value, KNOWN_WORDS))).not.toContain(text);
			}),
		);
	});

	it.each<[unknown, unknown]>([
		[
			{
				request_id: 90301,
				camera_type: 'dashcam',
				status: 'In Progress',
				images: {
					front_facing: { url: 'https://x.example/1?Sig=2', expires_at: '2026-07-02T18:41:09Z' },
				},
				vehicle: { id: '1040021', number: 'T-118' },
				lat: 41.5,
				ready: false,
				notes: '',
			},
			{
				request_id: '<integer>',
				camera_type: 'dashcam',
				status: 'In …',
				images: { front_facing: { url: '<link>', expires_at: '<time>' } },
				vehicle: { id: '<integer as text>', number: '<text>' },
				'<name>': '<empty text>',
			},
		],
		[
			{ images: null, status: 'nil' },
			{ images: null, status: 'nil' },
		],
		[{ created_at: '2026-07-02 18:41:09' }, { created_at: '<time without zone>' }],
		[
			{ vehicle: [{ id: 1 }, { id: 2 }, { id: 0.5 }] },
			{ vehicle: [{ id: '<integer>' }, { id: '<number>' }] },
		],
		[{ error_message: 'T-118 has no rear camera' }, { error_message: '… has no rear camera' }],
		[
			{ errors: [{ field: 'camera_positions', message: "can't be blank" }] },
			{ errors: [{ field: 'camera_positions', message: "can't be blank" }] },
		],
		[
			'param is missing or the value is empty: vehicle_number',
			'param is missing or the value is empty vehicle_number',
		],
		['<!doctype html><title>Sam</title>', '<page>'],
	])('of %j is %j', (body, told) => {
		expect(bodyOf(body, KNOWN_WORDS)).toEqual(told);
	});
});

describe('Words that are new', () => {
	const answers = [
		{ status: 'Waking up', taken_at: 'Joliet', vehicle: { number: 'Mule' } },
		{ error_message: 'Mule is asleep near Joliet, 90301' },
		'<html>Sam',
	];

	it('are names of fields, words of refusals and values that are words, without the name of the vehicle', () => {
		expect(newWords(answers, KNOWN_WORDS, ['Mule 7'])).toEqual([
			'Waking',
			'up',
			'taken_at',
			'asleep',
			'near',
			'Joliet',
		]);
	});

	it('are told once somebody has let them through', () => {
		const words = new Set([...KNOWN_WORDS, 'waking', 'asleep']);
		expect(answers.map((each) => shapeOf(each, words))).toEqual([
			{ status: 'Waking …', '<name>': '<text>', vehicle: { number: '<text>' } },
			{ error_message: '… is asleep …' },
			'<text>',
		]);
	});
});

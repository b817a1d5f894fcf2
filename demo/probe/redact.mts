/**
 * What may be told of an answer: its shape, and words that are known. Everything else (ids, numbers, names, places, links,
 * keys) is replaced by what kind of thing it is. Pure functions, without a second way past them.
 */
import { isObject } from '../../nodes/Motive/motive/json.ts';
import { TEXT_KEYS } from '../../nodes/Motive/transport/parseFailure.ts';

/** Words that may be told, in lower case. */
export type Words = ReadonlySet<string>;

/** Fields whose values are made of words, of which a new one is worth knowing. */
const WORDED = [...TEXT_KEYS, 'status', 'camera_type', 'position', 'reason', 'failure_reason'];

/** A word, or a number, in a text. */
const TOKEN = /[\p{L}\p{M}\p{N}_]+(?:['’]\p{L}+)?/gu;

/** So many words of a text tell what it is about. */
const MOST_TOKENS = 60;

const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(?<zone> ?(Z|UTC|[+-]\d\d(:?\d\d)?))?$/;

/**
 * A JSON value with every name and value replaced that is not in `words`. Lists have each of their shapes once.
 *
 * @param key the name under which it stands, if it does
 */
export function shapeOf(value: unknown, words: Words, key = ''): unknown {
	if (Array.isArray(value)) return distinct(value.map((each) => shapeOf(each, words, key)));
	if (isObject(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [
				isTold(name, words) ? name : '<name>',
				shapeOf(inner, words, name),
			]),
		);
	}
	if (typeof value === 'string')
		return WORDED.includes(key) ? wordsOf(value, words) : kindOfText(value, words);
	if (typeof value === 'number') return Number.isInteger(value) ? '<integer>' : '<number>';
	return value === null ? null : `<${typeof value}>`;
}

/** The body of an answer, which may be a text or a page instead of JSON. */
export function bodyOf(body: unknown, words: Words): unknown {
	if (typeof body !== 'string') return shapeOf(body, words);
	return /^\s*</.test(body) ? '<page>' : wordsOf(body, words);
}

/** A text with `…` in place of everything but words that may be told. */
export function wordsOf(text: string, words: Words): string {
	const told = tokensOf(text).map((token) => (isTold(token, words) ? token : '…'));
	return told.join(' ').replaceAll(/…( …)+/g, '…');
}

/**
 * The words in answers that are worth telling and not known: names of fields, words of refusals, and the values of fields
 * that hold words. Somebody has to look at them first: a name may be among them.
 *
 * @param names texts whose words are surely names, for example the number of a vehicle
 */
export function newWords(
	answers: readonly unknown[],
	words: Words,
	names: readonly string[],
): string[] {
	const own = new Set(names.flatMap((name) => tokensOf(name.toLowerCase())));
	const found = new Set(answers.flatMap((answer) => tellingWords(answer)));
	return [...found].filter(
		(word) => /^[a-z_]{2,40}$/i.test(word) && !isTold(word, words) && !own.has(word.toLowerCase()),
	);
}

function tellingWords(value: unknown, key = 'error'): string[] {
	if (Array.isArray(value)) return value.flatMap((each) => tellingWords(each, key));
	if (isObject(value)) {
		return Object.entries(value).flatMap(([name, inner]) => [name, ...tellingWords(inner, name)]);
	}
	if (typeof value !== 'string' || /^\s*</.test(value)) return [];
	return WORDED.includes(key) ? tokensOf(value) : [];
}

function kindOfText(text: string, words: Words): string {
	if (isTold(text, words)) return text;
	if (text.trim() === '') return '<empty text>';
	if (/^https?:/i.test(text)) return '<link>';
	if (/^\d+$/.test(text)) return '<integer as text>';
	const time = TIME.exec(text);
	if (time) return time.groups?.['zone'] === undefined ? '<time without zone>' : '<time>';
	return '<text>';
}

function isTold(word: string, words: Words): boolean {
	return words.has(word.toLowerCase().replace('’', "'"));
}

function tokensOf(text: string): string[] {
	return [...text.matchAll(TOKEN)].slice(0, MOST_TOKENS).map(([token]) => token);
}

function distinct(values: readonly unknown[]): unknown[] {
	return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Answers of all kinds, for laws about what is told of them. */
import fc from 'fast-check';

import { KNOWN_WORDS } from '../../demo/probe/words.mts';

/** Words that stand for what was replaced. */
const KINDS = 'name integer number null boolean empty text link as time without zone page'.split(
	' ',
);
/** What a report may have of an answer. */
export const allowedWords = new Set([...KNOWN_WORDS, ...KINDS]);

/** Names of fields that are known. */
export const FIELDS = [
	'status',
	'position',
	'error_message',
	'errors',
	'url',
	'vehicle',
	'number',
	'id',
];
/** A word that is known. */
export const knownWord = fc.constantFrom(...KNOWN_WORDS);
/** A text in which some words are known. */
export const sentence = fc
	.array(fc.oneof(knownWord, fc.string(), fc.string({ unit: 'grapheme' }), fc.nat().map(String)))
	.map((parts) => parts.join(' '));
const leaf = fc.oneof(
	sentence,
	fc.webUrl({ withQueryParameters: true }),
	fc.emailAddress(),
	fc.uuid(),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
);
/** Anything that JSON can be. */
export const { anyAnswer } = fc.letrec((tie) => ({
	anyAnswer: fc.oneof(
		{ depthSize: 'small' },
		leaf,
		fc.array(tie('anyAnswer'), { maxLength: 4 }),
		fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), tie('anyAnswer'), {
			maxKeys: 5,
		}),
	),
}));

/** The words of a text, in lower case. */
export function wordsIn(text: string): string[] {
	return [...text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}_]+(?:['’]\p{L}+)?/gu)].map(([word]) =>
		word.replace('’', "'"),
	);
}

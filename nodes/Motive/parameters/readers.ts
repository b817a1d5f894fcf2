import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import { isWord } from '../motive/parse';
import { BadInput, badInput, exampleOf, isBlank, type Field } from './badInput';

/** Hands the value of a parameter to its reader; an empty one has its default, unless it is required. */
export type ReadParameter = <F extends INodeProperties, T>(
	field: F,
	read: (value: unknown, field: F) => T,
) => T;

/** Reads the parameters of one item. */
export function parametersOf(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	return readerOf(({ name, default: usual }) => context.getNodeParameter(name, itemIndex, usual));
}

/** Reads what one item has under Options. */
export function optionsOf(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	const options = collectionOf(context, itemIndex, 'options');
	return readerOf(({ name }) => options[name]);
}

/** What one item has in a collection of parameters. */
export function collectionOf(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
): JsonObject {
	const collection: unknown = context.getNodeParameter(name, itemIndex, {});
	return isObject(collection) ? collection : {};
}

function readerOf(valueOf: (field: INodeProperties) => unknown): ReadParameter {
	return (field, read) => {
		const value = valueOf(field);
		const isEmpty = value === undefined || value === null || value === '';
		return read(isEmpty && !field.required ? field.default : value, field);
	};
}

const SWITCH_WORDS = new Map<string, boolean>([
	...['true', '1', 'yes', 'on'].map((word): [string, boolean] => [word, true]),
	...['false', '0', 'no', 'off'].map((word): [string, boolean] => [word, false]),
]);

/**
 * Reads a switch, also given as 0 or 1, or as text in any case: true, yes, on, false, no, off.
 *
 * @throws BadInput
 */
export function readBoolean(value: unknown, field: Field): boolean {
	const isOn = typeof value === 'boolean' ? value : SWITCH_WORDS.get(textIn(value).toLowerCase());
	if (isOn === undefined) throw badInput(field, 'true or false', value);
	return isOn;
}

/**
 * Reads a whole number above 0, given as number or numeric text.
 *
 * @throws BadInput
 */
export function readWholeNumber(
	value: unknown,
	field: Field,
	largest = Number.MAX_SAFE_INTEGER,
): number {
	const number = wholeNumberIn(value);
	if (number === undefined || number > largest)
		throw badInput(field, `a number${exampleOf(field)}`, value);
	return number;
}

/** The whole number above 0 that a number or numeric text is, if it is one. */
export function wholeNumberIn(value: unknown): number | undefined {
	const number = /^\d+$/.test(textIn(value)) ? Number(value) : NaN;
	return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/**
 * Reads a number above 0, given as number or numeric text.
 *
 * @throws BadInput
 */
export function readPositive(value: unknown, field: Field): number {
	const number = numberIn(value);
	if (!(number > 0)) throw badInput(field, 'a number greater than 0', value);
	return number;
}

/**
 * Reads a number that is 0 or more, given as number or numeric text.
 *
 * @throws BadInput
 */
export function readNotNegative(value: unknown, field: Field): number {
	const number = numberIn(value);
	if (!(number >= 0)) throw badInput(field, 'a number that is not below 0', value);
	return number;
}

/** The number that a number or numeric text is; NaN if it is none. */
function numberIn(value: unknown): number {
	const text = textIn(value);
	const number = text === '' ? NaN : Number(text);
	return Number.isFinite(number) ? number : NaN;
}

/**
 * Reads a text that must not be empty, without the space around it.
 *
 * @returns the text in composed Unicode
 * @throws BadInput
 */
export function readText(value: unknown, field: Field): string {
	const text = textIn(value);
	if (text !== '') return text;
	if (isBlank(value))
		throw new BadInput(`${field.displayName} is empty: enter a text${exampleOf(field)}`);
	throw badInput(field, `a text${exampleOf(field)}`, value);
}

/**
 * Reads a single word, which may become part of a path.
 *
 * @throws BadInput
 */
export function readWord(value: unknown, field: Field): string {
	const text = textIn(value);
	if (!isWord(text)) throw badInput(field, `one word${exampleOf(field)}`, value);
	return text;
}

/**
 * Reads a JSON object, also given as text.
 *
 * @throws BadInput
 */
export function readJsonObject(value: unknown, field: Field): JsonObject {
	const parsed = typeof value === 'string' ? parseJson(value.trim() || '{}') : value;
	if (!isObject(parsed)) throw badInput(field, 'a JSON object such as { "name": "value" }', value);
	return parsed;
}

/** What was built, with the user's own fields over it; null takes a field out. */
export function mergeFields(built: JsonObject, own: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries({ ...built, ...own }).filter(([, value]) => value !== null),
	);
}

/** What is written in a text or number, without the space around it; nothing in anything else. */
export function textIn(value: unknown): string {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim().normalize('NFC') : '';
}

/** What JSON text says, whatever space is around it; undefined where it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.trim());
	} catch {
		return undefined;
	}
}

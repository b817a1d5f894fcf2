import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { BadInput, badInput, exampleOf, shown, type Field } from './badInput';
import { parseJson, textIn, wholeNumberIn } from './readers';

/** A choice: the value, and how the editor shows it. */
export interface Choice<T extends number | string> extends INodePropertyOptions {
	value: T;
}

/** A parameter with choices. */
export interface ChoiceField<T extends number | string = string> extends INodeProperties {
	options: Array<Choice<T>>;
}

/**
 * Reads a list of texts: an array, the JSON text of one, or a text with commas. Each counts once.
 *
 * @param partsOf what is in one text; what stands between commas unless given
 * @throws BadInput also where an entry has no value: a list must not get shorter without a word
 */
export function readList(value: unknown, field: Field, partsOf = betweenCommas): string[] {
	const isJson = typeof value === 'string' && value.trim().startsWith('[');
	const list = isJson ? parseJson(value) : value;
	if (isJson && list === undefined) throw badInput(field, 'a list', value);
	if (list === '' || (Array.isArray(list) && list.length === 0)) return [];
	const entries: unknown[] = Array.isArray(list) ? list : [list ?? ''];
	const texts = entries.flatMap((entry) => textsIn(entry, field, partsOf));
	if (texts.length === 0) throw new BadInput(`${field.displayName} is empty`);
	return unique(texts);
}

/**
 * Reads a list of names, which may have commas in them: an array, the JSON text of one, or a text with commas in which such
 * a name stands in double quotes. The rest as with `readList`.
 *
 * @throws BadInput
 */
export function readNames(value: unknown, field: Field): string[] {
	const isText = typeof value === 'string' && !value.trim().startsWith('[');
	return readList(isText ? betweenCommasAndQuotes(value) : value, field, (name) => [name]);
}

function betweenCommas(text: string): string[] {
	return text.split(',');
}

function betweenCommasAndQuotes(text: string): string[] {
	const parts = text.match(/\s*"[^"]+"\s*(?=,|$)|[^,]+/g) ?? [];
	return parts.map((part) => part.trim().replace(/^"([^"]+)"$/, '$1'));
}

function textsIn(
	entry: unknown,
	{ displayName }: Field,
	partsOf: (text: string) => string[],
): string[] {
	if (entry === null || entry === undefined)
		throw new BadInput(`${displayName} has an entry without a value`);
	if (typeof entry !== 'string' && typeof entry !== 'number')
		throw new BadInput(`${displayName} must be texts or numbers, but has ${shown(entry)}`);
	return partsOf(textIn(entry))
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

/**
 * Reads a list of ids; the rest as with `readList`.
 *
 * @throws BadInput
 */
export function readIds(value: unknown, field: Field): number[] {
	const ids = readList(value, field).map((text) => {
		const id = wholeNumberIn(text);
		if (id !== undefined) return id;
		const expected = `numbers${exampleOf(field)}`;
		throw new BadInput(`${field.displayName} must be ${expected}, but has ${shown(text)}`);
	});
	return unique(ids);
}

/**
 * Reads one of the choices that the editor offers.
 *
 * @throws BadInput
 */
export function readChoice<T extends number | string>(value: unknown, field: ChoiceField<T>): T {
	const choice = choiceIn(value, field.options);
	if (choice === undefined) throw badInput(field, `one of: ${namesOf(field)}`, value);
	return choice;
}

/**
 * Reads some of the choices that the editor offers; the rest as with `readList`.
 *
 * @param these what the choices are, for messages
 * @throws BadInput
 */
export function readChoices<T extends number | string>(
	value: unknown,
	field: ChoiceField<T>,
	these = 'the choices',
): T[] {
	const { displayName, options, required } = field;
	const choices = readList(value, field).map((text) => {
		const choice = choiceIn(text, options);
		if (choice !== undefined) return choice;
		throw new BadInput(`${displayName} has ${shown(text)}, but ${these} are: ${namesOf(field)}`);
	});
	if (required && choices.length === 0)
		throw new BadInput(`${displayName} is empty: choose at least one`);
	return unique(choices);
}

/**
 * Reads some of Motive's words, of which the editor offers those that are known; the rest as with `readList`.
 *
 * @throws BadInput
 */
export function readWords(value: unknown, field: ChoiceField): string[] {
	return unique(readList(value, field).map((text) => choiceIn(text, field.options) ?? text));
}

/** The choice that is meant by its value or by its label; however it is spelled, as with `wordKey`. */
export function choiceIn<T extends number | string>(
	value: unknown,
	choices: ReadonlyArray<Choice<T>>,
): T | undefined {
	const key = wordKey(textIn(value));
	const isMeant = (word: number | string) => key !== '' && wordKey(String(word)) === key;
	return choices.find(({ name, value: word }) => isMeant(word) || isMeant(name))?.value;
}

/** A word as it is compared: whatever its case, and with or without space, dashes and underscores. */
export function wordKey(word: string): string {
	return word
		.normalize('NFC')
		.toLowerCase()
		.replaceAll(/[\s_\p{Pd}]+/gu, '');
}

/** The choices as the editor shows them; they are taken by these names as well. */
function namesOf({ options }: Pick<ChoiceField<number | string>, 'options'>): string {
	return options.map(({ name }) => name).join(', ');
}

function unique<T>(values: readonly T[]): T[] {
	return [...new Set(values)];
}

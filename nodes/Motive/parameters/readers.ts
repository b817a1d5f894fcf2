import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import { firstOf } from '../motive/text';

/** Stands between the name of a record and what helps to tell it from others, in the lists to pick from. */
export const LABEL_SEPARATOR = ' · ';

/** Input that cannot be worked with; the message is for the user. */
export class BadInput extends Error {}

/** A record as the user picked it: by id (with its name, from a list), or by a name that is still to be looked up. */
export type Picked =
	| { id: number; name?: string }
	| { mode: 'number' | 'externalId'; text: string };

/** The ways in which a record can be picked. */
export type PickerMode = 'list' | 'id' | 'number' | 'externalId';

/**
 * Reads the value of a resource locator; a plain value, as agents give it, counts as an id.
 *
 * @throws BadInput
 */
export function readPicked(value: unknown, label: string, modes: readonly PickerMode[]): Picked {
	const given = isObject(value) ? value['mode'] : 'id';
	const chosen = isObject(value) ? value['value'] : value;
	const mode = modes.find((each) => each === given);
	if (mode === undefined) {
		throw new BadInput(
			`${label} is picked in an unknown way (“${shown(given)}”): use ${modes.join(', ')}`,
		);
	}
	if (chosen === '' || chosen === null || chosen === undefined) {
		throw new BadInput(`${label} is empty: choose one from the list or enter its ID`);
	}
	if (mode === 'id') return { id: readWholeNumber(chosen, `${label} ID`) };
	if (mode === 'list') return { id: readWholeNumber(chosen, `${label} ID`), ...nameIn(value) };
	return {
		mode,
		text: readText(chosen, `${label} ${mode === 'number' ? 'Number' : 'External ID'}`),
	};
}

/** The name of what was picked from a list; n8n keeps what the list showed. */
function nameIn(value: unknown): { name?: string } {
	const label = isObject(value) ? value['cachedResultName'] : undefined;
	const [first = ''] = typeof label === 'string' ? label.split(LABEL_SEPARATOR) : [];
	const name = firstOf(first, 80);
	return name === '' ? {} : { name };
}

/**
 * Reads a choice between yes and no.
 *
 * @throws BadInput
 */
export function readBoolean(value: unknown, label: string): boolean {
	if (typeof value !== 'boolean')
		throw new BadInput(`${label} must be true or false, but is “${shown(value)}”`);
	return value;
}

/** Reads `options`, of which those that the user left empty are missing. */
export function readOptions(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	const entries = Object.entries(isObject(options) ? options : {});
	return Object.fromEntries(
		entries.filter(([, value]) => value !== undefined && value !== null && value !== ''),
	);
}

/**
 * Reads a whole number above 0, given as number or numeric text.
 *
 * @throws BadInput
 */
export function readWholeNumber(
	value: unknown,
	label: string,
	largest = Number.MAX_SAFE_INTEGER,
): number {
	const isNumeric =
		typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
	const number = isNumeric ? Number(value) : NaN;
	if (!Number.isInteger(number) || number < 1 || number > largest) {
		throw new BadInput(
			`${label} must be a whole number from 1 to ${largest}, but is “${shown(value)}”`,
		);
	}
	return number;
}

/**
 * Reads a number above 0, given as number or numeric text.
 *
 * @throws BadInput
 */
export function readPositive(value: unknown, label: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) {
		throw new BadInput(`${label} must be a number greater than 0, but is “${shown(value)}”`);
	}
	return number;
}

/**
 * Reads a text that must not be empty, without the space around it.
 *
 * @throws BadInput
 */
export function readText(value: unknown, label: string, advice = ''): string {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text === '') throw new BadInput(`${label} is empty${advice}`);
	return text;
}

/**
 * Reads a list of texts, also given as text with commas; empty ones are left out and repeated ones count once.
 */
export function readList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const texts = entries
		.filter((entry) => typeof entry === 'string' || typeof entry === 'number')
		.flatMap((entry) => String(entry).split(','))
		.map((text) => text.trim());
	return [...new Set(texts)].filter(Boolean);
}

/**
 * Reads a list of ids, also given as one text with commas.
 *
 * @throws BadInput
 */
export function readIds(value: unknown, label: string): number[] {
	return readList(value).map((id) => readWholeNumber(id, label));
}

/**
 * Reads one of the given words.
 *
 * @throws BadInput
 */
export function readChoice<T extends string>(
	value: unknown,
	choices: readonly T[],
	label: string,
): T {
	const choice = choices.find((each) => each === value);
	if (choice === undefined) throw new BadInput(`${label} must be one of: ${choices.join(', ')}`);
	return choice;
}

/**
 * Reads a JSON object, also given as text.
 *
 * @throws BadInput
 */
export function readJsonObject(value: unknown, label: string): JsonObject {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (!isObject(parsed))
		throw new BadInput(`${label} must be a JSON object such as { "name": "value" }`);
	return parsed;
}

/** What was built, with the user's own fields over it; null takes a field out. */
export function mergeFields(built: JsonObject, own: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries({ ...built, ...own }).filter(([, value]) => value !== null),
	);
}

/** A wrong value as a message shows it. */
function shown(value: unknown): string {
	if (typeof value === 'string') return firstOf(value, 40);
	// Functions and undefined have no JSON.
	const json: unknown = JSON.stringify(value);
	return typeof json === 'string' ? firstOf(json, 40) : typeof value;
}

function parseJson(text: string): unknown {
	try {
		return text.trim() === '' ? {} : JSON.parse(text);
	} catch {
		return undefined;
	}
}

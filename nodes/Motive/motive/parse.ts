/**
 * Readers for what Motive sends. Answers differ from their documentation: ids come as number or text, keys in capitals,
 * "nil" stands for null, and a single key may be wrapped around the whole. What is not there is null.
 */
import { isObject, type JsonObject } from './json';

/** An id of Motive's: nearly always a whole number, a UUID for locations. */
export type Id = number | string;

/** An entry of a list, and the key under which a map has it. */
export interface Entry {
	key: string | null;
	value: JsonObject;
}

/** The first text under one of these names (in lower case), trimmed; a number is taken as text. */
export function parseText(source: JsonObject, ...names: string[]): string | null {
	const found = valuesOf(source, names).find(
		(value) => typeof value === 'string' || typeof value === 'number',
	);
	return found === undefined ? null : String(found).trim();
}

/** The first id under one of these names; digits come back as a number. */
export function parseId(source: JsonObject, ...names: string[]): Id | null {
	const text = parseText(source, ...names);
	const number = text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : NaN;
	return Number.isSafeInteger(number) ? number : text;
}

/** The first id under one of these names if it is a whole number above 0. */
export function parseInteger(source: JsonObject, ...names: string[]): number | null {
	const id = parseId(source, ...names);
	return typeof id === 'number' ? id : null;
}

/** The first number under one of these names, also if it is written as text. */
export function parseNumber(source: JsonObject, ...names: string[]): number | null {
	const text = parseText(source, ...names);
	const number = text === null ? NaN : Number(text);
	return Number.isFinite(number) ? number : null;
}

/** The first object under one of these names, an empty one if there is none. */
export function parseObject(source: JsonObject, ...names: string[]): JsonObject {
	return valuesOf(source, names).find(isObject) ?? {};
}

/** The objects of the first list under one of these names: an array, or a map with the names of its entries. */
export function parseEntries(source: JsonObject, ...names: string[]): Entry[] {
	const list = valuesOf(source, names).find((value) => Array.isArray(value) || isObject(value));
	const entries: Array<[string | null, unknown]> = Array.isArray(list)
		? list.map((value: unknown) => [null, value])
		: Object.entries(list ?? {});
	return entries.flatMap(([key, value]) => (isObject(value) ? [{ key, value }] : []));
}

/** A person's name, made of its parts where it has any. */
export function parseName(person: JsonObject): string | null {
	const parts = [parseText(person, 'first_name'), parseText(person, 'last_name')];
	const given = parts.filter((part) => part !== null);
	return given.length > 0 ? given.join(' ') : parseText(person, 'name', 'full_name', 'username');
}

/**
 * What people call the vehicle or asset that an answer is about: its fleet number or name; `vehicle-1040021` where the
 * answer has no more than the id.
 */
export function parseSourceName(answer: JsonObject): string | null {
	const vehicle = parseObject(answer, 'vehicle', 'current_vehicle');
	const asset = parseObject(answer, 'asset');
	return (
		parseText(vehicle, 'number') ??
		nameById('vehicle', vehicle) ??
		parseText(asset, 'name') ??
		nameById('asset', asset)
	);
}

/**
 * Takes an answer out of its wrapper: Motive wraps some in a single key, and others not.
 *
 * @param marks fields of which one shows that there is no wrapper
 */
export function unwrap(body: unknown, marks: readonly string[]): JsonObject | null {
	if (!isObject(body)) return null;
	const values = Object.values(body);
	const [only] = values;
	const isWrapped = values.length === 1 && isObject(only) && !marks.some((mark) => mark in body);
	return isWrapped ? only : body;
}

/** Takes the object out of its single key, as in `{ "vehicle": { … } }`; anything else comes back as it is. */
export function unwrapEntry(value: unknown, singular: string): unknown {
	return isObject(value) && isObject(value[singular]) ? value[singular] : value;
}

/** Whether a value says nothing. */
export function isMissing(value: unknown): boolean {
	if (typeof value === 'string') return /^(|nil|null)$/i.test(value.trim());
	return value === undefined || value === null;
}

/** What stands under these names, best first. */
function valuesOf(source: JsonObject, names: readonly string[]): unknown[] {
	const given = Object.entries(source).filter(([, value]) => !isMissing(value));
	return names.flatMap((name) =>
		given.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value),
	);
}

function nameById(kind: string, source: JsonObject): string | null {
	const id = parseId(source, 'id');
	return id === null ? null : `${kind}-${id}`;
}

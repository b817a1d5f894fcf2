/**
 * Readers for what Motive sends. Answers differ from their documentation: ids come as number or text, keys in capitals,
 * "nil" stands for null, and a single key may be wrapped around the whole. What is not there is null.
 */
import { isObject, type JsonObject } from './json';

/** An id of Motive's: nearly always a whole number, a UUID for locations. */
export type Id = number | string;

/** The vehicle or asset that an answer is about; null where it says nothing. */
export interface Source {
	kind: 'vehicle' | 'asset';
	id: Id | null;
	/** Fleet number of the vehicle or name of the asset. */
	name: string | null;
}

/** An entry of a list. */
export interface Entry {
	/** Its place in the list, from 0 on. */
	index: number;
	value: JsonObject;
}

/** Whatever stands first under one of these names (in lower case); undefined where nothing does. */
export function parseValue(source: JsonObject, ...names: string[]): unknown {
	return valuesOf(source, names)[0];
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

/** The objects of the first list under one of these names: an array, or a map. */
export function parseEntries(source: JsonObject, ...names: string[]): Entry[] {
	const list = valuesOf(source, names).find(isList) ?? [];
	return Object.values(list).flatMap((value: unknown, index) =>
		isObject(value) ? [{ index, value }] : [],
	);
}

/** Whether a value may be a list: Motive may write one as an array or as a map. */
export function isList(value: unknown): value is unknown[] | JsonObject {
	return Array.isArray(value) || isObject(value);
}

/** A person's name, made of its parts where it has any. */
export function parseName(person: JsonObject): string | null {
	const parts = [parseText(person, 'first_name'), parseText(person, 'last_name')];
	const given = parts.filter((part) => part !== null);
	return given.length > 0 ? given.join(' ') : parseText(person, 'name', 'full_name', 'username');
}

/** The vehicle or asset that an answer is about. */
export function parseSource(answer: JsonObject): Source | null {
	const vehicle = parseObject(answer, 'vehicle', 'current_vehicle');
	const asset = parseObject(answer, 'asset');
	const sources: Source[] = [
		{ kind: 'vehicle', id: parseId(vehicle, 'id'), name: parseText(vehicle, 'number') },
		{ kind: 'asset', id: parseId(asset, 'id'), name: parseText(asset, 'name') },
	];
	return sources.find(({ id, name }) => id !== null || name !== null) ?? null;
}

/** What people call a source; `vehicle-1040021` where no more than the id is known. */
export function nameOfSource(source: Source | null): string | null {
	if (source === null) return null;
	return source.name ?? `${source.kind}-${String(source.id)}`;
}

/** What people call the vehicle or asset that an answer is about. */
export function parseSourceName(answer: JsonObject): string | null {
	return nameOfSource(parseSource(answer));
}

/** Whether two answers are surely about different vehicles or assets. Names count only where there are no ids. */
export function isOtherSource(one: Source | null, other: Source | null): boolean {
	if (one === null || other === null) return false;
	if (one.kind !== other.kind) return true;
	if (one.id !== null && other.id !== null) return one.id !== other.id;
	return one.name !== null && other.name !== null && one.name !== other.name;
}

/** Whether a text is a plain word: letters, digits, `_` and `-`. Only such words may become part of a path. */
export function isWord(text: string): boolean {
	return /^[\w-]+$/.test(text);
}

/**
 * Takes an answer out of its wrapper: Motive wraps some in a single key, and others not.
 *
 * @param marks fields (in lower case) of which one shows that there is no wrapper
 */
export function unwrap(body: unknown, marks: readonly string[]): JsonObject | null {
	if (!isObject(body)) return null;
	const values = Object.values(body);
	const [only] = values;
	return values.length === 1 && isObject(only) && !hasAny(body, marks) ? only : body;
}

/** Whether an object has one of these fields (in lower case), whatever is in it. */
export function hasAny(source: JsonObject, names: readonly string[]): boolean {
	return Object.keys(source).some((key) => names.includes(key.toLowerCase()));
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

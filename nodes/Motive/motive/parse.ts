import { isObject, type JsonObject } from './json';

/** An id of Motive's: nearly always a whole number, a UUID for locations. */
export type Id = number | string;

/** The first text under one of these names (in lower case); a number is taken as text. */
export function readText(source: JsonObject, ...names: string[]): string | null {
	const found = valuesOf(source, names).find(
		(value) => typeof value === 'string' || typeof value === 'number',
	);
	return found === undefined ? null : String(found).trim();
}

/** The first id under one of these names; digits come back as a number. */
export function readId(source: JsonObject, ...names: string[]): Id | null {
	const text = readText(source, ...names);
	const number = text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : NaN;
	return Number.isSafeInteger(number) ? number : text;
}

/** The first number under one of these names, also if it is written as text. */
export function readNumber(source: JsonObject, ...names: string[]): number | null {
	const text = readText(source, ...names);
	const number = text === null ? NaN : Number(text);
	return Number.isFinite(number) ? number : null;
}

/** The first object under one of these names, an empty one if there is none. */
export function readObject(source: JsonObject, ...names: string[]): JsonObject {
	return valuesOf(source, names).find(isObject) ?? {};
}

/** A person's name, made of its parts where it has any. */
export function readName(person: JsonObject): string | null {
	const parts = [readText(person, 'first_name'), readText(person, 'last_name')].filter(
		(part) => part !== null,
	);
	return parts.length > 0 ? parts.join(' ') : readText(person, 'name', 'full_name', 'username');
}

/** What stands under these names, best first. Motive writes some keys in capitals, and "nil" where others write null. */
function valuesOf(source: JsonObject, names: readonly string[]): unknown[] {
	const given = Object.entries(source).filter(([, value]) => !isMissing(value));
	return names.flatMap((name) =>
		given.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value),
	);
}

/** Whether a value says nothing. */
export function isMissing(value: unknown): boolean {
	if (typeof value === 'string') return /^(|nil|null)$/i.test(value.trim());
	return value === undefined || value === null;
}

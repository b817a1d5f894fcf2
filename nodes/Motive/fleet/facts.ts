import { isObject, type JsonObject } from '../capture/json';

/** A value that fits into one cell of a table. */
export type PlainValue = string | number | boolean | null;

/** A value without its oddities: an empty text, Motive's word “nil” and anything nested count as null. */
export function plain(value: unknown): PlainValue {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	return typeof value === 'string' && !/^(|nil)$/i.test(value.trim()) ? value : null;
}

/** Fields of a record under their own names, each of them plain. */
export function pickPlain(json: JsonObject, names: readonly string[]): Record<string, PlainValue> {
	return Object.fromEntries(names.map((name) => [name, plain(json[name])]));
}

/** A record inside another, or an empty one where there is none. */
export function nested(json: JsonObject, name: string): JsonObject {
	const value = json[name];
	return isObject(value) ? value : {};
}

/** A person's name, made of its parts. */
export function personName({ first_name: first, last_name: last }: JsonObject): string | null {
	const parts = [first, last].map(plain).filter((part) => part !== null);
	return parts.length === 0 ? null : parts.join(' ');
}

/** Whether a vehicle or asset is in use; one without a status is. */
export function isActive({ status }: JsonObject): boolean {
	return status === undefined || status === null || status === 'active';
}

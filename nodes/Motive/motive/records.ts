import type { JsonObject } from './json';
import { isMissing } from './parse';

/** A value that fits into one cell of a table. */
export type PlainValue = string | number | boolean | null;

/** Fields of a record under their own names; what is missing or nested is null. */
export function pickPlain(json: JsonObject, names: readonly string[]): Record<string, PlainValue> {
	return Object.fromEntries(names.map((name) => [name, plain(json[name])]));
}

/** Whether a vehicle, an asset or a driver is active; one without a status is. */
export function isActive({ status }: JsonObject): boolean {
	return status === undefined || status === null || status === 'active';
}

function plain(value: unknown): PlainValue {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	return typeof value === 'string' && !isMissing(value) ? value : null;
}

import { isObject, type JsonObject } from './json';

/**
 * Takes an answer out of its wrapper: Motive wraps some in a single key, and others not.
 *
 * @param marks fields of which one shows that there is no wrapper
 */
export function unwrap(body: unknown, marks: readonly string[]): JsonObject | undefined {
	if (!isObject(body)) return undefined;
	const values = Object.values(body);
	const [only] = values;
	return values.length === 1 && isObject(only) && !marks.some((mark) => mark in body) ? only : body;
}

/** Fleet number of the vehicle or name of the asset that an answer is about; their id where it has no more. */
export function readSourceName({ vehicle, asset }: JsonObject): string | undefined {
	if (isObject(vehicle)) return readText(vehicle['number']) ?? nameById('vehicle', vehicle['id']);
	if (isObject(asset)) return readText(asset['name']) ?? nameById('asset', asset['id']);
	return undefined;
}

function nameById(kind: string, id: unknown): string | undefined {
	const number = readInteger(id);
	return number === undefined ? undefined : `${kind}-${number}`;
}

/** A text that is not empty, or undefined. */
export function readText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number above 0, also as text, or undefined. */
export function readInteger(value: unknown): number | undefined {
	const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number > 0
		? number
		: undefined;
}

/** A JSON object whose values nobody has checked yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a plain object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of a JSON object without any web address in it. */
export function withoutUrls(json: JsonObject): JsonObject {
	const entries = Object.entries(json).filter(([key, value]) => !isUrl(key) && !isUrl(value));
	return Object.fromEntries(entries.map(([key, value]) => [key, stripped(value)]));
}

function stripped(value: unknown): unknown {
	if (Array.isArray(value)) return value.filter((each) => !isUrl(each)).map(stripped);
	return isObject(value) ? withoutUrls(value) : value;
}

function isUrl(value: unknown): boolean {
	return typeof value === 'string' && /https?:\/\//i.test(value);
}

/** A JSON object whose values nobody has checked yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a plain object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

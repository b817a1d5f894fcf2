import type { JsonObject } from '../capture/json';

/** The body of a request with the user's own fields merged over it: theirs win, and null takes a field out. */
export function requestBody(built: JsonObject, extra: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries({ ...built, ...extra }).filter(([, value]) => value !== null));
}

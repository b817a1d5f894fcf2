import { withoutUrls, type JsonObject } from '../capture/json';

/**
 * What a successful item says. A top-level `error` of Motive's becomes `motive_error`, because n8n would take the item
 * for a failed one.
 */
export function successJson({ error, ...rest }: JsonObject): JsonObject {
	return { ...rest, ...(error !== undefined && { motive_error: error }) };
}

/** The same without any web address, where the user wants none. */
export function outputJson(json: JsonObject, includeUrl: boolean): JsonObject {
	return includeUrl ? json : withoutUrls(json);
}

import { withoutUrls, type JsonObject } from '../motive/json';

/**
 * What a successful item says: Motive's fields, and the node's own. A field of Motive's with the name of one of these
 * is kept as `motive_…`, and so is a top-level `error`, because n8n would take the item for a failed one.
 */
export function successJson(json: JsonObject, own: JsonObject = {}): JsonObject {
	const fields = Object.entries(json).map(([key, value]) => [
		key === 'error' || Object.hasOwn(own, key) ? `motive_${key}` : key,
		value,
	]);
	return { ...Object.fromEntries(fields), ...own };
}

/** The same without any web address, where the user wants none. */
export function outputJson(json: JsonObject, includeUrl: boolean): JsonObject {
	return includeUrl ? json : withoutUrls(json);
}

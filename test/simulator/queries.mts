import type { JsonObject } from './answers.mts';
import type { Call } from './host.mts';
import { isRecord } from './values.mts';

type Query = Call['query'];

/** The values of a parameter that is a list, such as `driver_ids[]=1&driver_ids[]=2`; `undefined` where it is not given. */
function listOf(query: Query, name: string): string[] | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	return (Array.isArray(value) ? value : [value]).map(String);
}

/** Whether an id is among those that a parameter lists, or the parameter is not given. */
export function isListed(query: Query, name: string, id: unknown): boolean {
	return listOf(query, name)?.includes(String(id)) ?? true;
}

/** Whether a text is the one that a parameter gives, or the parameter is not given. */
export function isGiven(query: Query, name: string, text: unknown): boolean {
	return query[name] === undefined || query[name] === text;
}

/** Whether a record changed after the moment that `updated_after` gives, or it is not given. */
export function isNewer(query: Query, { updated_at: at }: JsonObject): boolean {
	const { updated_after: after } = query;
	return (
		typeof after !== 'string' || (typeof at === 'string' && Date.parse(at) >= Date.parse(after))
	);
}

/** The id of a record inside another. */
export function idIn(record: JsonObject, name: string): unknown {
	const inner = record[name];
	return isRecord(inner) ? inner['id'] : undefined;
}

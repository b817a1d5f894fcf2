import { isObject, type JsonObject } from '../motive/json';

/** Action of the message with which Motive tries out a webhook before it switches it on. */
const TEST_ACTION = 'test';

/**
 * The events in the body of a delivery. Motive sends one event as an object or several as an array.
 *
 * @returns an empty list for a test message (an event named `test`, or an array of names of actions), undefined for
 * anything that is no delivery of Motive's
 */
export function parseEvents(body: Buffer): JsonObject[] | undefined {
	const content = parse(body);
	if (!isObject(content) && !Array.isArray(content)) return undefined;
	const entries: unknown[] = Array.isArray(content) ? content : [content];
	return entries.filter(isObject).filter(({ action }) => action !== TEST_ACTION);
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

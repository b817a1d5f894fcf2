import type { IDataObject } from 'n8n-workflow';

import { MotiveFailure } from '../capture/failure';
import { isObject, type JsonObject } from '../capture/json';
import type { MotiveApi } from './motiveApi';

/** The most that Motive puts on one page. */
const PAGE_SIZE = 100;

/** A list of Motive's, for example vehicles. */
export interface MotiveList {
	/** Path of the list, for example `/v1/vehicles`. */
	path: string;
	/** Key of the list in the answer, for example `vehicles`. */
	plural: string;
	/** Key around each entry, for example `vehicle`. */
	singular: string;
}

/**
 * Reads a whole list, page after page.
 *
 * @param send how a request is sent, with whatever repeating the caller wants
 * @returns the entries without their wrappers, in Motive's order
 * @throws MotiveFailure `unreadable` when an answer is not such a list, and whatever `send` throws
 * @see https://developer-docs.gomotive.com/docs/pagination
 */
export async function readAll(
	send: MotiveApi['send'],
	list: MotiveList,
	query: IDataObject = {},
): Promise<JsonObject[]> {
	const entries: JsonObject[] = [];
	for (let page = 1; ; page++) {
		const answer = await send({
			method: 'GET',
			path: list.path,
			query: { ...query, per_page: PAGE_SIZE, page_no: page },
		});
		const read = readPage(answer, list);
		entries.push(...read.entries);
		if (read.entries.length === 0 || entries.length >= read.total) return entries;
	}
}

/** Takes the object out of its single key, as in `{ "vehicle": { … } }`; anything else comes back as it is. */
export function unwrapEntry(value: unknown, singular: string): unknown {
	return isObject(value) && isObject(value[singular]) ? value[singular] : value;
}

function readPage(answer: unknown, { path, plural, singular }: MotiveList) {
	const rows = isObject(answer) ? answer[plural] : undefined;
	if (!isObject(answer) || !Array.isArray(rows)) {
		throw new MotiveFailure('unreadable', { detail: `The answer to ${path} is not a list of ${plural}` });
	}
	const pagination = isObject(answer['pagination']) ? answer['pagination'] : {};
	const { total } = pagination;
	return {
		entries: rows.map((row: unknown) => unwrapEntry(row, singular)).filter(isObject),
		// Without a count the first page is all there is: few lists of Motive's have no pages.
		total: typeof total === 'number' ? total : 0,
	};
}

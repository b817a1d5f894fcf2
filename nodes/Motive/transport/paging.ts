import type { IDataObject } from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import type { MotiveList } from '../motive/lists';
import { parseText, unwrapEntry } from '../motive/parse';
import type { SendRequest } from './request';

/** The most that Motive puts on one page. */
const PAGE_SIZE = 100;

/** Which entries of a list are wanted. */
export interface WantedEntries {
	query?: IDataObject;
	/** Whether an entry is wanted; all are unless given. */
	accepts?: (entry: JsonObject) => boolean;
	/** Most entries; all unless given. */
	limit?: number;
}

/**
 * Requests a list, page after page, until all wanted entries are there.
 *
 * @param request how a request is sent, with whatever repeating the caller wants
 * @returns the entries without their wrappers, in Motive's order, each once: a list that grows while it is read moves
 * entries to the next page
 * @throws MotiveFailure `unreadable` when an answer is not such a list, and whatever `request` throws
 * @see https://developer-docs.gomotive.com/docs/pagination
 */
export async function requestAll(
	request: SendRequest,
	list: MotiveList,
	{ query = {}, accepts = () => true, limit = Infinity }: WantedEntries = {},
): Promise<JsonObject[]> {
	const wanted: JsonObject[] = [];
	const known = new Set<unknown>();
	let read = 0;
	for (let page = 1; ; page++) {
		const answer = await request({
			method: 'GET',
			path: list.path,
			query: { ...query, ...list.only, per_page: PAGE_SIZE, page_no: page },
			expected: [list.plural],
		});
		const { entries, rowCount, total } = parsePage(answer, list);
		const fresh = entries.filter(({ id }) => id === undefined || !known.has(id));
		for (const { id } of fresh) known.add(id);
		wanted.push(...fresh.filter((entry) => isOf(list, entry) && accepts(entry)));
		read += rowCount;
		if (wanted.length >= limit) return wanted.slice(0, limit);
		// A page without anything new ends even a list that ignores the number of the page.
		if (fresh.length === 0 || isLastPage(read, rowCount, total)) return wanted;
	}
}

/** Whether an entry is one of those that the list is made of: checked, because Motive may ignore what it was asked. */
function isOf({ only = {} }: MotiveList, entry: JsonObject): boolean {
	return Object.entries(only).every(([name, word]) => {
		const given = parseText(entry, name) ?? word;
		return given.toLowerCase() === word;
	});
}

/** Without a count, a page that is not full is the last one. */
function isLastPage(read: number, rowCount: number, total: number | undefined): boolean {
	return total === undefined ? rowCount < PAGE_SIZE : read >= total;
}

function parsePage(answer: unknown, { path, plural, singular }: MotiveList) {
	const rows = isObject(answer) ? answer[plural] : undefined;
	if (!isObject(answer) || !Array.isArray(rows)) {
		const detail = `The answer to ${path} is not a list of ${plural}`;
		throw new MotiveFailure('unreadable', { detail });
	}
	return {
		entries: rows.map((row: unknown) => unwrapEntry(row, singular)).filter(isObject),
		rowCount: rows.length,
		total: parseTotal(answer),
	};
}

/** The count stands in `pagination`, or in lists of events beside the entries. */
function parseTotal(answer: JsonObject): number | undefined {
	const { total } = isObject(answer['pagination']) ? answer['pagination'] : answer;
	return typeof total === 'number' ? total : undefined;
}

import type { IDataObject } from 'n8n-workflow';

import { unreadable } from '../motive/jobAnswer';
import { isObject, type JsonObject } from '../motive/json';
import { isEntryOf, type MotiveList } from '../motive/lists';
import {
	isList,
	parseId,
	parseNumber,
	parseObject,
	parseValue,
	unwrap,
	unwrapEntry,
	type Id,
} from '../motive/parse';
import type { SendRequest } from './request';

/** The most that Motive puts on one page; it may put less there than it was asked for. */
const PAGE_SIZE = 100;

/** More pages than this of entries without an id are taken for a list that has no end. */
const MOST_PAGES_WITHOUT_IDS = 1_000;

/** Which entries of a list are wanted. */
export interface WantedEntries {
	query?: IDataObject;
	/** Whether an entry is wanted; all are unless given. */
	accepts?: (entry: JsonObject) => boolean;
	/** Most entries; all unless given. */
	limit?: number;
}

/** One page of a list. */
interface Page {
	/** Without their wrappers. */
	entries: JsonObject[];
	/** How many there are, with those that cannot be read. */
	rowCount: number;
	/** How many entries all pages have together, if Motive says so. */
	total: number | null;
}

/**
 * Requests a list, page after page, until all wanted entries are there. A list has ended when all entries that it counts
 * were read, or when a page brings nothing new. Where it counts more, one such page may have come because entries have
 * moved on by a page in the meantime, so it takes two.
 *
 * @param request how a request is sent, with whatever repeating the caller wants
 * @returns the entries without their wrappers, in Motive's order, each once
 * @throws MotiveFailure `unreadable` when an answer is not such a list, or the list has no end; and whatever `request`
 * throws
 * @see https://developer-docs.gomotive.com/docs/pagination
 */
export async function requestAll(
	request: SendRequest,
	list: MotiveList,
	{ query = {}, accepts = () => true, limit = Infinity }: WantedEntries = {},
): Promise<JsonObject[]> {
	const wanted: JsonObject[] = [];
	const known = new Set<string>();
	let pagesWithoutNews = 0;
	let pagesWithoutIds = 0;
	for (let page = 1; ; page++) {
		const answer = await request({
			method: 'GET',
			path: list.path,
			query: { ...query, ...list.only, per_page: PAGE_SIZE, page_no: page },
			expected: [list.plural],
		});
		const { entries, rowCount, total } = parsePage(answer, list);
		const fresh = entries.filter((entry) => !known.has(keyOf(entry)));
		for (const entry of fresh) known.add(keyOf(entry));
		wanted.push(...fresh.filter((entry) => isEntryOf(list, entry) && accepts(entry)));
		if (wanted.length >= limit) return wanted.slice(0, limit);

		pagesWithoutNews = fresh.length === 0 ? pagesWithoutNews + 1 : 0;
		pagesWithoutIds = entries.some((entry) => idOf(entry) !== null) ? 0 : pagesWithoutIds + 1;
		const mostWithoutNews = total !== null && known.size < total ? 2 : 1;
		if (rowCount === 0 || known.size === total || pagesWithoutNews >= mostWithoutNews)
			return wanted;
		if (pagesWithoutIds >= MOST_PAGES_WITHOUT_IDS)
			throw unreadable(`The list at ${list.path} does not end`);
	}
}

function parsePage(answer: unknown, { path, plural, singular }: MotiveList): Page {
	const json = unwrap(answer, [plural]) ?? {};
	const list = parseValue(json, plural);
	if (!isList(list)) throw unreadable(`The answer to ${path} is not a list of ${plural}`);
	const rows: unknown[] = Object.values(list);
	return {
		entries: rows.map((row) => unwrapEntry(row, singular)).filter(isObject),
		rowCount: rows.length,
		// In lists of events it stands beside the entries.
		total: parseNumber(parseObject(json, 'pagination'), 'total') ?? parseNumber(json, 'total'),
	};
}

/** What tells an entry from others: its id, or all that it says where it has none. */
function keyOf(entry: JsonObject): string {
	return String(idOf(entry) ?? JSON.stringify(entry));
}

function idOf(entry: JsonObject): Id | null {
	return parseId(entry, 'id');
}

import type { IDataObject } from 'n8n-workflow';

import { asError, MotiveFailure } from '../motive/failure';
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
import type { MotiveRequest, SendRequest } from './request';

/** The most that Motive puts on one page; it may put less there than it was asked for. */
const PAGE_SIZE = 100;

/** More pages than this of entries without an id are taken for a list that has no end. */
const MOST_PAGES_WITHOUT_IDS = 1_000;

/** Most pages that are requested before it is their turn. */
const MOST_PAGES_AHEAD = 10;

/** Which entries of a list are wanted. */
export interface WantedEntries {
	query?: IDataObject;
	/** Whether an entry is wanted; all are unless given. */
	accepts?: (entry: JsonObject) => boolean;
	/** Most entries; all unless given. */
	limit?: number;
	/** Whether pages that will be needed are requested at the same time; one after another unless given. */
	sideBySide?: boolean;
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
 * Side by side, pages are requested ahead as far as they are sure to be needed, once a second page has shown that the count
 * can be believed. Entries that move while the list is read do not get lost: pages from before the move are requested
 * again.
 *
 * @param request how a request is sent, with whatever repeating the caller wants
 * @returns the entries without their wrappers, in Motive's order, each once
 * @throws MotiveFailure `unreadable` when an answer is not such a list, or the list has no end; and whatever `request`
 * throws, where a `notFound` is about the list
 * @see https://developer-docs.gomotive.com/docs/pagination
 */
export async function requestAll(
	request: SendRequest,
	list: MotiveList,
	{ query = {}, accepts = () => true, limit = Infinity, sideBySide = false }: WantedEntries = {},
): Promise<JsonObject[]> {
	const pages = new Pages(async (page) => await requestPage(request, list, query, page));
	const wanted: JsonObject[] = [];
	const known = new Set<string>();
	// Different ones only, the newest last.
	const counts: number[] = [];
	let isSteady = true;
	let fullPage = 1;
	let pagesWithoutNews = 0;
	let pagesWithoutIds = 0;
	for (let page = 1; ; page++) {
		const { entries, rowCount, total } = await pages.read(page);
		const fresh = entries.filter((entry) => !known.has(keyOf(entry)));
		const hasChanged = total !== null && total !== (counts.at(-1) ?? total);
		if (hasChanged || fresh.length < entries.length) {
			pages.forget();
			isSteady = false;
		}
		const hasShrunk = hasChanged && total < Math.min(...counts);
		if (total !== null && total !== counts.at(-1)) counts.push(total);
		if (hasShrunk && page > 1) {
			// What stood at the top of this page may be at the end of the one before now, where the rest is no news.
			page -= 2;
			pagesWithoutNews--;
			continue;
		}
		for (const entry of fresh) known.add(keyOf(entry));
		wanted.push(...fresh.filter((entry) => isEntryOf(list, entry) && accepts(entry)));
		if (wanted.length >= limit) return wanted.slice(0, limit);

		// Also of entries that are gone by now, because they are known as well.
		const count = Math.max(...counts);
		pagesWithoutNews = fresh.length === 0 ? pagesWithoutNews + 1 : 0;
		pagesWithoutIds = entries.some((entry) => idOf(entry) !== null) ? 0 : pagesWithoutIds + 1;
		const mostWithoutNews = known.size < count ? 2 : 1;
		if (rowCount === 0 || known.size === count || pagesWithoutNews >= mostWithoutNews)
			return wanted;
		if (pagesWithoutIds >= MOST_PAGES_WITHOUT_IDS)
			throw unreadable(`The list at ${list.path} does not end`);

		fullPage = Math.max(fullPage, rowCount);
		if (sideBySide && isSteady && page > 1) {
			const missing = Math.min(count - known.size, limit - wanted.length);
			pages.readAhead(page + 1, Math.min(Math.ceil(missing / fullPage), MOST_PAGES_AHEAD));
		}
	}
}

/**
 * Requests a list as `requestAll` does, if that takes no more requests than `most`, as far as its first page tells.
 *
 * @returns undefined when it takes more
 */
export async function requestAllWithin(
	most: number,
	request: SendRequest,
	list: MotiveList,
	wanted: WantedEntries = {},
): Promise<JsonObject[] | undefined> {
	const { query = {} } = wanted;
	const first = await sendFor(request, list, pageRequest(list, query, 1));
	const { rowCount, total } = parsePage(first, list);
	const pages = total === null ? Infinity : Math.ceil(total / Math.max(rowCount, 1));
	if (pages > most) return undefined;
	const there = [first];
	return await requestAll(async (what) => there.pop() ?? (await request(what)), list, wanted);
}

/** The pages of a list, some of which are requested before it is their turn. */
class Pages {
	private readonly underWay = new Map<number, Promise<Page>>();

	constructor(private readonly request: (page: number) => Promise<Page>) {}

	async read(page: number): Promise<Page> {
		const reading = this.underWay.get(page) ?? this.request(page);
		this.underWay.delete(page);
		return await reading;
	}

	readAhead(first: number, count: number): void {
		for (let page = first; page < first + count; page++) {
			if (this.underWay.has(page)) continue;
			const reading = this.request(page);
			this.underWay.set(page, reading);
			// Who reads the page is told; where nobody does, the list has ended before it.
			reading.catch(() => undefined);
		}
	}

	/** Lets the pages that are under way be requested again. */
	forget(): void {
		this.underWay.clear();
	}
}

async function requestPage(
	request: SendRequest,
	list: MotiveList,
	query: IDataObject,
	page: number,
): Promise<Page> {
	return parsePage(await sendFor(request, list, pageRequest(list, query, page)), list);
}

async function sendFor(
	request: SendRequest,
	list: MotiveList,
	page: MotiveRequest,
): Promise<unknown> {
	try {
		return await request(page);
	} catch (error) {
		throw aboutList(error, list);
	}
}

/** Every company has every list, empty or not: where one is missing, the address is wrong and not what is looked for. */
function aboutList(failure: unknown, { things }: MotiveList): Error {
	if (!(failure instanceof MotiveFailure && failure.kind === 'notFound')) return asError(failure);
	const detail = `Motive has no list of ${things}`;
	const advice = 'Check the Base URL of the credential, which usually is https://api.gomotive.com.';
	return new MotiveFailure('notFound', { ...failure.facts, detail, advice });
}

function pageRequest(list: MotiveList, query: IDataObject, page: number): MotiveRequest {
	return {
		method: 'GET',
		path: list.path,
		query: { ...query, ...list.only, per_page: PAGE_SIZE, page_no: page },
		expected: [list.plural],
	};
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

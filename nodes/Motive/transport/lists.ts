import type { IDataObject } from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import type { MotiveApi } from './request';

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

/** All vehicles, also the deactivated ones. */
export const VEHICLES: MotiveList = {
	path: '/v1/vehicles',
	plural: 'vehicles',
	singular: 'vehicle',
};

/**
 * All assets.
 *
 * @see https://developer.gomotive.com/reference/list-all-the-company-assets
 */
export const ASSETS: MotiveList = { path: '/v1/assets', plural: 'assets', singular: 'asset' };

/**
 * Hard brakes, crashes and what the cameras notice.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const SAFETY_EVENTS: MotiveList = {
	path: '/v2/driver_performance_events',
	plural: 'driver_performance_events',
	singular: 'driver_performance_event',
};

/**
 * Where a vehicle was faster than allowed.
 *
 * @see https://developer.gomotive.com/docs/step-3-view-the-speeding-events
 */
export const SPEEDING_EVENTS: MotiveList = {
	path: '/v1/speeding_events',
	plural: 'speeding_events',
	singular: 'speeding_event',
};

/**
 * Vehicles that are in use, with their newest location; those with a Vehicle Gateway only.
 *
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export const VEHICLE_LOCATIONS: MotiveList = {
	path: '/v3/vehicle_locations',
	plural: 'vehicles',
	singular: 'vehicle',
};

/** Which entries of a list are wanted. */
export interface ListWish {
	query?: IDataObject;
	/** Whether an entry is wanted; all are unless given. */
	accepts?: (entry: JsonObject) => boolean;
	/** Most entries; all unless given. */
	limit?: number;
}

/**
 * Reads a list, page after page, until all wanted entries are there.
 *
 * @param send how a request is sent, with whatever repeating the caller wants
 * @returns the entries without their wrappers, in Motive's order, each once: a list that grows while it is read moves
 * entries to the next page
 * @throws MotiveFailure `unreadable` when an answer is not such a list, and whatever `send` throws
 * @see https://developer-docs.gomotive.com/docs/pagination
 */
export async function readAll(
	send: MotiveApi['send'],
	list: MotiveList,
	{ query = {}, accepts = () => true, limit = Infinity }: ListWish = {},
): Promise<JsonObject[]> {
	const wanted: JsonObject[] = [];
	const known = new Set<unknown>();
	let read = 0;
	for (let page = 1; ; page++) {
		const answer = await send({
			method: 'GET',
			path: list.path,
			query: { ...query, per_page: PAGE_SIZE, page_no: page },
		});
		const { entries, rowCount, total } = readPage(answer, list);
		const fresh = entries.filter(({ id }) => id === undefined || !known.has(id));
		for (const { id } of fresh) known.add(id);
		wanted.push(...fresh.filter(accepts));
		read += rowCount;
		if (wanted.length >= limit) return wanted.slice(0, limit);
		// A page without anything new ends even a list that ignores the number of the page.
		if (fresh.length === 0 || isLastPage(read, rowCount, total)) return wanted;
	}
}

/** Takes the object out of its single key, as in `{ "vehicle": { … } }`; anything else comes back as it is. */
export function unwrapEntry(value: unknown, singular: string): unknown {
	return isObject(value) && isObject(value[singular]) ? value[singular] : value;
}

/** Without a count, a page that is not full is the last one. */
function isLastPage(read: number, rowCount: number, total: number | undefined): boolean {
	return total === undefined ? rowCount < PAGE_SIZE : read >= total;
}

function readPage(answer: unknown, { path, plural, singular }: MotiveList) {
	const rows = isObject(answer) ? answer[plural] : undefined;
	if (!isObject(answer) || !Array.isArray(rows)) {
		throw new MotiveFailure('unreadable', {
			detail: `The answer to ${path} is not a list of ${plural}`,
		});
	}
	return {
		entries: rows.map((row: unknown) => unwrapEntry(row, singular)).filter(isObject),
		rowCount: rows.length,
		total: readTotal(answer),
	};
}

/** The count stands in `pagination`, or in lists of events beside the entries. */
function readTotal(answer: JsonObject): number | undefined {
	const { total } = isObject(answer['pagination']) ? answer['pagination'] : answer;
	return typeof total === 'number' ? total : undefined;
}

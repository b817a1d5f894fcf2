import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { parseMoment } from '../motive/moment';
import { isActive } from '../motive/records';
import { wordKey } from './choices';

/**
 * What narrows a list down. It is asked of Motive where Motive is known to have a parameter for it, to save requests,
 * and checked here in any case, so that the result does not depend on what Motive makes of the parameter.
 */
export interface ListFilter {
	/** What is asked of Motive. */
	query: IDataObject;
	accepts: (entry: JsonObject) => boolean;
}

/** How long before and after a moment its calendar day can begin or end, wherever the company is (ms). */
const ZONE_MARGIN_MS = 12 * 60 * 60 * 1_000;

/** All filters as one. */
export function allOf(filters: readonly ListFilter[]): ListFilter {
	return {
		query: Object.assign({}, ...filters.map(({ query }) => query)) as IDataObject,
		accepts: (entry) => filters.every((filter) => filter.accepts(entry)),
	};
}

/** Entries that belong to one of some ids, which go to Motive as a list under the name `parameter`. */
export function byIds(
	ids: readonly number[],
	parameter: string,
	idsOf: (entry: JsonObject) => readonly unknown[],
): ListFilter {
	const wanted = ids.map(String);
	return {
		query: { [parameter]: [...ids] },
		accepts: (entry) => idsOf(entry).some((id) => wanted.includes(String(id))),
	};
}

/** Entries with one of some words, however it is spelled; a single word goes to Motive under the name `parameter`. */
export function byWords(
	words: readonly string[],
	parameter: string | undefined,
	wordOf: (entry: JsonObject) => unknown,
): ListFilter {
	const wanted = words.map(wordKey);
	const [only] = words;
	return {
		query:
			parameter !== undefined && words.length === 1 && only !== undefined
				? { [parameter]: only }
				: {},
		accepts: (entry) => wanted.includes(wordKey(String(wordOf(entry)))),
	};
}

/** Vehicles or assets that are in use, or that are not; Motive has a parameter for it with assets. */
export function byActivity(active: boolean, parameter?: string): ListFilter {
	return {
		// Motive has several words for those that are not in use.
		query: active && parameter !== undefined ? { [parameter]: 'active' } : {},
		accepts: (entry) => isActive(entry) === active,
	};
}

/**
 * Entries that changed at a moment (ms) or later. Those that do not say when they changed are accepted, because Motive
 * was asked the same.
 *
 * @param timeZone for times of Motive's that come without one
 */
export function updatedAfter(moment: number, timeZone: string): ListFilter {
	return {
		query: { updated_after: new Date(moment).toISOString() },
		accepts: ({ updated_at: at }) => timeOf(at, timeZone, moment) >= moment,
	};
}

/**
 * Events that began at a moment (ms) or later. Motive takes whole days and does not say in whose time zone, so it is
 * asked for half a day more. Events without a time are accepted: better one too many than one lost.
 *
 * @param timeZone for times of Motive's that come without one
 */
export function startedFrom(moment: number, timeZone: string): ListFilter {
	return {
		query: { start_date: dayOf(moment - ZONE_MARGIN_MS) },
		accepts: ({ start_time: at }) => timeOf(at, timeZone, moment) >= moment,
	};
}

/** Events that began at a moment (ms) or before; the rest as with `startedFrom`. */
export function startedUntil(moment: number, timeZone: string): ListFilter {
	return {
		query: { end_date: dayOf(moment + ZONE_MARGIN_MS) },
		accepts: ({ start_time: at }) => timeOf(at, timeZone, moment) <= moment,
	};
}

function timeOf(value: unknown, timeZone: string, otherwise: number): number {
	const time = parseMoment(value, timeZone);
	return Number.isNaN(time) ? otherwise : time;
}

function dayOf(moment: number): string {
	return new Date(moment).toISOString().slice(0, 10);
}

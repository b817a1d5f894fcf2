import { parseEvent } from '../../motive/event';
import { isObject, type JsonObject } from '../../motive/json';
import type { View } from '../../report/report';
import type { ReportsBy } from './parameters';

/** An input item, as far as reports are concerned. */
export interface ReportItem {
	itemIndex: number;
	/** What happened, if the item says so. */
	event: JsonObject | null;
	json: JsonObject;
	views: View[];
}

/** Items of the same event. */
export interface ItemGroup {
	event: JsonObject | null;
	items: ReportItem[];
}

/** The event that an item brings along: under `event`, as the triggers give it, or as the item itself. */
export function eventIn(json: JsonObject): JsonObject | null {
	const { event } = json;
	if (isObject(event)) return event;
	const { id, type, occurred_at } = parseEvent(json);
	return id === null || type === null || occurred_at === null ? null : json;
}

/**
 * Puts items into reports, and those of a report into groups of the same event, all in the order in which they came.
 * Where all goes into one report and there is one event only, items without an event belong to it.
 *
 * @returns the groups of each report
 */
export function groupItems(items: readonly ReportItem[], by: ReportsBy): ItemGroup[][] {
	const groups = new Map<string, ItemGroup>();
	for (const item of items) {
		const key = keyOf(item.event);
		const group = groups.get(key) ?? { event: item.event, items: [] };
		group.items.push(item);
		groups.set(key, group);
	}
	const all = [...groups.values()];
	if (by === 'event' || all.length === 0) return all.map((group) => [group]);
	const [only, ...others] = all.filter(({ event }) => event !== null);
	return [only && others.length === 0 ? [{ ...only, items: [...items] }] : all];
}

/** Events are told apart by their id; those without one by all they say. */
function keyOf(event: JsonObject | null): string {
	if (event === null) return '';
	const { id } = parseEvent(event);
	return id === null ? JSON.stringify(event) : String(id);
}

import { json, type Answer, type JsonObject } from './answers.mts';
import type { Call } from './host.mts';
import { positiveInteger } from './values.mts';

const PER_PAGE = 25;
const MAX_PER_PAGE = 100;

/** One page of a list; the count stands in `pagination`. */
export function page(key: string, items: readonly JsonObject[], call: Call): Answer {
	const { rows, pagination } = cut(items, call);
	return json({ [key]: rows, pagination });
}

/** One page of a list of events; the count stands beside the events, as others have met it at Motive. */
export function eventPage(key: string, items: readonly JsonObject[], call: Call): Answer {
	const { rows, pagination } = cut(items, call);
	return json({ [key]: rows, ...pagination });
}

/** As `eventPage`, with items that are worked out only when they are on the page. */
export async function workedOutEventPage<Item>(
	key: string,
	items: readonly Item[],
	call: Call,
	workOut: (item: Item) => Promise<JsonObject>,
): Promise<Answer> {
	const { rows, pagination } = cut(items, call);
	return json({ [key]: await Promise.all(rows.map(workOut)), ...pagination });
}

function cut<Item>(items: readonly Item[], { query }: Call) {
	const per_page = Math.min(positiveInteger(query['per_page']) ?? PER_PAGE, MAX_PER_PAGE);
	const page_no = positiveInteger(query['page_no']) ?? 1;
	const start = (page_no - 1) * per_page;
	return {
		rows: items.slice(start, start + per_page),
		pagination: { per_page, page_no, total: items.length },
	};
}

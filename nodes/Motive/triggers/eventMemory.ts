import { isObject } from '../motive/json';

/** What the Motive Polling Trigger remembers between two polls. Moments are milliseconds since the epoch. */
export interface EventMemory {
	/** The kind of event that it is about. */
	kind: string;
	/** Everything that began at this moment or later, and was listed, is in `seen`. */
	since: number;
	/** When each event began, by what tells it from others. */
	seen: Record<string, number>;
	/** The page of the list with which the next poll begins: 1, unless the last one could not read all of it in time. */
	page: number;
	/** Whether the list was read to its end at least once. What is found before that was there already. */
	isComplete: boolean;
}

/** An event of a list, as far as the memory needs to know it. */
export interface ListedEvent {
	/** What tells it from others. */
	key: string;
	/** When it began (ms); undefined if it does not say. */
	at: number | undefined;
}

/** What one poll has read. */
export interface Reading<Event extends ListedEvent> {
	kind: string;
	/** Begin of the look-back window (ms). */
	from: number;
	/** When the list was read (ms). */
	now: number;
	events: readonly Event[];
	/** The page to begin with the next time: 1 when the list was read to its end. */
	nextPage: number;
}

/**
 * Tells which events are new, oldest first, and what is to be remembered once they are out. Cameras upload hours late,
 * so an event is new when its id is, and not when it is younger than the last one.
 *
 * An id is forgotten when its event is older than the window, and no sooner, so that an event that is missing from the
 * list for a while does not come twice.
 *
 * @param before what was remembered so far; undefined at the first poll ever
 */
export function compare<Event extends ListedEvent>(
	{ kind, from, now, events, nextPage }: Reading<Event>,
	before: EventMemory | undefined,
): { fresh: Event[]; memory: EventMemory } {
	const known = before?.kind === kind ? before : undefined;
	// One that does not say when it began is kept in mind as long as it is listed.
	const timeOf = ({ at }: ListedEvent) => at ?? now;
	const inWindow = events.filter((event) => timeOf(event) >= from);
	// What began before the time that is known was out of the window so far, and is only in it since that is longer.
	const isNew = (event: Event) =>
		known !== undefined &&
		known.isComplete &&
		!Object.hasOwn(known.seen, event.key) &&
		timeOf(event) >= known.since;
	const remembered = Object.entries(known?.seen ?? {}).filter(([, at]) => at >= from);
	return {
		fresh: inWindow.filter(isNew).sort((one, other) => timeOf(one) - timeOf(other)),
		memory: {
			kind,
			since: from,
			seen: Object.fromEntries([
				...remembered,
				...inWindow.map((event) => [event.key, timeOf(event)] as const),
			]),
			page: nextPage,
			isComplete: known?.isComplete === true || nextPage === 1,
		},
	};
}

/** Reads what n8n has kept of a memory; undefined unless it is complete. */
export function parseMemory(value: unknown): EventMemory | undefined {
	const { kind, since, seen, page, isComplete } = isObject(value) ? value : {};
	if (typeof kind !== 'string' || typeof since !== 'number' || !isObject(seen)) return undefined;
	const times = Object.entries(seen).filter(
		(entry): entry is [string, number] => typeof entry[1] === 'number',
	);
	return {
		kind,
		since,
		seen: Object.fromEntries(times),
		page: typeof page === 'number' ? page : 1,
		isComplete: isComplete !== false,
	};
}

/**
 * The memory that n8n has kept, and what was added to it since.
 *
 * @param added what later polls have remembered of events that started nothing
 */
export function withAdded(
	kept: EventMemory | undefined,
	added: EventMemory | undefined,
): EventMemory | undefined {
	if (kept === undefined || added?.kind !== kept.kind) return kept;
	return { ...added, since: kept.since, seen: { ...added.seen, ...kept.seen } };
}

import { FLEET_LISTS, fleetEntries, type FleetEntry, type FleetKind } from '../motive/fleet';
import type { Clock } from '../polling/clock';
import { requestAll, requestAllWithin } from './paging';
import type { SendRequest } from './request';

/** Reads the vehicles, assets or drivers of the company. */
export interface RequestFleet {
	(kind: FleetKind): Promise<readonly FleetEntry[]>;
	/**
	 * @param most how many requests it may take; with 0 the list has to be there already
	 * @returns undefined when it takes more
	 */
	(kind: FleetKind, most: number): Promise<readonly FleetEntry[] | undefined>;
}

/** How a list is read, and whose it is. */
export interface FleetReading {
	request: SendRequest;
	clock: Pick<Clock, 'now'>;
	/** See `MotiveConnection`. */
	account: string;
}

/** A list that was read, or is being read. */
interface KnownList {
	/** Undefined when it takes more requests than it was worth. */
	entries: Promise<readonly FleetEntry[] | undefined>;
	/** When it was there (ms); missing while it is being read. */
	readAt?: number;
}

/** How long a list is taken for what is there (ms): long enough for somebody who types into the search of a picker. */
const LIFE_MS = 60_000;

/** Most lists that are remembered. */
const MOST_LISTS = 8;

/** The lists of this process, by kind and account, the newest last. */
const known = new Map<string, KnownList>();

/**
 * Lets everything in this process that looks for a vehicle, an asset or a driver within a minute share one reading of the
 * list; who comes while it is being read waits for it.
 *
 * @returns a function that throws what `request` throws, and MotiveFailure `unreadable` when an answer is no list
 */
export function fleetLists({ request, clock, account }: FleetReading): RequestFleet {
	const read = async (kind: FleetKind, most: number): Promise<FleetEntry[] | undefined> => {
		const options = { sideBySide: true };
		const records = await requestAllWithin(most, request, FLEET_LISTS[kind], options);
		return records && fleetEntries(kind, records);
	};
	async function requestFleet(kind: FleetKind): Promise<readonly FleetEntry[]>;
	async function requestFleet(
		kind: FleetKind,
		most: number,
	): Promise<readonly FleetEntry[] | undefined>;
	async function requestFleet(
		kind: FleetKind,
		most = Infinity,
	): Promise<readonly FleetEntry[] | undefined> {
		const key = `${kind} ${account}`;
		const shared = known.get(key);
		const isThere = shared?.readAt !== undefined && clock.now() - shared.readAt < LIFE_MS;
		const isComing = shared !== undefined && shared.readAt === undefined && most > 0;
		if (isThere || isComing) {
			// Whoever reads it may be stopped, be less patient than who waits for it, or find it too long.
			const entries = await shared.entries.catch(() => undefined);
			if (entries) return entries;
		}
		if (most === 0) return undefined;
		const list: KnownList = { entries: read(kind, most) };
		remember(key, list);
		try {
			const entries = await list.entries;
			if (entries) list.readAt = clock.now();
			return entries;
		} finally {
			if (list.readAt === undefined && known.get(key) === list) known.delete(key);
		}
	}
	return requestFleet;
}

/**
 * Reads the vehicles, assets or drivers of the company page after page, whoever else may be reading them.
 *
 * @throws what `request` throws, and MotiveFailure `unreadable` when an answer is no list
 */
export async function requestFleetAlone(
	request: SendRequest,
	kind: FleetKind,
): Promise<readonly FleetEntry[]> {
	return fleetEntries(kind, await requestAll(request, FLEET_LISTS[kind]));
}

function remember(key: string, list: KnownList): void {
	known.delete(key);
	known.set(key, list);
	const [oldest] = known.keys();
	if (known.size > MOST_LISTS && oldest !== undefined) known.delete(oldest);
}

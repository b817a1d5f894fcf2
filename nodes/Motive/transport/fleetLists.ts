import { asError } from '../motive/failure';
import { FLEET_LISTS, fleetEntry, type FleetEntry, type FleetKind } from '../motive/fleet';
import type { Clock } from '../polling/clock';
import { requestAll } from './paging';
import type { SendRequest } from './request';

/** Reads the vehicles, assets or drivers of the company. */
export type RequestFleet = (kind: FleetKind) => Promise<readonly FleetEntry[]>;

/** How a list is read, and whose it is. */
export interface FleetReading {
	request: SendRequest;
	clock: Pick<Clock, 'now'>;
	/** See `MotiveConnection`. */
	account: string;
}

/** A list that was read, or is being read. */
interface KnownList {
	entries: Promise<readonly FleetEntry[]>;
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
	const read = async (kind: FleetKind): Promise<readonly FleetEntry[]> => {
		const records = await requestAll(request, FLEET_LISTS[kind]);
		return records.map((record) => fleetEntry(kind, record)).filter((entry) => entry !== undefined);
	};
	return async (kind) => {
		const key = `${kind} ${account}`;
		const shared = known.get(key);
		if (shared && (shared.readAt === undefined || clock.now() - shared.readAt < LIFE_MS)) {
			// Whoever reads it may be stopped, or be less patient than who waits for it.
			const entries = await shared.entries.catch(() => undefined);
			if (entries) return entries;
		}
		const list: KnownList = { entries: read(kind) };
		remember(key, list);
		try {
			const entries = await list.entries;
			list.readAt = clock.now();
			return entries;
		} catch (error) {
			if (known.get(key) === list) known.delete(key);
			throw asError(error);
		}
	};
}

function remember(key: string, list: KnownList): void {
	known.delete(key);
	known.set(key, list);
	const [oldest] = known.keys();
	if (known.size > MOST_LISTS && oldest !== undefined) known.delete(oldest);
}

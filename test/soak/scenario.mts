import seedrandom from 'seedrandom';
import type { Rate } from '../simulator/limits.mts';
import { makeFleet, positions, type Device, type Position } from '../simulator/fleet.mts';

const FIRST_EVENT_ID = 4_000_001;
/** An event with three pictures needs some more, in the long run. */
const REQUESTS_PER_EVENT = 12;
const KILL_EVERY_MS = 30_000;
const FIRST_KILL_MS = 20_000;

/** Something that happens to a vehicle of its own, so that each capture is known to belong to one event. */
export interface SoakEvent {
	id: number;
	/** Milliseconds after the beginning. */
	at: number;
	device: Device;
	/** The cameras that pictures are wanted of. */
	cameras: Position[];
}

/** What is done to n8n; `at` is in milliseconds after the beginning. */
export type Incident =
	| { at: number; kind: 'kill'; worker: 0 | 1 }
	| { at: number; kind: 'restart'; service: 'postgres' | 'redis' };

/** A soak before it happens. */
export interface Scenario {
	seed: string;
	fleet: Device[];
	/** In the order of time. */
	events: SoakEvent[];
	/** In the order of time. */
	incidents: Incident[];
	/** How many requests Motive takes: at times fewer than n8n would send. */
	limit: Rate;
}

/**
 * Events at random moments, each about one to five cameras; a kill of one of the workers every 30 s; PostgreSQL is
 * restarted after a third of the time and Redis after two thirds. The same arguments give the same scenario.
 * @param count number of events
 * @param length milliseconds in which they happen
 */
export function makeScenario(count: number, length: number, seed: string): Scenario {
	const random = seedrandom(seed);
	const upTo = (end: number) => Math.floor(random() * end);
	const fleet = makeFleet(count);
	const events = fleet
		.map((device, index) => ({
			id: FIRST_EVENT_ID + index,
			at: upTo(length),
			device,
			cameras: shuffled(positions, random).slice(0, 1 + upTo(positions.length)),
		}))
		.sort((one, other) => one.at - other.at);
	const kills = Math.max(0, Math.ceil((length - FIRST_KILL_MS) / KILL_EVERY_MS));
	const incidents: Incident[] = [
		...Array.from({ length: kills }, (_, index): Incident => {
			const at = FIRST_KILL_MS + index * KILL_EVERY_MS;
			return { at, kind: 'kill', worker: random() < 0.5 ? 0 : 1 };
		}),
		{ at: Math.round(length / 3), kind: 'restart', service: 'postgres' },
		{ at: Math.round((2 * length) / 3), kind: 'restart', service: 'redis' },
	];
	const perSecond = (REQUESTS_PER_EVENT * count) / (length / 1_000);
	return {
		...{ seed, fleet, events },
		incidents: incidents.sort((one, other) => one.at - other.at),
		limit: { perSecond, burst: 2 * perSecond },
	};
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
	return values
		.map((value) => ({ value, place: random() }))
		.sort((one, other) => one.place - other.place)
		.map(({ value }) => value);
}

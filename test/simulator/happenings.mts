import seedrandom from 'seedrandom';
import type { JsonObject } from './answers.mts';
import { driverOf, nestedDriver } from './drivers.mts';
import type { EventMedia } from './eventMedia.mts';
import { payloadOf } from './eventPayloads.mts';
import { safetyRecord, speedingRecord } from './eventRecords.mts';
import type { Device } from './fleet.mts';
import type { World } from './host.mts';

/** The two kinds of event that there are lists of. */
export type EventKind = 'safety' | 'speeding';

/** Something that happened on the road. Times are milliseconds since the epoch. */
export interface Happening {
	kind: EventKind;
	id: number;
	at: number;
	/** When Motive came to know of it. */
	knownAt: number;
	/** When it was last changed, which its record does not say. */
	changedAt: number;
	device: Device;
	/** As lists have it, without its media. */
	record: JsonObject;
}

/** What a test lets happen. */
export interface EventWish {
	/** Default: safety. */
	kind?: EventKind;
	/** Number of the vehicle; default T-118, or the first vehicle of another fleet. */
	device?: string;
	/** Default: now; earlier where a camera uploads late. */
	at?: number;
	/** Fields of the record, for example `type` or `metadata`. */
	fields?: JsonObject;
}

/** How lists of events are; a test may set it. */
export interface EventListSettings {
	/** Milliseconds from the moment that Motive knows of an event until lists have it. */
	listedAfterMs: number;
	/** Whether the fleet has its usual events of the last 30 days, besides those of the test. */
	usual: boolean;
	/** Which event comes first. */
	first: 'newest' | 'oldest';
}

const usualLists: EventListSettings = { listedAfterMs: 0, usual: true, first: 'newest' };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far back usual events go. */
const DAYS = 30;

/** One event of a kind begins in each slot of this length (ms), so that an event is the same whenever it is asked for. */
const SLOTS = { safety: 97 * MINUTE, speeding: 151 * MINUTE };

const records = { safety: safetyRecord, speeding: speedingRecord };

/** The first id of what a test lets happen; those of usual events are lower. */
const FIRST_ID = 9_000_001;

/** What happened on the road: the usual, and what a test lets happen. */
export class Happenings {
	/** As usual again after `clear`. */
	readonly lists: EventListSettings = { ...usualLists };
	private readonly ours: Happening[] = [];
	private readonly changes = new Map<number, { at: number; fields: JsonObject }>();
	private readonly withdrawn = new Set<number>();

	constructor(
		private readonly world: Pick<World, 'fleet' | 'clock'>,
		private readonly media: EventMedia,
	) {}

	/** Lets something happen, and tells its id. Unless said otherwise it is a hard brake of the driver who drives now. */
	happen({ kind = 'safety', device: name = 'T-118', at, fields }: EventWish = {}): number {
		const { fleet, clock } = this.world;
		const device = fleet.find((each) => each.name === name) ?? fleet[0];
		if (!device) throw new Error('an empty fleet');
		const now = clock.now();
		const id = FIRST_ID + this.ours.length;
		const driver = driverOf(device);
		const record = {
			...records[kind]({ id, at: at ?? now, device, random: seedrandom(`${kind}/${id}`) }),
			...(kind === 'safety' && { type: 'hard_brake', primary_behavior: ['hard_brake'] }),
			driver: driver ? nestedDriver(driver) : null,
			metadata: { severity: 'high' },
			...fields,
		};
		this.ours.push({ kind, id, at: at ?? now, knownAt: now, changedAt: now, device, record });
		return id;
	}

	/** Changes fields of an event, as a reviewer does who calls a crash a near miss. */
	change(id: number, fields: JsonObject): void {
		const before = this.changes.get(id)?.fields;
		this.changes.set(id, { at: this.world.clock.now(), fields: { ...before, ...fields } });
	}

	/** Takes an event out of the lists. */
	withdraw(id: number): void {
		this.withdrawn.add(id);
	}

	/** What lists of this kind have now, in their order. */
	listed(kind: EventKind): Happening[] {
		const { listedAfterMs, first } = this.lists;
		const now = this.world.clock.now();
		const listed = this.all(kind)
			.filter(({ id, knownAt }) => !this.withdrawn.has(id) && knownAt + listedAfterMs <= now)
			.sort((one, other) => other.at - one.at);
		return first === 'newest' ? listed : listed.reverse();
	}

	/**
	 * What a webhook gets of an event, with its media as they are now, whether or not lists have it. The action is the
	 * one of something new, or of a change where an event is made of several, unless it is given.
	 */
	async payload(id: number, action?: string): Promise<JsonObject> {
		const happening = [...this.all('safety'), ...this.all('speeding')].find(
			(each) => each.id === id,
		);
		if (!happening) throw new Error(`there is no event ${id}`);
		return await payloadOf(happening, this.media, action);
	}

	/** Forgets everything that tests have let happen, changed or withdrawn; ids start anew. */
	clear(): void {
		this.ours.length = 0;
		this.changes.clear();
		this.withdrawn.clear();
		Object.assign(this.lists, usualLists);
	}

	private all(kind: EventKind): Happening[] {
		const usual = this.lists.usual ? usualHappenings(kind, this.world) : [];
		const ours = this.ours.filter((happening) => happening.kind === kind);
		return [...ours, ...usual].map((happening) => {
			const change = this.changes.get(happening.id);
			if (!change) return happening;
			const record = { ...happening.record, ...change.fields };
			return { ...happening, record, changedAt: Math.max(happening.changedAt, change.at) };
		});
	}
}

/** What happened within the last 30 days, newest first. */
function usualHappenings(
	kind: EventKind,
	{ fleet, clock }: Pick<World, 'fleet' | 'clock'>,
): Happening[] {
	const now = clock.now();
	const length = SLOTS[kind];
	const driven = fleet.filter((device) => driverOf(device)).slice(0, 5);
	const last = Math.floor(now / length);
	return Array.from({ length: Math.floor((DAYS * DAY) / length) }, (_, index): Happening[] => {
		const slot = last - index;
		const id = 1_000_000 + slot;
		const random = seedrandom(`${kind}/${slot}`);
		const at = slot * length + Math.floor(random() * length);
		const device = driven[Math.floor(random() * driven.length)];
		const changedAt = at + Math.floor(random() * 2 * DAY);
		if (!device || at > now) return [];
		const record = records[kind]({ id, at, device, random });
		return [{ kind, id, at, knownAt: at, changedAt, device, record }];
	}).flat();
}

import type { JsonObject } from './answers.mts';
import type { Device, VideoPosition } from './fleet.mts';

/** The kinds of recall, and the lengths of each in minutes. */
export const durations = { regular: [1, 2, 3], timelapse: [5, 10, 15, 30, 45, 60] } as const;

/** One of the kinds of recall. */
export type RecallType = keyof typeof durations;

/** What somebody wants to see. */
export interface Footage {
	device: Device;
	/** Milliseconds since the epoch. */
	from: number;
	/** Minutes. */
	duration: number;
	type: RecallType;
	positions: readonly VideoPosition[];
}

/** One video recall that was started. Times are milliseconds since the epoch. */
export interface Recall extends Footage {
	id: string;
	startedAt: number;
	/** `Infinity`: never. */
	readyAt: number;
	/** How often its state was asked for. */
	polls: number;
}

/** Ids are hexadecimal, and as long as they begin with `8f` none of them can be read as a number. */
const FIRST_ID = 0x8f_0c_1a;

/** Whether the body of a request names this vehicle or asset. */
export function isNamedIn(
	{ vehicle_number, asset_name }: JsonObject,
	{ kind, name }: Device,
): boolean {
	return name === (kind === 'vehicle' ? vehicle_number : asset_name);
}

function monthOf(at: number): string {
	return new Date(at).toISOString().slice(0, 7);
}

/** The ledger of everything that was recalled, in the order of starting, and the minutes that may be. */
export class Recalls {
	readonly all: Recall[] = [];
	/** Minutes that may be recalled in a month (UTC); a test may set them. */
	readonly quota: Record<RecallType, number> = { regular: 300, timelapse: 600 };

	/** Writes down a recall that starts `now` and is ready `latency` milliseconds later. */
	start(footage: Footage, now: number, latency: number): Recall {
		const id = (FIRST_ID + this.all.length).toString(16);
		const recall: Recall = { ...footage, id, startedAt: now, readyAt: now + latency, polls: 0 };
		this.all.push(recall);
		return recall;
	}

	/** The recall with this id, which comes from a client. */
	find(id: unknown): Recall | undefined {
		return this.all.find((recall) => recall.id === id);
	}

	/** Whether the same was recalled before; which cameras does not matter. */
	has({ device, from, duration }: Footage): boolean {
		return this.all.some(
			(recall) => recall.device === device && recall.from === from && recall.duration === duration,
		);
	}

	/** Minutes recalled in the month of `now`. */
	used(type: RecallType, now: number): number {
		return this.all
			.filter((recall) => recall.type === type && monthOf(recall.startedAt) === monthOf(now))
			.reduce((sum, { duration }) => sum + duration, 0);
	}

	/** How many recalls of this vehicle or asset were started so far. */
	count(device: Device): number {
		return this.all.filter((recall) => recall.device === device).length;
	}

	/** Forgets everything and has the usual quota again; ids start anew. */
	clear(): void {
		this.all.length = 0;
		Object.assign(this.quota, { regular: 300, timelapse: 600 });
	}
}

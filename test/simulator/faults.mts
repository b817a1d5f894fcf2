import seedrandom from 'seedrandom';
import type { Answer, Edit } from './answers.mts';
import type { VideoPosition } from './fleet.mts';
import type { Route } from './routes.mts';

/**
 * Something that goes wrong: *where* (`on`, `device`, `position`), *how often* (`skip`, `times`, `chance`)
 * and *what* (`answer`, `effect`, `delay`, `connection`, `urlSeconds`). Everything left out means
 * "any", "always" or "as it truly is".
 *
 * A request does its work and is then answered. `effect: false` makes the work not happen; that is the
 * default when `answer` is fixed, since a refused request usually changed nothing.
 */
export interface Fault {
	/** Route it happens on; the image host has the routes `GET image` and `GET video`. */
	on?: Route;
	/** Vehicle number or asset name that the request is about. */
	device?: string;
	/** Camera position that the request is about; a recall is about several, each of its videos about one. */
	position?: VideoPosition;
	/** Lets this many matching requests pass first. */
	skip?: number;
	/** Strikes this many matching requests, then no more. */
	times?: number;
	/** Strikes with this probability, 0 to 1. */
	chance?: number;
	/** A fixed answer (missing parts: status 200, Motive's error body for a status of 400 and above), or a change to the true one. */
	answer?: Partial<Answer> | Edit;
	/** Whether the request does its work. */
	effect?: boolean;
	/** Milliseconds of the clock between the work and the answer. */
	delay?: number;
	/**
	 * What becomes of the connection: `reset` before a byte of the answer, `hang` without a byte of it,
	 * `cut` in the middle of the body, `stall` in the middle of the body and never go on.
	 */
	connection?: 'reset' | 'hang' | 'cut' | 'stall';
	/** Seconds that URLs of pictures and videos in the answer live from now; below 0: already expired. */
	urlSeconds?: number;
}

/** What a request is about, as far as it can be told. */
export interface Subject {
	route: string;
	device: string | undefined;
	position: VideoPosition | undefined;
}

/** The faults that are switched on. */
export class Faults {
	private active: Array<{ fault: Fault; matches: number; strikes: number }> = [];
	private random: () => number;

	constructor(private readonly seed: string) {
		this.random = seedrandom(seed);
	}

	/** Switches faults on. Where several match a request, the one added first strikes alone. */
	add(...faults: Fault[]): void {
		this.active.push(...faults.map((fault) => ({ fault, matches: 0, strikes: 0 })));
	}

	/** Switches all faults off. */
	clear(): void {
		this.active = [];
		this.random = seedrandom(this.seed);
	}

	/** The fault that strikes this request, if any; counts the request. */
	strike(subject: Subject): Fault | undefined {
		return this.active.find((entry) => {
			const { on, device, position, skip = 0, times = Infinity, chance = 1 } = entry.fault;
			if (on !== undefined && on !== subject.route) return false;
			if (device !== undefined && device !== subject.device) return false;
			if (position !== undefined && position !== subject.position) return false;
			entry.matches += 1;
			if (entry.matches <= skip || entry.strikes >= times || this.random() >= chance) return false;
			entry.strikes += 1;
			return true;
		})?.fault;
	}
}

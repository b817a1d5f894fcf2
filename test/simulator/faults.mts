import seedrandom from 'seedrandom';
import { all, type Answer, type Edit } from './answers.mts';
import type { Position, VideoPosition } from './fleet.mts';
import type { Route } from './routes.mts';
import type { Subject } from './subject.mts';

/**
 * Something that is not as usual: *where* (`on`, `device`, `position`, `when`), *how often* (`skip`, `times`, `chance`)
 * and *what* (all others). Everything left out means "any", "always" or "as it truly is".
 *
 * A request does its work and is then answered. `effect: false` makes the work not happen; that is the
 * default when `answer` is fixed, since a refused request usually changed nothing.
 */
export interface Fault {
	/** Route it happens on; the image host has the routes `GET image` and `GET video`. */
	on?: Route;
	/** Vehicle number or asset name that the request is about. */
	device?: string;
	/** Camera position that the request is about; a recall may be about several, each of its videos about one. */
	position?: VideoPosition;
	/** Whether a request counts that matches in all other ways; asked once for each. */
	when?: (subject: Subject) => boolean;
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
	/** What the server takes the request for: these parameters of path and query count in place of those that came. */
	asked?: { params?: Record<string, string>; query?: Record<string, string> };
	/**
	 * Positions whose pictures or videos a finished capture or recall brings, in place of those asked for. A position
	 * that is named twice brings two files; then the images of a capture are a list.
	 */
	brings?: readonly Position[];
	/** Milliseconds of the clock between the work and the answer; a function is asked for each request. */
	delay?: number | (() => number);
	/** The body goes out in parts of so many bytes, with so many milliseconds of the clock before each. */
	pace?: { bytes: number; ms: number };
	/**
	 * What becomes of the connection: `reset` before a byte of the answer, `hang` without a byte of it,
	 * `cut` in the middle of the body, `stall` in the middle of the body and never go on.
	 */
	connection?: 'reset' | 'hang' | 'cut' | 'stall';
	/** Seconds that URLs of pictures and videos in the answer live from now; below 0: already expired. */
	urlSeconds?: number;
}

/** What a server always does in its own way. */
export interface Profile {
	/**
	 * What is done with the next request: how the truth is told, where no fault gives a fixed answer, and what goes
	 * wrong, where no fault strikes.
	 */
	next(subject: Subject): { manner: Fault; trouble: Fault | undefined };
	/** Begins anew. */
	restart(): void;
}

/** The faults that are switched on. */
export class Faults {
	private active: Array<{ fault: Fault; matches: number; strikes: number }> = [];
	private random: () => number;

	constructor(
		private readonly seed: string,
		private readonly profile?: Profile,
	) {
		this.random = seedrandom(seed);
	}

	/** Switches faults on. Where several match a request, the one added first strikes alone. */
	add(...faults: Fault[]): void {
		this.active.push(...faults.map((fault) => ({ fault, matches: 0, strikes: 0 })));
	}

	/** Switches all faults off; what a profile does goes on from its beginning. */
	clear(): void {
		this.active = [];
		this.random = seedrandom(this.seed);
		this.profile?.restart();
	}

	/** The fault that strikes this request, if any; counts the request. */
	strike(subject: Subject): Fault | undefined {
		const struck = this.struck(subject);
		if (!this.profile) return struck;
		const { manner, trouble } = this.profile.next(subject);
		return inManner(manner, struck ?? trouble ?? {});
	}

	private struck(subject: Subject): Fault | undefined {
		return this.active.find((entry) => {
			const { on, device, position, when, skip = 0, times = Infinity, chance = 1 } = entry.fault;
			if (on !== undefined && on !== subject.route) return false;
			if (device !== undefined && device !== subject.device) return false;
			if (position !== undefined && position !== subject.position) return false;
			if (when?.(subject) === false) return false;
			entry.matches += 1;
			if (entry.matches <= skip || entry.strikes >= times || this.random() >= chance) return false;
			entry.strikes += 1;
			return true;
		})?.fault;
	}
}

/** A fault, told in this manner where it leaves something to tell. */
function inManner(manner: Fault, fault: Fault): Fault {
	if (typeof fault.answer === 'object') return fault;
	const edits = [fault.answer, manner.answer].filter((answer) => typeof answer === 'function');
	return { ...manner, ...fault, answer: all(...edits) };
}

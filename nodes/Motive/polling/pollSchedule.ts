/**
 * When to poll jobs, which Motive does in its own time.
 *
 * A job of age `a` that is not done yet gets done at some rate `r(a)`, per millisecond. After `i` milliseconds it is done
 * with a probability of `1 − exp(−r i)`, so a question is worth asking when `r i` has reached some threshold: the best
 * interval follows from how soon pending jobs get done, and not from how long it has taken already. With a threshold
 * that is the same for all, jobs of any pace are asked for equally often, and late by the same share of their time.
 *
 * The rate at an age is what the batch teaches: jobs found done near that age, divided by the time for which pending
 * jobs of about that age were watched (the likeliest value where jobs end at a steady rate). What was seen at other ages
 * counts half for each step of 20 % that lies between: enough jobs are near, and a rise at one age is seen at once.
 * What is usual stands in for it at first and counts as much as a few jobs (the conjugate prior). It is hasty on
 * purpose, as early questions cost little and teach all. The time before a job was found done does not count as
 * watched: for how much of it the job was already done is not known. So where most looks find a job done, the rate soars.
 *
 * A batch takes turns. Its first looks are spread over one doubling of the age, so that later ones are spread as well and
 * hardly an age goes by at which nobody looks. Whatever one look finds moves the next looks of all others forward or back.
 *
 * Where all jobs take the same time nothing ends for long, and the rate falls as if they took for ever. So no interval
 * is longer than the age at its start: by the doubling, others then look in between. A job that is alone has no others;
 * for it the limit is half of the age, and for `n` jobs `n / (n + 1)` of it.
 *
 * `npm run bench -- schedule` compares this with other schedules.
 */

/** Two polls of the same job are never closer together than this (ms). */
export const SHORTEST_INTERVAL_MS = 1_000;

/**
 * A pending job is asked for when its rate times the time since the look before has reached this. The higher it
 * is, the fewer the requests and the later the finds; with this, a usual camera needs fewer than six requests.
 */
export const THRESHOLD = 0.52;

/** The first poll of a job that is alone comes after this share of the usual wait: hardly any job is done before. */
const FIRST_POLL_SHARE = 3 / 7;

/** As many jobs must have been found done near an age until they count as much as what is usual. */
const USUAL_COUNT = 2;

/** Ages up to so many times each other are taken as one. */
const AGE_STEP = 1.2;

/** The share of the golden section: its multiples, without their whole parts, are spread evenly however many they are. */
const GOLDEN_SHARE = (Math.sqrt(5) - 1) / 2;

/** The share of the doubling that comes before the first poll of a job that is alone. */
const EARLY_SHARE = 0.4;

/** What is known about a batch before it is started. */
export interface UsualBatch {
	/** How long such a job usually takes beyond its first poll (ms). */
	usualWait: number;
	/** Jobs in the batch. */
	jobs: number;
}

/** A look at one job; ages in milliseconds since its start. */
export interface Look {
	/** Age at which it was last known to be pending. */
	from: number;
	/** Its age now. */
	to: number;
	isDone: boolean;
}

/** The poll schedule of one batch, which learns from every look. */
export class PollSchedule {
	/** How long a job that is alone has until its first look (ms). */
	private readonly firstInterval: number;
	/** Time for which pending jobs were watched (ms), by step of age. */
	private readonly watched: number[] = [];
	/** Jobs found done, by step of age. */
	private readonly done: number[] = [];
	/** Rates that were asked for since the last look, by step of age. */
	private rates: number[] = [];
	/** Jobs that have the time of their first look. */
	private begun = 0;

	constructor(private readonly batch: UsualBatch) {
		this.firstInterval = batch.usualWait * FIRST_POLL_SHARE;
	}

	/** How long to wait (ms) before the first look at a job; for each another time. */
	first(): number {
		const share = (this.begun++ * GOLDEN_SHARE + EARLY_SHARE) % 1;
		return this.firstInterval * 2 ** (share - EARLY_SHARE);
	}

	/** Learns from a look. */
	learn({ from, to, isDone }: Look): void {
		this.rates = [];
		if (isDone) {
			this.done[stepOf(to)] = (this.done[stepOf(to)] ?? 0) + 1;
			return;
		}
		for (let step = stepOf(from); step <= stepOf(to); step++) {
			const time = Math.min(to, ageAt(step + 1)) - Math.max(from, ageAt(step));
			this.watched[step] = (this.watched[step] ?? 0) + Math.max(0, time);
		}
	}

	/** How soon a job of this age gets done, per millisecond. */
	rate(age: number): number {
		const step = stepOf(age);
		return (this.rates[step] ??= this.estimate(step));
	}

	/**
	 * How long to wait (ms) between two looks at a job that was pending at the age of `lookedAt` and is `age` milliseconds
	 * old by now. What is learned meanwhile changes it.
	 */
	interval(lookedAt: number, age: number): number {
		const { jobs } = this.batch;
		return Math.min(THRESHOLD / this.rate(age), (lookedAt * jobs) / (jobs + 1));
	}

	private estimate(step: number): number {
		const near = (sums: readonly number[]) =>
			sums.reduce((all, sum, other) => all + sum * 2 ** -Math.abs(other - step), 0);
		const usuallyWatched = USUAL_COUNT * this.firstInterval;
		return (USUAL_COUNT + near(this.done)) / (usuallyWatched + near(this.watched));
	}
}

/** The step of an age, from 0; ages below the shortest interval are all in the first. */
function stepOf(age: number): number {
	return Math.floor(Math.log(Math.max(1, age / SHORTEST_INTERVAL_MS)) / Math.log(AGE_STEP));
}

/** The age (ms) at which a step begins. */
function ageAt(step: number): number {
	return step === 0 ? 0 : SHORTEST_INTERVAL_MS * AGE_STEP ** step;
}

/** Limits of a poll; moments in milliseconds of the same clock. */
export interface PollBounds {
	/** When Motive was asked last. */
	askedAt: number;
	/** Longest time between two polls, where it is longer than the shortest (ms). */
	longestInterval: number;
	/** Moment of the last poll that may still be made. */
	deadline: number;
}

/** The moment (ms) of a poll that is wanted after `interval` milliseconds; the deadline is good for one last look. */
export function pollAt(
	interval: number,
	{ askedAt, longestInterval, deadline }: PollBounds,
): number {
	const allowed = Math.max(Math.min(interval, longestInterval), SHORTEST_INTERVAL_MS);
	return Math.min(askedAt + Math.ceil(allowed), deadline);
}

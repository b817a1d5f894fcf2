/**
 * When to ask for work that Motive does in its own time.
 *
 * What is asked for every `i` seconds is found late by `i / 2` on average. What still takes `m` seconds on average costs
 * `m / i` questions, each worth some seconds of lateness, say `p`. The sum `i / 2 + p × m / i` is least at `i = √(2 p m)`:
 * the best interval follows from how long pending work still takes, and not from how long it has taken already.
 * For delays of networks and devices (lognormal) that hardly changes with time: where half of the pictures are there in
 * 8 s and 95 % in 25 s, it lies between 7 and 10 seconds from the 4th second to the 39th. So an interval that grows with
 * the time passed asks too often at first, and too rarely at the end, when one late picture keeps a whole batch waiting.
 *
 * A question must not be worth the same to fast and to slow cameras, or slow ones would be asked ever more often. Its
 * worth grows with `m` so that `i = m / 4`: work of any pace is asked for about five times, and late by an eighth of `m`.
 *
 * How long pending work still takes is what the batch teaches: the time for which its work was watched, divided by the
 * number of pieces found done (the likeliest value where work ends at a steady rate). What is usual stands in for it at
 * first and counts as much as five pieces (the conjugate prior). Work that does not end teaches as well: a single
 * capture of a camera out of reach is asked for every 2 s at first, then ever more rarely until the longest interval.
 *
 * Where all work takes the same time, nothing ends for long and the batch learns that it takes for ever. So no interval
 * is longer than half of the time passed, and nothing is late by more than half of the time that it took.
 *
 * `npm run bench -- schedule` compares this with other schedules.
 */

/** Two polls of the same work are never closer together than this (ms). */
export const SHORTEST_INTERVAL_MS = 1_000;

/** Questions in the time that pending work still takes. */
export const POLLS_PER_WAIT = 4;

/** The first poll comes after this share of the usual wait: hardly any work is done before. */
const FIRST_POLL_SHARE = 3 / 7;

/** As many pieces of work must have been found done until they count as much as what is usual. */
export const USUAL_COUNT = 5;

/** No interval is longer than this share of the time since the start. */
const LONGEST_SHARE = 1 / 2;

/** What watching has taught about how long pending work still takes. */
export interface Experience {
	/** Time between looks at work that was pending before, all pieces of work together (ms). */
	watched: number;
	/** Pieces of work that were found done in this time. */
	done: number;
}

/** What is known before the first look; `usualWait` is how long work usually takes beyond its first poll (ms). */
export function usualExperience(usualWait: number): Experience {
	return { watched: USUAL_COUNT * usualWait, done: USUAL_COUNT };
}

/** Experience with one more look at pending work, `elapsed` milliseconds after the look before. */
export function withLook(
	{ watched, done }: Experience,
	elapsed: number,
	isDone: boolean,
): Experience {
	return { watched: watched + Math.max(0, elapsed), done: done + (isDone ? 1 : 0) };
}

/** How long to wait (ms) before the first poll of work that was just started. */
export function firstInterval(usualWait: number): number {
	return usualWait * FIRST_POLL_SHARE;
}

/** How long to wait (ms) before the next poll of work that is still pending `elapsed` milliseconds after its start. */
export function nextInterval({ watched, done }: Experience, elapsed: number): number {
	return Math.min(watched / done / POLLS_PER_WAIT, elapsed * LONGEST_SHARE);
}

/** Limits of a poll; all values in milliseconds of the same clock. */
export interface PollTimes {
	now: number;
	/** Longest time between two polls, where it is longer than the shortest. */
	longestInterval: number;
	/** Moment of the last poll that may still be made. */
	deadline: number;
}

/**
 * The moment of a poll that is wanted after `interval` milliseconds; the deadline itself is good for one last look.
 *
 * @returns milliseconds, after `now` and never after the deadline, or undefined when the time is up
 */
export function pollAt(
	interval: number,
	{ now, longestInterval, deadline }: PollTimes,
): number | undefined {
	if (now >= deadline) return undefined;
	const allowed = Math.max(Math.min(interval, longestInterval), SHORTEST_INTERVAL_MS);
	return Math.min(now + Math.ceil(allowed), deadline);
}

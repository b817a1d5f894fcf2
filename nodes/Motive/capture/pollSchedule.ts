/** Before this moment (ms after the start) no camera is expected to have delivered. */
export const FIRST_POLL_MS = 3_000;

/** Two polls of one capture are never closer together than this (ms). */
export const SHORTEST_INTERVAL_MS = 1_000;

/**
 * Each wait is this share of the time that has passed already. A picture is then late by at most this share of
 * the time it took, however long that was, and the number of polls grows with the logarithm of the wait only.
 */
export const INTERVAL_SHARE = 0.35;

/** Where a capture stands in time; all values in milliseconds of the same clock. */
export interface PollMoment {
	startedAt: number;
	now: number;
	/** Longest time between two polls, where it is longer than the shortest. */
	longestInterval: number;
	/** Moment of the last poll that may still be made. */
	deadline: number;
}

/**
 * When to ask for a capture next: close together at first, later ones stretched up to the longest interval, and one
 * last look at the deadline itself.
 *
 * @returns the moment of the next poll (ms, after `now`, never after the deadline), or undefined when the time is up
 */
export function nextPollAt({ startedAt, now, longestInterval, deadline }: PollMoment): number | undefined {
	if (now >= deadline) return undefined;
	const elapsed = now - startedAt;
	const wanted = Math.min(Math.max(FIRST_POLL_MS - elapsed, elapsed * INTERVAL_SHARE), longestInterval);
	return Math.min(now + Math.ceil(Math.max(wanted, SHORTEST_INTERVAL_MS)), deadline);
}

/**
 * Time as the capture code sees it. Injected, so that tests decide how fast it passes.
 */
export interface Clock {
	/** Milliseconds since the epoch. */
	now: () => number;
	/**
	 * Resolves after `ms` milliseconds.
	 * Rejects as soon as `signal` is aborted (at once or within a second).
	 */
	sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

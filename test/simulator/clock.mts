/** The only source of time in the simulator, so that tests can put virtual time in its place. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms` milliseconds of this clock. */
	sleep(ms: number): Promise<void>;
}

/**
 * The clock of the process. It looks up `Date` and `setTimeout` at every call, so fakes that
 * replace these globals after the simulator has started are obeyed.
 */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms) =>
		await new Promise((resolve) => {
			// A request that is still held must not keep the process alive.
			setTimeout(resolve, ms).unref();
		}),
};

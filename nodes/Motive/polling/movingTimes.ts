import type { Clock } from './clock';

/** Someone who waits. */
interface Waiter {
	/** The moment (ms) as things stand. */
	due: () => number;
	go: () => void;
}

/** Lets many wait for moments that may still move, with one sleep for all. */
export class MovingTimes {
	private readonly waiting = new Set<Waiter>();
	/** The sleep under way, and when it ends (ms). */
	private sleep = { end: Infinity, stop: new AbortController() };

	/** @param signal ends all waiting when it is aborted */
	constructor(
		private readonly clock: Clock,
		private readonly signal: AbortSignal,
	) {}

	/**
	 * Waits until the moment (ms) has come that `due` names; it is asked again whenever moments have moved.
	 *
	 * @throws the signal's reason when it is aborted
	 */
	async wait(due: () => number): Promise<void> {
		await new Promise<void>((go) => {
			this.waiting.add({ due, go });
			this.sleepUntil(Math.min(this.sleep.end, due()));
		});
		this.signal.throwIfAborted();
	}

	/** Lets those go whose moment has come, and sleeps until the next. To be called when moments have moved. */
	move(): void {
		const now = this.clock.now();
		let next = Infinity;
		for (const waiter of this.waiting) {
			const at = this.signal.aborted ? now : waiter.due();
			if (at > now) {
				next = Math.min(next, at);
			} else {
				this.waiting.delete(waiter);
				waiter.go();
			}
		}
		this.sleepUntil(next);
	}

	private sleepUntil(end: number): void {
		if (end === this.sleep.end) return;
		this.sleep.stop.abort();
		this.sleep = { end, stop: new AbortController() };
		if (end < Infinity) void this.moveAfter(this.sleep);
	}

	private async moveAfter(sleep: { end: number; stop: AbortController }): Promise<void> {
		const either = AbortSignal.any([this.signal, sleep.stop.signal]);
		// When the signal ends it, all go and see the signal themselves.
		await this.clock.sleep(sleep.end - this.clock.now(), either).catch(() => undefined);
		if (sleep.stop.signal.aborted) return;
		this.sleep = { end: Infinity, stop: sleep.stop };
		this.move();
	}
}

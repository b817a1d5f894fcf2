import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '../../../nodes/Motive/polling/clock.ts';

interface Sleeper {
	until: number;
	wake: () => void;
}

/** More sleeps than any test has a use for: somebody asks again and again without time passing. */
const MOST_SLEEPS = 20_000;

const START = Date.parse('2026-07-02T18:00:00Z');

/**
 * A clock that jumps to the end of the next sleep as soon as nobody has anything else to do. Sleeps that end at the
 * same moment end in the order in which they began, so that a run is the same every time.
 */
export class VirtualClock implements Clock {
	private time = START;
	private sleepers: Sleeper[] = [];

	/** @param lag milliseconds after which a sleep notices that it is stopped; n8n's own need up to a second */
	constructor(private readonly lag = 0) {}

	now(): number {
		return this.time;
	}

	/** Milliseconds since the start. */
	get elapsed(): number {
		return this.time - START;
	}

	/** Number of sleeps that have not ended. */
	get sleeping(): number {
		return this.sleepers.length;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		const sleeper: Sleeper = {
			until: this.time + Math.max(0, Math.ceil(ms)),
			wake: () => undefined,
		};
		const hurry = () => {
			sleeper.until = Math.min(sleeper.until, this.time + this.lag);
		};
		const own = signal && AbortSignal.any([signal]);
		own?.addEventListener('abort', hurry);
		this.sleepers.push(sleeper);
		await new Promise<void>((resolve) => (sleeper.wake = resolve));
		own?.removeEventListener('abort', hurry);
		signal?.throwIfAborted();
	}

	/**
	 * Lets time pass until `work` is settled.
	 *
	 * @returns what `work` answers
	 * @throws what `work` throws, or an error when it waits for something that will never happen
	 */
	async run<T>(work: Promise<T>): Promise<T> {
		const state = { over: false };
		const end = () => {
			state.over = true;
		};
		void work.then(end, end);
		for (let sleeps = 0; sleeps < MOST_SLEEPS; sleeps++) {
			await nextTurn();
			if (state.over) return await work;
			if (!this.wakeNext())
				throw new Error(`Nothing will ever happen again, after ${this.elapsed} ms`);
		}
		throw new Error(`There is no end to it, after ${this.elapsed} ms`);
	}

	private wakeNext(): boolean {
		const until = Math.min(...this.sleepers.map((sleeper) => sleeper.until));
		const next = this.sleepers.find((sleeper) => sleeper.until === until);
		if (!next || until === Infinity) return false;
		this.time = Math.max(this.time, until);
		this.sleepers = this.sleepers.filter((sleeper) => sleeper !== next);
		next.wake();
		return true;
	}
}

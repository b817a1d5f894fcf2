import { setImmediate as nextTurn } from 'node:timers/promises';

import FakeTimers from '@sinonjs/fake-timers';

import type { Clock } from '../../../nodes/Motive/polling/clock.ts';

/** More sleeps than any test needs: something polls again and again without time passing. */
const MOST_SLEEPS = 20_000;

const START = Date.parse('2026-07-02T18:00:00Z');

/**
 * Virtual time for a single module, without HTTP: jumps to the end of the next sleep as soon as everything waits. Sleeps
 * that end at the same moment end in the order in which they began, so that a run is the same every time.
 */
export class VirtualClock implements Clock {
	private readonly timers = FakeTimers.createClock(START);

	/** @param lag milliseconds after which a sleep notices that it is stopped; n8n's own need up to a second */
	constructor(private readonly lag = 0) {}

	now(): number {
		return this.timers.now;
	}

	/** Milliseconds since the start. */
	get elapsed(): number {
		return this.timers.now - START;
	}

	/** Number of sleeps that have not ended. */
	get sleeping(): number {
		return this.timers.countTimers();
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await new Promise<void>((resolve) => {
			const own = signal && AbortSignal.any([signal]);
			const end = () => {
				own?.removeEventListener('abort', hurry);
				pending.forEach(this.timers.clearTimeout);
				resolve();
			};
			const hurry = () => pending.push(this.timers.setTimeout(end, this.lag));
			const pending = [this.timers.setTimeout(end, Math.ceil(ms))];
			own?.addEventListener('abort', hurry);
		});
		signal?.throwIfAborted();
	}

	/**
	 * Lets time pass until `work` is settled.
	 *
	 * @returns the result of `work`
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
			if (this.sleeping === 0)
				throw new Error(`Nothing will ever happen again, after ${this.elapsed} ms`);
			this.timers.next();
		}
		throw new Error(`There is no end to it, after ${this.elapsed} ms`);
	}
}

import type { Clock } from './clock';
import { asError, MotiveFailure } from '../motive/failure';
import { asksToWait, type Line, type Turns } from './turns';

/** Attempts at one call that go wrong for any other reason than being asked to wait, the first included. */
const MAX_ATTEMPTS = 5;

/** What a request is for: see `HANDICAP_MS`. */
export type Purpose = 'start' | 'poll' | 'other';

/**
 * A request lets those go first that matter more and come up to so much later (ms). So nobody waits for ever. Polls need no
 * order of their own: each is due once its job may well be done, which gets likelier the longer it waits.
 */
const HANDICAP_MS: Readonly<Record<Purpose, number>> = { start: 0, poll: 60_000, other: 120_000 };

/** How one call may be repeated. */
export interface RepeatPolicy {
	/** Whether this failure allows sending the same call again. */
	mayRepeat: (failure: unknown) => boolean;
	/** Moment (ms) after which nothing is sent again, as things stand; the first attempt is always made. */
	deadline: () => number;
	/** Aborted when nothing may be sent any more. */
	signal: AbortSignal;
	/** What the call is for; `other` unless given. */
	purpose?: Purpose;
}

/** What a queue needs from outside. */
export interface QueueOptions {
	clock: Clock;
	/** The turns that it takes, with all other queues that send to the same account. */
	turns: Turns;
	/** Most calls under way at the same time. */
	concurrency: number;
}

/** The place of a call among those that wait; it keeps it when it is refused. */
interface Place {
	/** The lowest goes first (ms). */
	rank: number;
	/** Then the one that came first. */
	nth: number;
}

/** A call that waits for its turn. */
interface Waiting {
	place: Place;
	policy: RepeatPolicy;
	send: () => void;
	giveUp: (reason: Error) => void;
}

/**
 * The queue of the requests of one execution. It takes turns with the queues of others, and sends by what a request is
 * for, then first come, first served.
 */
export class RequestQueue {
	private waiting: Waiting[] = [];
	private underWay = 0;
	private count = 0;
	private readonly line: Line;

	constructor(private readonly options: QueueOptions) {
		const isReady = () => this.underWay < this.options.concurrency;
		this.line = {
			get isReady() {
				return isReady();
			},
			sendNext: () => {
				this.waiting.shift()?.send();
				return this.waiting.length > 0;
			},
			pausedUntil: (until) => this.giveUpBefore(until),
		};
	}

	/**
	 * Sends one call, and again as often as the policy allows.
	 *
	 * @throws the last failure of the call; MotiveFailure `rateLimited` when Motive takes none before the deadline; the
	 * signal's reason when it is aborted
	 */
	async run<T>(call: () => Promise<T>, policy: RepeatPolicy): Promise<T> {
		const { clock } = this.options;
		const rank = clock.now() + HANDICAP_MS[policy.purpose ?? 'other'];
		const place = { rank, nth: this.count++ };
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.takeTurn(call, policy, place);
			} catch (error) {
				const wait = this.timeUntilRepeat(error, attempt, policy);
				if (wait === undefined) throw asError(error);
				await clock.sleep(wait, policy.signal);
			}
		}
	}

	private async takeTurn<T>(
		call: () => Promise<T>,
		policy: RepeatPolicy,
		place: Place,
	): Promise<T> {
		policy.signal.throwIfAborted();
		// Of its own, because Node warns of a leak when more than ten listen to the same signal.
		const stop = AbortSignal.any([policy.signal]);
		return await new Promise<T>((resolve, reject) => {
			const one: Waiting = {
				place,
				policy,
				send: () => {
					stop.removeEventListener('abort', stopped);
					this.send(call).then(resolve, reject);
				},
				giveUp: (reason) => {
					stop.removeEventListener('abort', stopped);
					this.remove(one);
					reject(reason);
				},
			};
			const stopped = () => one.giveUp(asError(stop.reason));
			stop.addEventListener('abort', stopped);
			this.add(one);
		});
	}

	private async send<T>(call: () => Promise<T>): Promise<T> {
		this.underWay++;
		try {
			return await this.options.turns.send(call);
		} finally {
			this.underWay--;
			if (this.waiting.length > 0) this.options.turns.join(this.line);
		}
	}

	private add(one: Waiting): void {
		const at = this.waiting.findIndex(({ place }) => isBehind(place, one.place));
		this.waiting.splice(at < 0 ? this.waiting.length : at, 0, one);
		const { turns } = this.options;
		turns.join(this.line);
		this.giveUpBefore(turns.pausedUntil);
	}

	private remove(one: Waiting): void {
		this.waiting = this.waiting.filter((other) => other !== one);
		if (this.waiting.length === 0) this.options.turns.leave(this.line);
	}

	/** Those whose time is up before anything can be sent need not wait for that. */
	private giveUpBefore(moment: number): void {
		const { clock } = this.options;
		if (moment <= clock.now()) return;
		const late = this.waiting.filter(({ policy }) => policy.deadline() <= moment);
		const facts = { status: 429, retryAfterMs: moment - clock.now() };
		for (const one of late) one.giveUp(new MotiveFailure('rateLimited', facts));
	}

	private timeUntilRepeat(
		failure: unknown,
		attempt: number,
		policy: RepeatPolicy,
	): number | undefined {
		const { clock, turns } = this.options;
		if (policy.signal.aborted || !policy.mayRepeat(failure)) return undefined;
		const mustWait = asksToWait(failure);
		if (!mustWait && attempt >= MAX_ATTEMPTS) return undefined;
		// The turns wait for all.
		const wait = mustWait ? 0 : turns.backoff(attempt);
		const next = Math.max(clock.now() + wait, mustWait ? turns.pausedUntil : 0);
		return next < policy.deadline() ? wait : undefined;
	}
}

function isBehind(one: Place, other: Place): boolean {
	return one.rank > other.rank || (one.rank === other.rank && one.nth > other.nth);
}

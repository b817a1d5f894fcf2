import type { Clock } from './clock';
import { asError, MotiveFailure } from '../motive/failure';

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

/** Attempts at one call that go wrong for any other reason than being asked to wait, the first included. */
const MAX_ATTEMPTS = 5;

/** How one call may be repeated. */
export interface RepeatPolicy {
	/** Whether this failure allows sending the same call again. */
	mayRepeat: (failure: unknown) => boolean;
	/** Moment (ms) after which nothing is sent again, as things stand; the first attempt is always made. */
	deadline: () => number;
	/** Aborted when nothing may be sent any more. */
	signal: AbortSignal;
}

/** What a queue needs from outside. */
export interface QueueOptions {
	clock: Clock;
	/** Most calls under way at the same time. */
	concurrency: number;
	/** A number in [0, 1) for the jitter; Math.random unless a test says otherwise. */
	random?: () => number;
}

/**
 * The queue that all requests of one execution share: first come, first served, at most `concurrency` at a time.
 * When Motive says that it gets too many requests the whole queue pauses and comes back half as wide,
 * then widens by one with each answer.
 */
export class RequestQueue {
	private readonly waiting: Array<() => void> = [];
	private active = 0;
	private width: number;
	private pausedUntil = 0;
	private pausesInARow = 0;

	constructor(private readonly options: QueueOptions) {
		this.width = options.concurrency;
	}

	/**
	 * Sends one call, and again as often as the policy allows.
	 *
	 * @throws the last failure of the call; the signal's reason when it is aborted
	 */
	async run<T>(call: () => Promise<T>, policy: RepeatPolicy): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.takeTurn(call, policy);
			} catch (error) {
				const wait = this.timeUntilRepeat(error, attempt, policy);
				if (wait === undefined) throw asError(error);
				await this.options.clock.sleep(wait, policy.signal);
			}
		}
	}

	private async takeTurn<T>(call: () => Promise<T>, policy: RepeatPolicy): Promise<T> {
		await this.enter();
		try {
			await this.waitOutPause(policy);
			policy.signal.throwIfAborted();
			return await this.send(call);
		} finally {
			this.leave();
		}
	}

	private async send<T>(call: () => Promise<T>): Promise<T> {
		const sentAt = this.options.clock.now();
		try {
			const answer = await call();
			this.widen();
			return answer;
		} catch (error) {
			if (asksToWait(error)) this.pause(error, sentAt);
			throw asError(error);
		}
	}

	private async waitOutPause({ deadline, signal }: RepeatPolicy): Promise<void> {
		const { clock } = this.options;
		while (clock.now() < this.pausedUntil) {
			if (clock.now() >= deadline()) throw new MotiveFailure('rateLimited', { status: 429 });
			await clock.sleep(Math.min(this.pausedUntil, deadline()) - clock.now(), signal);
		}
	}

	private timeUntilRepeat(
		failure: unknown,
		attempt: number,
		policy: RepeatPolicy,
	): number | undefined {
		const { clock } = this.options;
		if (policy.signal.aborted || !policy.mayRepeat(failure)) return undefined;
		const mustWait = asksToWait(failure);
		if (!mustWait && attempt >= MAX_ATTEMPTS) return undefined;
		const wait = mustWait ? Math.max(0, this.pausedUntil - clock.now()) : this.backoff(attempt);
		return clock.now() + wait < policy.deadline() ? wait : undefined;
	}

	/** Exponential and capped, with up to a quarter more so that many executions do not come back at one moment. */
	private backoff(attempt: number): number {
		const { random = Math.random } = this.options;
		return Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), LONGEST_BACKOFF_MS) * (1 + random() / 4);
	}

	private pause(failure: MotiveFailure, sentAt: number): void {
		const sentBeforeLastPause = sentAt < this.pausedUntil;
		if (!sentBeforeLastPause) {
			this.pausesInARow++;
			this.width = Math.max(1, Math.floor(this.width / 2));
		}
		// "At once" is no wait: taken literally, the queue would ask as often as the network allows.
		const { retryAfterMs = 0 } = failure.facts;
		const wait = retryAfterMs > 0 ? retryAfterMs : this.backoff(Math.max(1, this.pausesInARow));
		this.pausedUntil = Math.max(this.pausedUntil, this.options.clock.now() + wait);
	}

	private widen(): void {
		this.pausesInARow = 0;
		this.width = Math.min(this.options.concurrency, this.width + 1);
	}

	private async enter(): Promise<void> {
		if (this.active < this.width) this.active++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private leave(): void {
		this.active--;
		while (this.active < this.width) {
			const next = this.waiting.shift();
			if (!next) return;
			this.active++;
			next();
		}
	}
}

function asksToWait(failure: unknown): failure is MotiveFailure {
	if (!(failure instanceof MotiveFailure)) return false;
	return failure.kind === 'rateLimited' || failure.facts.retryAfterMs !== undefined;
}

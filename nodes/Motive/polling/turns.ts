import type { Clock } from './clock';
import { asError, MotiveFailure } from '../motive/failure';
import { LearnedRate, type SentRequest } from './rate';
import { LearnedWidth } from './width';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Requests that wait for turns. */
export interface Line {
	/** Whether one of them may be sent now. */
	readonly isReady: boolean;
	/** Sends one, with `send` of the turns; returns whether others still wait. */
	sendNext: () => boolean;
	/** Called when nothing can be sent before that moment (ms). */
	pausedUntil: (until: number) => void;
}

/** What turns need from outside. */
export interface TurnsOptions {
	clock: Clock;
	/** Most requests in a minute, set by hand; as many as Motive bears unless given. */
	perMinute?: number;
	/** A number in [0, 1) for the jitter; Math.random unless a test says otherwise. */
	random?: () => number;
}

/**
 * Lets all lines that send to the same account take turns, one request each, at the pace that Motive bears. When it says
 * that it gets too many requests, everything pauses for as long as it asks, or ever longer where it does not say.
 */
export class Turns {
	private readonly rate: LearnedRate;
	private readonly width = new LearnedWidth();
	/** Those that wait, in the order in which they take turns. */
	private readonly lines = new Set<Line>();
	private underWay = 0;
	private refusalsInARow = 0;
	private resumeAt = -Infinity;
	private lastSentAt: number;
	private timer: { at: number; stop: AbortController } | undefined;

	constructor(private readonly options: TurnsOptions) {
		this.lastSentAt = options.clock.now();
		this.rate = new LearnedRate(60_000 / (options.perMinute ?? Infinity));
	}

	/** The end of the last pause (ms). */
	get pausedUntil(): number {
		return this.resumeAt;
	}

	/** When the last request was sent, or these turns were made (ms). */
	get usedAt(): number {
		return this.lastSentAt;
	}

	/** Lets a line take turns, behind those that are there already. */
	join(line: Line): void {
		this.lines.add(line);
		this.giveTurns();
	}

	/** Gives a line no more turns. */
	leave(line: Line): void {
		this.lines.delete(line);
		this.giveTurns();
	}

	/** Sends a request whose turn it is, and learns from what comes of it. */
	async send<T>(call: () => Promise<T>): Promise<T> {
		this.lastSentAt = this.options.clock.now();
		const sent = this.rate.send(this.lastSentAt);
		const underWay = ++this.underWay;
		this.width.send(underWay);
		try {
			const answer = await call();
			this.taken(sent, underWay);
			return answer;
		} catch (error) {
			if (asksToWait(error)) this.pause(error, sent, underWay);
			else this.taken(sent, underWay);
			throw asError(error);
		} finally {
			this.underWay--;
			this.giveTurns();
		}
	}

	/** How long to wait after so many refusals in a row (ms), with jitter so that many do not come back at one moment. */
	backoff(refusals: number): number {
		const { random = Math.random } = this.options;
		const wait = Math.min(FIRST_PAUSE_MS * 2 ** (refusals - 1), LONGEST_PAUSE_MS);
		return wait * (1 + random() / 4);
	}

	private giveTurns(): void {
		for (;;) {
			const line = this.nextLine();
			const wait = line ? this.timeUntilTurn() : Infinity;
			if (!line || wait > 0) {
				this.wakeIn(wait);
				return;
			}
			this.lines.delete(line);
			// Behind all others.
			if (line.sendNext()) this.lines.add(line);
		}
	}

	private nextLine(): Line | undefined {
		for (const line of this.lines) if (line.isReady) return line;
		return undefined;
	}

	private timeUntilTurn(): number {
		if (this.underWay >= this.width.most) return Infinity;
		// After a pause the first one finds out whether it is over.
		const alone = this.refusalsInARow > 0 ? this.lastSentAt + FIRST_PAUSE_MS : -Infinity;
		const earliest = Math.max(this.rate.earliest(this.underWay), this.resumeAt, alone);
		return Math.max(0, earliest - this.options.clock.now());
	}

	private wakeIn(wait: number): void {
		const at = this.options.clock.now() + wait;
		if (this.timer?.at === at) return;
		this.timer?.stop.abort();
		this.timer = undefined;
		if (wait === Infinity) return;
		const timer = { at, stop: new AbortController() };
		this.timer = timer;
		this.options.clock.sleep(wait, timer.stop.signal).then(
			() => {
				this.timer = undefined;
				this.giveTurns();
			},
			// Stopped, because there is nothing to wait for, or something else.
			() => undefined,
		);
	}

	private taken(sent: SentRequest, underWay: number): void {
		this.rate.taken(sent, this.options.clock.now());
		this.width.taken(underWay);
		if (sent.at >= this.resumeAt) this.refusalsInARow = 0;
	}

	private pause({ kind, facts }: MotiveFailure, sent: SentRequest, underWay: number): void {
		const isFirst = sent.at >= this.resumeAt;
		if (isFirst) this.refusalsInARow++;
		// "At once" is no wait: taken literally, requests would be sent as fast as the network allows.
		const { retryAfterMs = 0 } = facts;
		const wait = retryAfterMs > 0 ? retryAfterMs : this.backoff(Math.max(1, this.refusalsInARow));
		this.resumeAt = Math.max(this.resumeAt, this.options.clock.now() + wait);
		if (kind === 'rateLimited') {
			const isWidth = isFirst ? this.width.refused(underWay) : 'surely';
			if (isWidth === 'surely') this.rate.alsoRefused(sent, this.resumeAt);
			else this.rate.refused(sent, this.resumeAt, isWidth === 'no');
		}
		for (const line of [...this.lines]) line.pausedUntil(this.resumeAt);
	}
}

/** Whether Motive wants to be left alone for a while. */
export function asksToWait(failure: unknown): failure is MotiveFailure {
	if (!(failure instanceof MotiveFailure)) return false;
	return failure.kind === 'rateLimited' || failure.facts.retryAfterMs !== undefined;
}

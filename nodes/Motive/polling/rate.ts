/**
 * How many requests in a time Motive takes. It does not publish that, so it is learned from its refusals.
 *
 * Such a limit is a bucket into which tokens drop evenly: each request takes one, and is refused when none is left. At two
 * refusals the bucket is empty both times. So what was taken between them is what has dropped in between, and the time
 * between divided by the requests taken is the interval that Motive bears, however large the bucket is. Before the first
 * refusal the bucket was not empty, so all that is known there is that the interval is longer than the time since the
 * beginning, the pause that follows included, divided by the requests taken.
 *
 * The refusal may have another reason: so many requests under way at the same time. Then the interval is a guess, which
 * is soon shortened again.
 *
 * An interval that was measured with `n` requests may be wrong by one part in `n`, and nobody ever says that it is too
 * long. So each request that is taken shortens it by a share that empties the bucket again after about `4 n` requests: what
 * adds up to one token, `n² × share / 2 = 1`. Refusals become ever rarer, and each makes the interval four times as exact.
 *
 * As long as nothing was refused, only requests that are under way together keep an interval: whatever is sent before the
 * answer to the first refused one is there is refused as well, and this way it is one or two requests. It is short enough
 * to begin with, half of the time that an answer takes where that is less, and gets shorter. So 1 s is lost at most where
 * there is no limit.
 */

/** Longest time between requests that are under way together, while no limit is known (ms). */
export const FIRST_INTERVAL_MS = 25;

/** The same as a share of the time that an answer takes, and the shortest that this makes of it (ms). */
const ANSWER_SHARE = 1 / 2;
const LEAST_FIRST_MS = 2;

/** By which share a request shortens the interval while it is not measured. */
const FIRST_GAIN = 0.025;

/** The same while the interval is only a guess. */
const GUESS_GAIN = 0.1;

/** A limit that was lifted is not obeyed for ever. */
const LEAST_GAIN = 0.001;

/** The next refusal is due after so many times the requests by which the interval was measured. */
const NEXT_REFUSAL = 4;

/** When nothing was sent for so long although it might have been, the bucket is not empty any more (ms). */
const REST_MS = 1_000;

/** Timers are not exact: what is late by no more than this is on time (ms). */
const LATE_MS = 10;

/** A request that was sent, as the rate sees it. */
export interface SentRequest {
	/** When (ms). */
	at: number;
	/** Its number. */
	nth: number;
	/** Whether it was sent as early as the rate allows, so that its answer says something about it. */
	isEarly: boolean;
}

/** Learns the rate that Motive bears. It has no clock; all moments are milliseconds of the same one. */
export class LearnedRate {
	private interval: number;
	/** What is left of it while no limit is known and answers are quick. */
	private quickShare = 1;
	private gain = FIRST_GAIN;
	private isLimited: boolean;
	private nextAt = -Infinity;
	private sentCount = 0;
	/** From where requests are counted: the last refusal, or the end of the last rest. */
	private mark = { at: 0, nth: 0, refused: 0, isEmpty: false };

	/** @param leastInterval the interval is never shorter than this (ms) */
	constructor(private readonly leastInterval = 0) {
		this.isLimited = leastInterval > 0;
		this.interval = Math.max(FIRST_INTERVAL_MS, leastInterval);
	}

	/** The moment from which the next request may be sent, with so many others under way. */
	earliest(underWay: number): number {
		return this.isLimited || underWay > 0 ? this.nextAt : -Infinity;
	}

	/** Notes that a request is sent. */
	send(at: number): SentRequest {
		const late = at - this.nextAt;
		if (late > Math.max(REST_MS, this.interval))
			this.mark = { at, nth: this.sentCount, refused: 0, isEmpty: false };
		const slack = Math.max(0, LATE_MS - this.interval);
		const interval = this.isLimited ? this.interval : this.interval * this.quickShare;
		this.nextAt = Math.min(at, Math.max(this.nextAt, at - slack)) + interval;
		const isEarly = late <= Math.max(LATE_MS, this.interval);
		// The answer of a slow API is not waited for: a refusal would most likely be there before.
		if (isEarly && !this.isLimited) this.shorten();
		return { at, nth: ++this.sentCount, isEarly };
	}

	/** Learns that a request was taken, by an answer that came at that moment. */
	taken({ at, isEarly }: SentRequest, answeredAt: number): void {
		if (isEarly && this.isLimited) this.shorten();
		const quick = Math.max(LEAST_FIRST_MS, (answeredAt - at) * ANSWER_SHARE);
		this.quickShare = Math.min(1, quick / FIRST_INTERVAL_MS);
	}

	/**
	 * Learns that a request was refused; nothing is sent before `resumeAt`.
	 *
	 * @param isSure whether nothing else may be the reason
	 */
	refused({ at, nth }: SentRequest, resumeAt: number, isSure: boolean): void {
		const { mark } = this;
		const taken = nth - mark.nth - 1 - mark.refused;
		if (taken > 0) {
			this.measure(taken, mark.isEmpty ? at : resumeAt);
			if (!isSure) this.gain = GUESS_GAIN;
		}
		this.mark = {
			at: taken > 0 || !mark.isEmpty ? at : mark.at,
			nth,
			refused: 0,
			isEmpty: true,
		};
		this.nextAt = Math.max(this.nextAt, resumeAt);
	}

	/** Notes that a request was refused for another reason, or sent before the answer to the first refused one was there. */
	alsoRefused({ nth }: SentRequest, resumeAt: number): void {
		if (nth > this.mark.nth) this.mark.refused++;
		this.nextAt = Math.max(this.nextAt, resumeAt);
	}

	private measure(taken: number, until: number): void {
		const measured = Math.max(this.leastInterval, (until - this.mark.at) / taken);
		this.isLimited = true;
		this.interval = this.mark.isEmpty ? measured : Math.max(this.interval, measured);
		this.gain = this.mark.isEmpty
			? Math.min(FIRST_GAIN, Math.max(LEAST_GAIN, 2 / (NEXT_REFUSAL * taken) ** 2))
			: FIRST_GAIN;
	}

	private shorten(): void {
		this.interval = Math.max(this.leastInterval, this.interval * (1 - this.gain));
	}
}

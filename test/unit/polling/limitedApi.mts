import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import type { VirtualClock } from './virtualClock.mts';

/** What an API takes. */
export interface Limits {
	/** Requests that it takes in the long run; any number unless given. */
	perSecond?: number;
	/** Requests that it takes at once after a rest. */
	burst?: number;
	/** Requests that it takes at the same time; any number unless given. */
	width?: number;
	/** Whether it says how long to wait. */
	retryAfter?: boolean;
	/** Time until it answers (ms). */
	takes: number;
	/** Time until the answer is here, when it does not count any more (ms). */
	way?: number;
}

/** A request as the API has seen it; times in milliseconds since the start. */
export interface Seen {
	at: number;
	underWay: number;
	isTaken: boolean;
	/** How long it asked to wait. */
	retryAfterMs?: number;
}

/** An API with limits, in virtual time. */
export function limitedApi(clock: VirtualClock, limits: Limits) {
	const { perSecond = Infinity, burst = Infinity, width = Infinity, takes, way = 0 } = limits;
	const seen: Seen[] = [];
	let underWay = 0;
	let tokens = burst;
	let last = 0;
	const takeToken = (): boolean => {
		if (perSecond === Infinity) return true;
		tokens = Math.min(burst, tokens + ((clock.elapsed - last) / 1_000) * perSecond);
		last = clock.elapsed;
		if (tokens < 1) return false;
		tokens -= 1;
		return true;
	};
	const request = async (): Promise<void> => {
		const request: Seen = { at: clock.elapsed, underWay: ++underWay, isTaken: false };
		seen.push(request);
		const isNarrow = underWay > width;
		request.isTaken = !isNarrow && takeToken();
		if (!request.isTaken && limits.retryAfter)
			request.retryAfterMs = isNarrow ? 1_000 : Math.ceil((1 - tokens) / perSecond) * 1_000;
		await clock.sleep(request.isTaken ? takes : 10);
		underWay--;
		await clock.sleep(way);
		if (request.isTaken) return;
		const { retryAfterMs } = request;
		throw new MotiveFailure('rateLimited', {
			status: 429,
			...(retryAfterMs !== undefined && { retryAfterMs }),
		});
	};
	return { seen, request };
}

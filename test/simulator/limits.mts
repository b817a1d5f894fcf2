/** Limits of the API, to be switched on with `faults.add` before other faults: what they let pass may meet those. */
import { error, type Answer } from './answers.mts';
import type { Fault } from './faults.mts';
import type { Route } from './routes.mts';
import type { Subject } from './subject.mts';

/** How many requests may come in the long run, and at once after a rest. */
export interface Rate {
	perSecond: number;
	burst: number;
	/** The route that it counts for; all of the API together unless given. */
	on?: Route;
	/** Whether a refusal says after how many seconds there is room again; default: it does. */
	retryAfter?: boolean;
}

/** A token bucket: each request takes a token, which grow back evenly; without one it is refused with 429. */
export function rateLimit({ perSecond, burst, on, retryAfter = true }: Rate): Fault {
	let tokens = burst;
	let last: number | undefined;
	const take = (at: number): boolean => {
		tokens = Math.min(burst, tokens + ((at - (last ?? at)) / 1000) * perSecond);
		last = at;
		if (tokens < 1) return false;
		tokens -= 1;
		return true;
	};
	return {
		...beyond(on, ({ at }) => take(at)),
		answer: () => tooMany(retryAfter ? Math.ceil((1 - tokens) / perSecond) : undefined),
	};
}

/** How many requests may come in each stretch of time, the first of which begins with the first request. */
export interface Window {
	requests: number;
	seconds: number;
	/** Whether a refusal says after how many seconds the next stretch begins; default: it does. */
	retryAfter?: boolean;
}

/** Counts anew in each window of time; what comes beyond the number is refused with 429. */
export function windowLimit({ requests, seconds, retryAfter = true }: Window): Fault {
	let count = 0;
	let begin: number | undefined;
	let left = 0;
	const take = (at: number): boolean => {
		begin ??= at;
		const passed = Math.floor((at - begin) / (seconds * 1000));
		if (passed > 0) count = 0;
		begin += passed * seconds * 1000;
		left = begin + seconds * 1000 - at;
		count += 1;
		return count <= requests;
	};
	return {
		...beyond(undefined, ({ at }) => take(at)),
		answer: () => tooMany(retryAfter ? Math.ceil(left / 1000) : undefined),
	};
}

/** At most so many requests at once; others are refused with 429, and told to come again after so many seconds if given. */
export function mostAtOnce(
	most: number,
	{ on, retryAfter }: { on?: Route; retryAfter?: number } = {},
): Fault {
	return {
		...beyond(on, ({ underWay }) => underWay <= most),
		answer: () => tooMany(retryAfter),
	};
}

/** Strikes the requests to the API that are not allowed, which have no effect. */
function beyond(on: Route | undefined, isAllowed: (subject: Subject) => boolean): Fault {
	return {
		...(on && { on }),
		when: (subject) => subject.host === 'api' && !isAllowed(subject),
		effect: false,
	};
}

function tooMany(seconds: number | undefined): Answer {
	return error(
		429,
		'Too Many Requests',
		seconds === undefined ? {} : { 'retry-after': String(seconds) },
	);
}

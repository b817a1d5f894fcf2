/** What went wrong, in terms that decide what may be tried next. */
export type FailureKind =
	/** 401: key or token not accepted. */
	| 'unauthorized'
	/** 403: accepted, but not allowed. */
	| 'forbidden'
	/** 404: nothing there. */
	| 'notFound'
	/** 409, 423, 425: not now; nothing was done. */
	| 'busy'
	/** Any other 4xx: Motive understood and said no. */
	| 'refused'
	/** 429: too many requests; nothing was done. */
	| 'rateLimited'
	/** 408, 5xx: whether anything was done is unknown. */
	| 'unavailable'
	/** The connection was never made (refused, name not found); nothing was done. */
	| 'unreachable'
	/** The connection broke or nothing came in time; whether anything was done is unknown. */
	| 'noAnswer'
	/** 3xx: an API that redirects is not the API. */
	| 'redirected'
	/** 2xx, but not an answer that can be read. */
	| 'unreadable'
	/** A request that starts something got no readable answer, so it must not be repeated. */
	| 'outcomeUnknown'
	/** Motive says that the work itself failed. */
	| 'failed'
	/** Still not done when the time was up. */
	| 'timedOut'
	/** The file cannot be had: see `detail`. */
	| 'download';

/** Facts that go with a failure; all of them optional, none of them secret. */
export interface FailureFacts {
	/** HTTP status of the answer. */
	status?: number;
	/** Whether the answer was a web page, which comes from a proxy or firewall and not from Motive. */
	isPage?: boolean;
	/** What the service said, cleaned and cut. */
	serviceText?: string;
	/** How long the service asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** What Motive could not do, for example `take the picture`. */
	attempt?: string;
	/** One sentence for the user, where the kind alone does not say enough. */
	detail?: string;
	/** What to do, where more is known than the kind says. */
	advice?: string;
}

/**
 * The one form in which everything that can go wrong between the node and Motive is passed around.
 * Turned into an n8n error only at the very end, where the item and the node are known.
 */
export class MotiveFailure extends Error {
	constructor(
		readonly kind: FailureKind,
		readonly facts: FailureFacts = {},
	) {
		super(facts.detail ?? kind);
		this.name = 'MotiveFailure';
	}
}

const NOTHING_WAS_DONE: readonly FailureKind[] = ['rateLimited', 'busy', 'unreachable'];
const MAY_PASS: readonly FailureKind[] = [...NOTHING_WAS_DONE, 'unavailable', 'noAnswer'];

/** Whether the same read may succeed a little later. */
export function mayPass(failure: unknown): failure is MotiveFailure {
	return failure instanceof MotiveFailure && MAY_PASS.includes(failure.kind);
}

/**
 * Whether something else than Motive seems to have answered, or Motive in an odd way: no reason to give up at once where
 * Motive has answered before.
 */
export function isStrange(failure: unknown): failure is MotiveFailure {
	if (!(failure instanceof MotiveFailure)) return false;
	return ['unreadable', 'redirected'].includes(failure.kind) || failure.facts.isPage === true;
}

/** Whether Motive says that it gets too many requests. */
export function isRateLimit(failure: unknown): failure is MotiveFailure {
	return failure instanceof MotiveFailure && failure.kind === 'rateLimited';
}

/** Whether the request surely had no effect, so that even one that starts something may be sent again. */
export function hadNoEffect(failure: unknown): failure is MotiveFailure {
	return failure instanceof MotiveFailure && NOTHING_WAS_DONE.includes(failure.kind);
}

/**
 * What was caught, to be thrown on. n8n's lint takes a plain `throw error` for one that nobody has made fit for its users;
 * here that happens at the very end, in `toNodeError`.
 */
export function asError(caught: unknown): Error {
	return caught instanceof Error ? caught : new Error(String(caught));
}

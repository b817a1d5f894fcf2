import { randomUniform } from 'd3-random';
import seedrandom from 'seedrandom';
import { z } from 'zod';

import type { Fault } from '../../simulator/faults.mts';
import { mostAtOnce, rateLimit, windowLimit } from '../../simulator/limits.mts';

/** How the API takes requests and answers them; times in milliseconds. */
export const conditions = z.object({
	/** Each answer takes at random between these. */
	answerMs: z.tuple([z.number(), z.number()]),
	/** The bucket of tokens that it has, if any. */
	rate: z.object({ perSecond: z.number(), burst: z.number(), retryAfter: z.boolean() }).optional(),
	/** The window of time in which it counts, if any. */
	window: z
		.object({ requests: z.number(), seconds: z.number(), retryAfter: z.boolean() })
		.optional(),
	/** How many requests it takes at once, if that is limited. */
	atOnce: z.number().optional(),
});

/** See {@link conditions}. */
export type Conditions = z.infer<typeof conditions>;

/** What lets a simulator answer in this way; to be made anew for each run. */
export function faultsOf({ answerMs, rate, window, atOnce }: Conditions, seed: string): Fault[] {
	const delay = randomUniform.source(seedrandom(seed))(...answerMs);
	const onApi: Fault = { when: ({ host }) => host === 'api', delay };
	return [
		...(rate ? [{ ...rateLimit(rate), delay }] : []),
		...(window ? [{ ...windowLimit(window), delay }] : []),
		// At once: else the refusal would count among the requests that are under way.
		...(atOnce === undefined ? [] : [mostAtOnce(atOnce)]),
		...(answerMs[1] > 0 ? [onApi] : []),
	];
}

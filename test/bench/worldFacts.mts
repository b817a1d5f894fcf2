import { z } from 'zod';

import { conditions } from './limits/conditions.mts';
import { median } from './statistics.mts';

/** Settings of the simulated Motive of a benchmark. */
export const worldOptions = z.object({
	/** Number of vehicles; their ids count up from `FIRST_VEHICLE`. */
	vehicles: z.number(),
	/** Size of each picture. */
	pictureBytes: z.number(),
	/** How long captures take (ms). */
	latency: z.union([
		z.object({ kind: z.literal('lognormal'), median: z.number(), p95: z.number() }),
		z.object({ kind: z.literal('constant'), ms: z.number() }),
	]),
	/** Same seed, same readiness times. */
	seed: z.string(),
	/** How the API takes and answers requests: at once and without limits, unless given. */
	conditions: conditions.default({ answerMs: [0, 0] }),
});

/** See {@link worldOptions}. */
export type WorldOptions = z.input<typeof worldOptions>;

/** What the simulated Motive saw; moments in milliseconds since the epoch. */
export const worldFacts = z.object({
	/** Requests to the API; pictures come from another host. */
	calls: z.number(),
	/** How many of them it refused as too many. */
	refused: z.number(),
	captures: z.array(
		z.object({
			startedAt: z.number(),
			readyAt: z.number(),
			/** When its picture was first handed out. */
			downloadedAt: z.number().nullable(),
		}),
	),
});

/** See {@link worldFacts}. */
export type WorldFacts = z.infer<typeof worldFacts>;

/** What the simulated Motive saw of a batch of captures. */
export interface BatchFacts {
	/** Time (s) of the slowest camera. */
	limit: number;
	/** From an image being ready to its being fetched, median (s) of those that were fetched. */
	late: number;
	/** Requests to the API for each capture. */
	calls: number;
	/** Share (0 to 1) of the requests that were refused as too many. */
	refused: number;
	/** Captures whose image was fetched. */
	delivered: number;
}

/** Sums up a batch. */
export function sumUp({ calls, refused, captures }: WorldFacts): BatchFacts {
	const late = captures.flatMap(({ readyAt, downloadedAt }) =>
		downloadedAt === null ? [] : (downloadedAt - readyAt) / 1_000,
	);
	return {
		limit: Math.max(...captures.map(({ readyAt, startedAt }) => (readyAt - startedAt) / 1_000)),
		late: median(late),
		calls: calls / captures.length,
		refused: refused / calls,
		delivered: late.length,
	};
}

/** ID of the first vehicle. */
export const FIRST_VEHICLE = 2_000_001;

/** ID of the first capture. */
export const FIRST_REQUEST = 90_301;

/** Typical cameras: half of the images are ready within 8 s, 95 % within 25 s. The slowest of the first 100 takes 39 s. */
export const USUAL: Pick<WorldOptions, 'latency' | 'seed'> = {
	latency: { kind: 'lognormal', median: 8_000, p95: 25_000 },
	seed: 'bench',
};

/** Cameras that take no time. */
export const AT_ONCE: Pick<WorldOptions, 'latency' | 'seed'> = {
	latency: { kind: 'constant', ms: 0 },
	seed: 'bench',
};

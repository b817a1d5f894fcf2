import { z } from 'zod';

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
});

/** See {@link worldOptions}. */
export type WorldOptions = z.infer<typeof worldOptions>;

/** What the simulated Motive saw; moments in milliseconds since the epoch. */
export const worldFacts = z.object({
	/** Requests to the API; pictures come from another host. */
	calls: z.number(),
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

/** ID of the first vehicle. */
export const FIRST_VEHICLE = 2_000_001;

/** ID of the first capture. */
export const FIRST_REQUEST = 90_301;

/** Typical cameras: half of the images are ready within 8 s, 95 % within 25 s. The slowest of the first 100 takes 39 s. */
export const USUAL: Pick<WorldOptions, 'latency' | 'seed'> = {
	latency: { kind: 'lognormal', median: 8_000, p95: 25_000 },
	seed: 'bench',
};

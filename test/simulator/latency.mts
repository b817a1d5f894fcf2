import { randomBernoulli, randomLogNormal, randomUniform } from 'd3-random';
import seedrandom from 'seedrandom';

/** How long a device takes from the POST until its picture is ready; every length in milliseconds. */
export type Latency =
	| { kind: 'constant'; ms: number }
	| { kind: 'uniform'; min: number; max: number }
	/** The usual shape of network and device delays: half are below `median`, 5 % above `p95`. */
	| { kind: 'lognormal'; median: number; p95: number }
	/** Devices that are either awake or have to be woken: `slow` with the probability `slowShare` (0 to 1). */
	| { kind: 'bimodal'; fast: Latency; slow: Latency; slowShare: number }
	/** The device is unreachable: the capture stays pending for ever. */
	| { kind: 'never' };

/** 95 % quantile of the standard normal distribution. */
const Z95 = 1.6449;

function draw(latency: Latency, random: () => number): number {
	switch (latency.kind) {
		case 'constant':
			return latency.ms;
		case 'uniform':
			return randomUniform.source(random)(latency.min, latency.max)();
		case 'lognormal': {
			const mu = Math.log(latency.median);
			return randomLogNormal.source(random)(mu, (Math.log(latency.p95) - mu) / Z95)();
		}
		case 'bimodal': {
			const isSlow = randomBernoulli.source(random)(latency.slowShare)() === 1;
			return draw(isSlow ? latency.slow : latency.fast, random);
		}
		case 'never':
			return Infinity;
	}
}

/**
 * Milliseconds that one capture takes, whole and never negative; `Infinity` for `never`.
 * The same seed gives the same length, in whatever order requests arrive.
 */
export function sampleLatency(latency: Latency, seed: string): number {
	return Math.max(0, Math.round(draw(latency, seedrandom(seed))));
}

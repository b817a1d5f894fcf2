import type { Latency } from '../../simulator/latency.mts';

const usual: Latency = { kind: 'lognormal', median: 8_000, p95: 25_000 };

/** Fleets whose cameras take different times. */
export const cameras: Readonly<Record<string, Latency>> = {
	'usual (8 s, 95 % in 25 s)': usual,
	'fast (3 s, 95 % in 8 s)': { kind: 'lognormal', median: 3_000, p95: 8_000 },
	'slow cellular (40 s, 95 % in 120 s)': { kind: 'lognormal', median: 40_000, p95: 120_000 },
	'one in five asleep (90 s)': {
		kind: 'bimodal',
		fast: usual,
		slow: { kind: 'lognormal', median: 90_000, p95: 240_000 },
		slowShare: 0.2,
	},
	'one in seven out of reach': {
		kind: 'bimodal',
		fast: usual,
		slow: { kind: 'never' },
		slowShare: 0.15,
	},
	'all alike (6 to 8 s)': { kind: 'uniform', min: 6_000, max: 8_000 },
};

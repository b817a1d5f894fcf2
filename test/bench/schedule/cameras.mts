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
	'two kinds (6 s, 60 s)': {
		kind: 'bimodal',
		fast: { kind: 'lognormal', median: 6_000, p95: 10_000 },
		slow: { kind: 'lognormal', median: 60_000, p95: 90_000 },
		slowShare: 0.5,
	},
	'all alike (8 s)': { kind: 'constant', ms: 8_000 },
	'all alike (30 s)': { kind: 'constant', ms: 30_000 },
	'nearly alike (6 to 8 s)': { kind: 'uniform', min: 6_000, max: 8_000 },
	'any time (2 to 22 s)': { kind: 'uniform', min: 2_000, max: 22_000 },
};

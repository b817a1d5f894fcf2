import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeScenario } from '../../soak/scenario.mts';

const MINUTE = 60_000;

describe('makeScenario', () => {
	it('is the same again for the same seed, and another one for another', () => {
		expect(makeScenario(40, MINUTE, 'one')).toEqual(makeScenario(40, MINUTE, 'one'));
		expect(makeScenario(40, MINUTE, 'one')).not.toEqual(makeScenario(40, MINUTE, 'other'));
	});

	it('kills a worker every 30 s and restarts PostgreSQL and Redis once', () => {
		const { incidents } = makeScenario(2_000, 25 * MINUTE, 'soak');
		const kills = incidents.filter(({ kind }) => kind === 'kill').map(({ at }) => at);
		expect(kills).toHaveLength(50);
		expect(new Set(kills.slice(1).map((at, index) => at - (kills[index] ?? 0)))).toEqual(
			new Set([30_000]),
		);
		expect(incidents.filter(({ kind }) => kind === 'restart')).toMatchObject([
			{ service: 'postgres' },
			{ service: 'redis' },
		]);
	});

	it('gives each event a vehicle of its own and one to five different cameras, in the order of time', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60 }), fc.string(), (count, seed) => {
				const { events } = makeScenario(count, MINUTE, seed);
				expect(new Set(events.map(({ id }) => id)).size).toBe(count);
				expect(new Set(events.map(({ device }) => device.id)).size).toBe(count);
				for (const { cameras, at } of events) {
					expect(at).toBeLessThan(MINUTE);
					expect(cameras.length).toBeGreaterThanOrEqual(1);
					expect(new Set(cameras).size).toBe(cameras.length);
				}
				const times = events.map(({ at }) => at);
				expect(times).toEqual(times.toSorted((one, other) => one - other));
			}),
		);
	});
});

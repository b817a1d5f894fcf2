import { expect, it } from 'vitest';

import { makeFleet } from '../simulator/fleet.mts';
import { fromItem, IMAGE, POLL, POST, useMotiveWorld } from './motive.mts';

const count = 300;
const fleet = makeFleet(count);
const world = useMotiveWorld({
	fleet,
	latency: { kind: 'constant', ms: 1_000 },
	urlSeconds: 60,
	// Drawn once: this test is not about the images.
	pictures: { shared: true },
});

it(`${count} images that are fetched one at a time are all there, although their links live for a minute`, async () => {
	world.simulator.faults.add({ on: IMAGE, delay: 1_000 });
	const run = await world.inTime(
		async () =>
			await world.engine.runNode({
				parameters: {
					resource: 'imageCapture',
					operation: 'capture',
					...fromItem,
					options: { concurrency: 1, timeout: 600 },
				},
				items: fleet.map(({ id }) => ({ json: { id } })),
			}),
		120_000,
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json['vehicle_number'])).toEqual(
		fleet.map(({ name }) => name),
	);
	expect(new Set(run.items.map(({ binary }) => binary?.['data']?.id)).size).toBe(count);
	expect(world.simulator.received(POST)).toHaveLength(count);
	// A link that has expired is known by its time, so none is tried in vain.
	expect(world.simulator.received(IMAGE)).toHaveLength(count);
	expect(world.simulator.received(POLL).length).toBeLessThanOrEqual(3 * count);
}, 150_000);

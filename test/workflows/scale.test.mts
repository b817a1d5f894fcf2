import { expect, it } from 'vitest';

import { makeFleet } from '../simulator/fleet.mts';
import { fromItem, IMAGE, POLL, POST, secondsAt, useMotiveWorld } from './motive.mts';

const count = 200;
const fleet = makeFleet(count);
const world = useMotiveWorld({
	fleet,
	latency: { kind: 'lognormal', median: 6_000, p95: 20_000 },
	// Drawn once: this test is not about the images.
	pictures: { shared: true },
});

it(`${count} captures are started once each, in order, all downloaded, and take as long as the slowest`, async () => {
	const warnings: string[] = [];
	const note = ({ name }: Error) => warnings.push(name);
	process.on('warning', note);
	let credentialReads = 0;
	const run = await world.inTime(
		async () =>
			await world.engine.runNode({
				parameters: { resource: 'imageCapture', operation: 'capture', ...fromItem },
				items: fleet.map(({ id }) => ({ json: { id } })),
				onCredentialRead: () => credentialReads++,
			}),
		60_000,
	);
	process.off('warning', note);
	// It would be in n8n's log.
	expect(warnings).not.toContain('MaxListenersExceededWarning');
	expect(run.status).toBe('success');
	expect(run.items.map(({ json }) => [json['vehicle_id'], json['vehicle_number']])).toEqual(
		fleet.map(({ id, name }) => [id, name]),
	);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(fleet.map((_, item) => ({ item })));
	expect(world.simulator.received(POST)).toHaveLength(count);
	expect(new Set(world.simulator.captures.map(({ device }) => device)).size).toBe(count);
	expect(world.simulator.received(IMAGE)).toHaveLength(count);
	expect(new Set(run.items.map(({ binary }) => binary?.['data']?.id)).size).toBe(count);

	const slowest = secondsAt(Math.max(...world.simulator.captures.map(({ readyAt }) => readyAt)));
	expect(run.took / 1_000).toBeGreaterThanOrEqual(slowest);
	expect(run.took / 1_000).toBeLessThanOrEqual(slowest + 10);
	// A capture of typical length is polled only a few times.
	expect(world.simulator.received(POLL).length / count).toBeLessThan(6);
	expect(credentialReads).toBe(1);
}, 60_000);

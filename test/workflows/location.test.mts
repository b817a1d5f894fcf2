import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	firstRequestId,
	from,
	fromItem,
	pictureOf,
	useMotiveWorld,
	vehicleItems,
} from './motive.mts';

const LOCATIONS = 'GET /v3/vehicle_locations';

const world = useMotiveWorld();

const options = { includeLocation: true };
const hintsOf = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);

describe('The newest location of the vehicle', () => {
	it('comes with each picture where it is asked for', async () => {
		const run = await world.run('capture', { ...from('T-118'), options });
		expect(run.items[0]?.json).toMatchObject({
			state: 'ready',
			location: {
				lat: 41.21,
				lon: -87.79,
				description: '3 mi W of Joliet, IL',
				located_at: '2026-07-01T12:00:08Z',
			},
		});
		await pictureOf(run);
	});

	it('is not asked for unless wanted', async () => {
		const run = await world.run('capture', from('T-118'));
		expect(run.items[0]?.json).not.toHaveProperty('location');
		expect(world.simulator.received(LOCATIONS)).toEqual([]);
	});

	it('takes one request for each vehicle, however many pictures it takes', async () => {
		const parameters = { ...fromItem, positions: ['front_facing', 'rear'], options };
		const run = await world.run('capture', parameters, { items: vehicleItems('T-118', 'T-119') });
		expect(run.items.filter(({ json }) => json['location'] !== undefined)).toHaveLength(4);
		const asked = world.simulator.received(LOCATIONS).map(({ query }) => query['vehicle_id']);
		expect(asked.toSorted()).toEqual(['1040021', '1040022']);
	});

	it('comes from the list for those whose pictures come while Motive answers for others', async () => {
		world.simulator.faults.add({ on: LOCATIONS, delay: 4_000 });
		const numbers = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123', 'T-124'];
		const items = vehicleItems(...numbers);
		const run = await world.run('capture', { ...fromItem, options }, { items });
		expect(run.error).toBeUndefined();
		const places = run.items.map(({ json }) => json['location']);
		expect(places).toMatchObject(numbers.map(() => ({ type: 'vehicle_moving' })));
		expect(new Set(places).size).toBe(numbers.length);
		expect(world.simulator.received(LOCATIONS).length).toBeLessThanOrEqual(3);
	});

	it('stands next to the vehicle where all pictures are in one item', async () => {
		const run = await world.run('capture', {
			...from('T-118'),
			options: { ...options, outputMode: 'source' },
		});
		expect(run.items[0]?.json).toMatchObject({
			vehicle: { number: 'T-118' },
			location: { lat: 41.21 },
		});
	});

	it('comes with Get as well, also while there is no picture', async () => {
		world.simulator.setLatency({ kind: 'never' });
		await world.run('start', from('T-118'));
		const run = await world.run('get', {
			cameraType: 'dashcam',
			requestId: String(firstRequestId),
			options,
		});
		expect(run.items[0]?.json).toMatchObject({ state: 'pending', location: { lat: 41.21 } });
	});

	it('is left out for assets, which have none', async () => {
		const run = await world.run('capture', { ...from('TRL-204'), options });
		expect(run.items[0]?.json).not.toHaveProperty('location');
		expect(world.simulator.received(LOCATIONS)).toEqual([]);
	});
});

describe('A picture counts without its place', () => {
	it.each([
		[
			'Motive does not allow it',
			answers.error(403),
			'T-118 (Motive does not allow this (vehicle locations))',
		],
		[
			'Motive fails',
			answers.error(500),
			'T-118 (Motive could not answer (HTTP 500, vehicle locations))',
		],
		[
			'something else answers',
			answers.html(200),
			'T-118 (The answer to /v3/vehicle_locations is not a list of vehicles (vehicle locations))',
		],
		[
			'Motive knows none',
			answers.json({ vehicles: [], pagination: { total: 0 } }),
			'T-118 (Motive knows none)',
		],
	])('where %s', async (_, answer, reason) => {
		world.simulator.faults.add({ on: LOCATIONS, answer });
		const run = await world.run('capture', { ...from('T-118'), options });
		await pictureOf(run);
		expect(run.error).toBeUndefined();
		expect(run.items[0]?.json).not.toHaveProperty('location');
		expect(hintsOf(run)).toEqual([`Location not known: ${reason}.`]);
		expect(world.simulator.received(LOCATIONS)).toHaveLength(1);
	});

	it('where nothing answers in time', async () => {
		world.simulator.faults.add({ on: LOCATIONS, connection: 'hang' });
		const run = await world.run('capture', { ...from('T-118'), options });
		await pictureOf(run);
		expect(hintsOf(run)).toEqual([
			'Location not known: T-118 (No answer came from Motive (vehicle locations)).',
		]);
		expect(run.took).toBeLessThan(20_000);
	});
});

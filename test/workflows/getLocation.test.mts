import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { defaultFleet, makeFleet } from '../simulator/fleet.mts';
import {
	LOOKUP,
	outOfUse,
	useMotiveWorld,
	vehicleById,
	vehicleByNumber,
	vehicleItems,
} from './motive.mts';

const LOCATIONS = 'GET /v3/vehicle_locations';

const world = useMotiveWorld();

const t118 = {
	vehicle_id: 1040021,
	vehicle_number: 'T-118',
	located_at: '2026-07-01T12:00:00Z',
	location: '3 mi W of Joliet, IL',
	lat: 41.21,
	lon: -87.79,
	speed: 61,
	bearing: 88,
	driver_id: 20011,
	driver_name: 'Sam Doe',
};

async function locate(parameters: INodeParameters, rest = {}) {
	return await world.run('getLocation', { resource: 'vehicle', ...parameters }, rest);
}

async function locateSeveral(vehicleIds: INodeParameters['vehicleIds'], parameters = {}) {
	return await locate({ locate: 'vehicles', vehicleIds: vehicleIds ?? null, ...parameters });
}

const fromItem = { vehicleId: vehicleById('={{ $json.id }}') };
const queries = () => world.simulator.received(LOCATIONS).map(({ query }) => query);

describe('One vehicle', () => {
	it.each<[string, INodeParameters['vehicleId']]>([
		['chosen from the list', { __rl: true, mode: 'list', value: '1040021' }],
		['by its ID', vehicleById(1040021)],
		['by its number', vehicleByNumber('T-118')],
		['by its number in another spelling', vehicleByNumber('t 118')],
	])('is located %s, with one request for its location', async (_, vehicleId) => {
		const run = await locate({ vehicleId: vehicleId ?? null });
		expect(run.items).toEqual([{ json: t118, pairedItem: { item: 0 } }]);
		expect(queries()).toEqual([{ vehicle_id: '1040021', per_page: '100', page_no: '1' }]);
	});

	it('comes with everything that Motive says when it is not simplified', async () => {
		const run = await locate({ vehicleId: vehicleById(1040021), simplify: false });
		expect(run.items[0]?.json).toMatchObject({
			id: 1040021,
			number: 'T-118',
			current_location: { type: 'vehicle_moving', lat: 41.21 },
			current_driver: { username: 'sdoe' },
		});
	});

	it.each([
		['the list does not have', answers.edit((body) => body)],
		[
			'has none in the list',
			answers.json({ vehicles: [{ vehicle: { id: 1040030, current_location: null } }] }),
		],
	])('says why there is no location of one that %s', async (_, answer) => {
		world.simulator.faults.add({ on: LOCATIONS, answer });
		const run = await locate({ vehicleId: { ...vehicleByNumber(outOfUse) } });
		expect(run.error?.message).toBe(
			`Motive knows no location of ${outOfUse}: only vehicles in use with a Vehicle Gateway have one`,
		);
	});

	it('is located although Motive returns others', async () => {
		const all = await locateSeveral(
			defaultFleet.slice(0, 9).map(({ id }) => id),
			{ simplify: false },
		);
		const vehicles = all.items.map(({ json }) => ({ vehicle: json }));
		world.simulator.faults.add({ on: LOCATIONS, answer: answers.json({ vehicles }) });
		const run = await locate({ vehicleId: vehicleById(1040023) });
		expect(run.items.map(({ json }) => json['vehicle_number'])).toEqual(['T-120']);
	});

	it('says when Motive does not allow it', async () => {
		world.simulator.faults.add({ on: LOCATIONS, answer: answers.error(403) });
		const run = await locate({ vehicleId: vehicleById(1040021) });
		expect(run.error?.message).toBe('Motive does not allow this (location of vehicle 1040021)');
	});
});

describe('Several vehicles', () => {
	it('come in the order in which they were chosen, without a location where none is known', async () => {
		const run = await locateSeveral(['1040023', '1040030', '1040021']);
		expect(run.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ vehicle_number: 'T-120', lat: 41.23 }),
			Object.fromEntries(
				Object.keys(t118).map((key) => [key, key === 'vehicle_id' ? 1040030 : null]),
			),
			t118,
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	});

	it.each([
		['no vehicle', '={{ [] }}', /^Vehicle Names or IDs is empty/],
		['what is no ID', ['T-118'], /^Vehicle Names or IDs must be/],
	])('are refused where %s is chosen', async (_, vehicleIds, message) => {
		const run = await locateSeveral(vehicleIds);
		expect(run.error?.message).toMatch(message);
		expect(world.simulator.requests).toEqual([]);
	});
});

describe('Several items', () => {
	const names = ['T-118', 'T-119', 'T-120', 'T-121', 'T-122', 'T-123'];

	it('share one request for the list', async () => {
		const run = await locate(fromItem, { items: vehicleItems(...names, 'T-118') });
		expect(run.items.map(({ json, pairedItem }) => [json['vehicle_number'], pairedItem])).toEqual(
			[...names, 'T-118'].map((name, item) => [name, { item }]),
		);
		expect(queries()).toEqual([{ per_page: '100', page_no: '1' }]);
	});

	it('with one whose vehicle does not exist give the others', async () => {
		const items = ['T-999', 'T-119', outOfUse, 'T-120'].map((number) => ({ json: { number } }));
		const run = await locate(
			{ vehicleId: vehicleByNumber('={{ $json.number }}') },
			{ items, node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items.map(({ json }) => json['vehicle_number'] ?? json['error'])).toEqual([
			'Motive has no vehicle with the number “T-999”',
			'T-119',
			expect.stringMatching(/^Motive knows no location of T-127/),
			'T-120',
		]);
		expect(world.simulator.received(LOOKUP)).toHaveLength(4);
	});

	it('with one whose vehicle does not exist fail with its message', async () => {
		const items = ['T-119', 'T-999'].map((number) => ({ json: { number } }));
		const run = await locate({ vehicleId: vehicleByNumber('={{ $json.number }}') }, { items });
		expect(run.error?.message).toBe('Motive has no vehicle with the number “T-999” [item 1]');
	});
});

describe('In a large fleet', () => {
	const large = useMotiveWorld({ fleet: makeFleet(450) });

	it('a hundred vehicles are located with each request, and no more are asked for than it takes', async () => {
		const items = large.simulator.fleet.slice(20, 220).map(({ id }) => ({ json: { id } }));
		const parameters = { resource: 'vehicle', ...fromItem };
		const run = await large.run('getLocation', parameters, { items });
		expect(run.items.map(({ json }) => json['vehicle_id'])).toEqual(
			items.map(({ json }) => json.id),
		);
		expect(large.simulator.requests).toHaveLength(3);
	});
});

describe('In a fleet of 3,000 vehicles', () => {
	const huge = useMotiveWorld({ fleet: makeFleet(3_000) });
	const locateMany = async (count: number) => {
		const items = huge.simulator.fleet.slice(-count).map(({ id }) => ({ json: { id } }));
		const run = await huge.run('getLocation', { resource: 'vehicle', ...fromItem }, { items });
		expect(run.items).toHaveLength(count);
		return huge.simulator.requests.length;
	};

	it('a few are located one by one', async () => {
		expect(await locateMany(5)).toBe(5);
	});

	it('more are located one by one where the list takes more requests, as its first page tells', async () => {
		expect(await locateMany(10)).toBe(11);
	});

	it('many are located from the list', async () => {
		expect(await locateMany(40)).toBe(30);
	});
});

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	LOOKUP,
	outOfUse,
	useMotiveWorld,
	vehicleById,
	vehicleByNumber,
	vehicleItems,
} from './motive.mts';

const LIST = 'GET /v1/vehicles';
const BY_ID = 'GET /v1/vehicles/:id';
const BY_EXTERNAL_ID = 'GET /v1/vehicles/lookup_by_external_id';

const world = useMotiveWorld();

const t118 = {
	id: 1040021,
	number: 'T-118',
	active: true,
	make: 'Kenworth',
	model: 'T680',
	year: '2021',
	vin: '1XKYD49X0JJ040021',
	driver_id: 20011,
	driver_name: 'Sam Doe',
	updated_at: '2026-06-11T20:00:00Z',
};

async function get(parameters: INodeParameters, rest = {}) {
	return await world.run('get', { resource: 'vehicle', ...parameters }, rest);
}

async function getMany(parameters: INodeParameters = {}, rest = {}) {
	return await world.run('getAll', { resource: 'vehicle', ...parameters }, rest);
}

async function numbersOf(parameters: INodeParameters) {
	const { items } = await getMany(parameters);
	return items.map(({ json }) => json['number']);
}

const byExternalId = { __rl: true, mode: 'externalId', value: 'TMS-T-118' };

describe('Get finds a vehicle', () => {
	it.each<[string, INodeParameters, string]>([
		['chosen from the list', { vehicleId: { __rl: true, mode: 'list', value: '1040021' } }, BY_ID],
		['by its ID', { vehicleId: vehicleById('1040021') }, BY_ID],
		['by its ID as agents give it', { vehicleId: '1040021' }, BY_ID],
		['by its number', { vehicleId: vehicleByNumber(' T-118 ') }, LOOKUP],
		[
			'by its external ID',
			{ vehicleId: byExternalId, integrationName: 'generic_tms' },
			BY_EXTERNAL_ID,
		],
	])('%s', async (_, parameters, route) => {
		const run = await get(parameters);
		expect(run.items).toEqual([{ json: t118, pairedItem: { item: 0 } }]);
		expect(world.simulator.requests.map((request) => request.route)).toEqual([route]);
	});

	it('with everything that Motive says when it is not simplified', async () => {
		const { items } = await get({ vehicleId: vehicleById(1040021), simplify: false });
		expect(items[0]?.json).toMatchObject({
			id: 1040021,
			status: 'active',
			eld_device: { id: 140021 },
			group_ids: [301],
		});
	});

	it('and marks one that is deactivated', async () => {
		const { items } = await get({ vehicleId: vehicleByNumber(outOfUse) });
		expect(items[0]?.json).toMatchObject({
			number: outOfUse,
			active: false,
			driver_id: null,
			driver_name: null,
		});
	});

	it('for every item, in their order', async () => {
		const run = await get(
			{ vehicleId: vehicleById('={{ $json.id }}') },
			{ items: vehicleItems('T-120', 'T-118', 'T-119') },
		);
		expect(run.items.map(({ json, pairedItem }) => [json['number'], pairedItem])).toEqual([
			['T-120', { item: 0 }],
			['T-118', { item: 1 }],
			['T-119', { item: 2 }],
		]);
	});
});

describe('Get says what is wrong', () => {
	it.each<[string, INodeParameters, string]>([
		[
			'when there is no such ID',
			{ vehicleId: vehicleById(5) },
			'Motive has no vehicle with the ID 5',
		],
		[
			'when there is no such number',
			{ vehicleId: vehicleByNumber('T-999') },
			'Motive has no vehicle with the number “T-999”',
		],
		[
			'when there is no such external ID',
			{ vehicleId: { __rl: true, mode: 'externalId', value: 'X' }, integrationName: 'generic_tms' },
			'Motive has no vehicle with the external ID “X” of “generic_tms”',
		],
	])('%s', async (_, parameters, message) => {
		const run = await get(parameters);
		expect(run.error).toMatchObject({
			message,
			description:
				'Check the ID, number or name, and that the credential belongs to the right company.',
		});
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'an ID that is none',
			{ vehicleId: vehicleById('={{ -5 }}') },
			/^Vehicle ID must be a number such as 1040021/,
		],
		['an ID that is empty', { vehicleId: vehicleById('={{ "" }}') }, /^Vehicle is empty/],
		[
			'an external ID of nowhere',
			{ vehicleId: byExternalId, integrationName: '={{ "" }}' },
			/^Integration Name is empty: enter a text such as generic_tms/,
		],
	])('and sends nothing for %s', async (_, parameters, message) => {
		const run = await get(parameters);
		expect(run.error?.message).toMatch(message);
		expect(world.simulator.requests).toEqual([]);
	});

	it('and gives no other vehicle than the one that was meant', async () => {
		world.simulator.faults.add({
			on: LOOKUP,
			answer: answers.edit(() => ({ vehicle: { id: 1, number: 'T-1180' } })),
		});
		const run = await get({ vehicleId: vehicleByNumber('T-18') });
		expect(run.error?.message).toBe('Motive has no vehicle with the number “T-18”');
	});

	it('and names the item, before anything is sent, when one of several cannot be read', async () => {
		const items = [...vehicleItems('T-118'), { json: { id: -5 } }];
		const run = await get({ vehicleId: vehicleById('={{ $json.id }}') }, { items });
		expect(run.error).toMatchObject({
			message: expect.stringMatching(/\[item 1\]$/) as string,
			context: { itemIndex: 1 },
		});
		expect(world.simulator.requests).toEqual([]);
	});

	it('and asks for nothing more once an item has failed', async () => {
		const items = vehicleItems(...Array<string>(40).fill('T-118'));
		world.simulator.faults.add({ on: BY_ID, answer: answers.error(401, 'invalid API key') });
		const run = await get({ vehicleId: vehicleById('={{ $json.id }}') }, { items });
		expect(run.error?.message).toBe(
			'Motive did not accept the credential (vehicle with the ID 1040021) [item 0]',
		);
		expect(world.simulator.requests.length).toBeLessThan(20);
	});
});

describe('With On Error set to continue, Get', () => {
	const node = { onError: 'continueRegularOutput' } as const;

	it('gives an item with the text in the place of each that failed', async () => {
		const items = [
			...vehicleItems('T-118'),
			{ json: { id: 5 } },
			{ json: { id: -5 } },
			...vehicleItems('T-119'),
		];
		const run = await get({ vehicleId: vehicleById('={{ $json.id }}') }, { items, node });
		expect(
			run.items.map(({ json, pairedItem }) => [json['number'] ?? json['error'], pairedItem]),
		).toEqual([
			['T-118', { item: 0 }],
			['Motive has no vehicle with the ID 5', { item: 1 }],
			[expect.stringMatching(/^Vehicle ID must be a number/), { item: 2 }],
			['T-119', { item: 3 }],
		]);
	});

	it('also when the credential cannot be used', async () => {
		const credentials = { motiveApi: { apiKey: 'key', baseUrl: 'not an address' } };
		const run = await get({ vehicleId: vehicleById(1040021) }, { node, credentials });
		expect(run.items).toEqual([
			{
				json: { error: expect.stringMatching(/^The Base URL of the Motive credential/) as string },
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('Get Many', () => {
	it('gives up to 50 vehicles as rows of a table, also the deactivated ones', async () => {
		const run = await getMany();
		expect(run.items).toHaveLength(12);
		expect(run.items[0]).toEqual({ json: t118, pairedItem: { item: 0 } });
		expect(run.items.find(({ json }) => json['number'] === outOfUse)?.json).toMatchObject({
			active: false,
		});
	});

	it('gives no more than Limit', async () => {
		expect(await numbersOf({ limit: 2 })).toEqual(['T-118', 'T-119']);
	});

	it('gives everything that Motive says when it is not simplified', async () => {
		const { items } = await getMany({ simplify: false, limit: 1 });
		expect(items[0]?.json).toMatchObject({
			id: 1040021,
			fuel_type: 'diesel',
			current_driver: { id: 20011 },
		});
	});

	it.each<[string, INodeParameters, string[], INodeParameters]>([
		[
			'in use',
			{ status: 'active' },
			[
				'T-118',
				'T-119',
				'T-120',
				'T-121',
				'T-122',
				'T-123',
				'T-124',
				'T-125',
				'T-126',
				'VAN 7',
				'Yard/Mule #3',
			],
			{},
		],
		['not in use', { status: 'deactivated' }, [outOfUse], {}],
		[
			'of some drivers',
			{ driverIds: ['20012', '20013'] },
			['T-119', 'T-120'],
			{ 'driver_ids[]': ['20012', '20013'] },
		],
		['with a fuel', { fuelType: 'gasoline' }, ['VAN 7'], { fuel_type: 'gasoline' }],
		[
			'changed since',
			{ updatedAfter: '2026-06-16T00:00:00Z' },
			['T-127', 'VAN 7', 'Yard/Mule #3'],
			{ updated_after: '2026-06-16T00:00:00.000Z' },
		],
	])('gives those %s, whatever Motive makes of the filter', async (_, filters, expected, query) => {
		expect(await numbersOf({ filters, returnAll: true })).toEqual(expected);
		expect(world.simulator.requests[0]?.query).toEqual({ ...query, per_page: '100', page_no: '1' });

		// A Motive that does not know the filter returns all of them.
		const all = Array.from({ length: 12 }, (_unused, index) => 1040021 + index);
		const unfiltered = await getMany({ simplify: false });
		expect(unfiltered.items.map(({ json }) => json['id'])).toEqual(all);
		const vehicles = unfiltered.items.map(({ json }) => ({ vehicle: json }));
		world.simulator.faults.add({ on: LIST, answer: answers.edit(() => ({ vehicles })) });
		expect(await numbersOf({ filters, returnAll: true })).toEqual(expected);
	});

	it('sends what the user adds to the query, and leaves out what is null', async () => {
		const options = { queryJson: '{ "group_id": 7, "fuel_type": null }' };
		expect(await numbersOf({ options, filters: { fuelType: 'GASOLINE' } })).toEqual(['VAN 7']);
		expect(world.simulator.requests[0]?.query).toEqual({
			group_id: '7',
			per_page: '100',
			page_no: '1',
		});
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a Limit of nothing', { limit: 0 }, /^Limit must be a number such as 50/],
		[
			'drivers that are no IDs',
			{ filters: { driverIds: 'Sam' } },
			/^Driver Names or IDs must be numbers, but has “Sam”/,
		],
		[
			'a moment that is none',
			{ filters: { updatedAfter: 'yesterday' } },
			/^Updated After must be a date and time/,
		],
		[
			'a query that is no JSON',
			{ options: { queryJson: 'group=7' } },
			/^Additional Query Parameters must be a JSON object/,
		],
	])('refuses %s before anything is sent', async (_, parameters, message) => {
		const run = await getMany(parameters);
		expect(run.error?.message).toMatch(message);
		expect(world.simulator.requests).toEqual([]);
	});

	it('lets an agent ask', async () => {
		const parameters = {
			resource: 'vehicle',
			operation: 'getAll',
			limit: "={{ $fromAI('Limit', 'how many', 'number') }}",
			filters: { status: 'active' },
		};
		const text = await world.inTime(
			async () => await world.engine.runTool({ parameters, args: { Limit: 1 } }),
		);
		expect(JSON.parse(text)).toEqual([t118]);
	});
});

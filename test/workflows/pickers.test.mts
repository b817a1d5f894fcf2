import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { makeFleet } from '../simulator/fleet.mts';
import type { Fault } from '../simulator/faults.mts';
import { LOOKUP, outOfUse, POST, secondsAt, useMotiveWorld, vehicleByNumber } from './motive.mts';

const VEHICLES = 'GET /v1/vehicles';

const world = useMotiveWorld();

type SearchMethod = 'searchVehicles' | 'searchAssets' | 'searchDrivers';

async function search(method: SearchMethod, filter?: string) {
	const parameters = { resource: 'imageCapture', operation: 'capture' };
	const options = { parameters, ...(filter !== undefined && { filter }) };
	return await world.inTime(async () => (await world.engine.listSearch(method, options)).results);
}

async function namesOf(method: SearchMethod, filter?: string): Promise<string[]> {
	return (await search(method, filter)).map(({ name }) => name);
}

describe('The list of vehicles', () => {
	it('shows what people know a vehicle by, and gives its ID', async () => {
		expect((await search('searchVehicles'))[0]).toEqual({
			name: 'T-118 · Sam Doe · 2021 Kenworth T680',
			value: '1040021',
		});
	});

	it('has active vehicles first, each part in the order of their numbers', async () => {
		const names = (await namesOf('searchVehicles')).map((name) => name.split(' · ')[0]);
		expect(names).toEqual([
			...[
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
			outOfUse,
		]);
	});

	it('says which vehicles are not active', async () => {
		expect((await namesOf('searchVehicles')).at(-1)).toMatch(/ · deactivated$/);
	});

	it.each([
		['a part of the number, in any case', ' van ', ['VAN 7']],
		['the number without its dash', 'T118', ['T-118']],
		['the number with space in it', 't 118', ['T-118']],
		['words in any order', 'kenworth 118', ['T-118']],
		['who drives it', 'sam', ['T-118']],
		['a part of the VIN', 'jj040027', ['T-124']],
		['the ID', '1040024', ['T-121']],
		['what is out of use', 'deactivated', [outOfUse]],
		['nothing that is there', 'zeppelin', []],
	])('finds %s', async (_, filter, expected) => {
		expect((await namesOf('searchVehicles', filter)).map((name) => name.split(' · ')[0])).toEqual(
			expected,
		);
	});

	it('is tried again when Motive fails for a moment', async () => {
		world.simulator.faults.add({ on: VEHICLES, times: 1, answer: answers.error(503) });
		expect(await namesOf('searchVehicles')).toHaveLength(12);
	});

	const nowhere = { motiveApi: { apiKey: 'key', baseUrl: 'http://127.0.0.1:9' } };
	it.each<[string, Fault | undefined, number]>([
		['at once when nothing is at the Base URL', undefined, 0],
		['within seconds when Motive is out of order', { on: VEHICLES, answer: answers.error(503) }, 5],
		[
			'within seconds when Motive gets too many requests',
			{ on: VEHICLES, answer: answers.error(429) },
			5,
		],
		['within half a minute when Motive does not answer', { on: VEHICLES, connection: 'hang' }, 30],
	])('fails %s, because someone waits in front of it', async (_, fault, seconds) => {
		if (fault) world.simulator.faults.add(fault);
		const options = { parameters: {}, ...(!fault && { credentials: nowhere }) };
		const failedAt = await world.inTime(async () => {
			await expect(world.engine.listSearch('searchVehicles', options)).rejects.toThrow(
				'list of vehicles',
			);
			return secondsAt(Date.now());
		});
		expect(failedAt).toBeLessThanOrEqual(seconds);
	});

	it('says why it cannot be shown', async () => {
		world.simulator.faults.add({ on: VEHICLES, answer: answers.error(401, 'invalid API key') });
		await expect(search('searchVehicles')).rejects.toThrow(
			'Motive did not accept the credential (list of vehicles)',
		);
	});

	it('says when the answer is no list', async () => {
		world.simulator.faults.add({ on: VEHICLES, answer: answers.html(200) });
		await expect(search('searchVehicles')).rejects.toThrow(
			'The answer to /v1/vehicles is not a list of vehicles',
		);
	});
});

it('The list of assets shows their names', async () => {
	expect(await search('searchAssets', 'tr')).toEqual([
		{ name: 'TRL-204 · Utility 3000R · low boy', value: '55301' },
		{ name: 'TRL-205 · Utility 3000R · low boy', value: '55302' },
	]);
});

describe('The list of drivers', () => {
	it('shows what tells two of the same name apart, active ones first', async () => {
		const results = await search('searchDrivers');
		expect(results[0]).toEqual({
			name: 'Ana Reyes · D-12 · ana.reyes@haulage.example',
			value: '20012',
		});
		expect(results.map(({ name }) => name)).toContain('Lee Novak · D-13 · lnovak');
		expect(results.at(-1)?.name).toMatch(/^Kim Adeyemi · .* · deactivated$/);
	});

	it.each([
		['doe sam', 'Sam Doe'],
		['d13', 'Lee Novak'],
		['areyes', 'Ana Reyes'],
		['415-555-0114', 'Priya Shah'],
	])('finds by “%s”', async (filter, name) => {
		const names = await namesOf('searchDrivers', filter);
		expect(names.map((each) => each.split(' · ')[0])).toEqual([name]);
	});
});

describe('Within a minute', () => {
	const parameters = { resource: 'imageCapture', operation: 'capture' };
	const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
	const find = async (filter: string) =>
		(await world.engine.listSearch('searchVehicles', { parameters, filter })).results.length;

	it('a list is read once, whatever is typed', async () => {
		const counts = await world.inTime(async () => {
			const first = await Promise.all(['', 'k', 'ke'].map(find));
			await wait(58_000);
			return [...first, await find('118')];
		});
		expect(counts).toEqual([12, 12, 12, 1]);
		expect(world.simulator.received(VEHICLES)).toHaveLength(1);
	});

	it('and no longer', async () => {
		await world.inTime(async () => {
			await find('');
			await wait(61_000);
			await find('');
		});
		expect(world.simulator.received(VEHICLES)).toHaveLength(2);
	});

	it('a list that could not be read is read anew', async () => {
		world.simulator.faults.add({ on: VEHICLES, times: 1, answer: answers.error(401) });
		await expect(search('searchVehicles')).rejects.toThrow('did not accept the credential');
		expect(await namesOf('searchVehicles')).toHaveLength(12);
	});

	it('another credential reads a list of its own', async () => {
		await search('searchVehicles');
		world.engine.renewCredentials();
		await search('searchVehicles');
		expect(world.simulator.received(VEHICLES)).toHaveLength(2);
	});
});

describe('In a large fleet', () => {
	const large = useMotiveWorld({ fleet: makeFleet(250) });

	it('the list has the vehicles of every page, in natural order', async () => {
		const parameters = { resource: 'imageCapture', operation: 'capture' };
		const { results } = await large.inTime(
			async () => await large.engine.listSearch('searchVehicles', { parameters }),
		);
		expect(results.map(({ value }) => value)).toEqual(
			large.simulator.fleet.map(({ id }) => String(id)),
		);
		const pages = large.simulator.received(VEHICLES).map(({ query }) => query);
		expect(pages).toEqual([1, 2, 3].map((page) => ({ per_page: '100', page_no: String(page) })));
	});
});

describe('In a fleet of 3,000 vehicles', () => {
	const huge = useMotiveWorld({ fleet: makeFleet(3_000) });
	const parameters = { resource: 'imageCapture', operation: 'capture' };
	const find = async (filter: string) =>
		(await huge.engine.listSearch('searchVehicles', { parameters, filter })).results.length;

	it('opening the picker and typing three letters costs a request for each hundred, side by side', async () => {
		huge.simulator.faults.add({ on: VEHICLES, delay: 1_000 });
		const [counts, seconds] = await huge.inTime(async () => {
			const found: number[] = [];
			for (const typed of ['', 'v', 'v-2', 'v-299']) found.push(await find(typed));
			return [found, secondsAt(Date.now())] as const;
		});
		expect(counts).toEqual([3_000, 3_000, 1_000, 10]);
		expect(huge.simulator.received(VEHICLES)).toHaveLength(30);
		// One after another it is 30 s.
		expect(seconds).toBeLessThanOrEqual(10);
	});
});

describe('Many vehicles chosen by their numbers', () => {
	const large = useMotiveWorld({ fleet: makeFleet(450) });
	const parameters = { resource: 'imageCapture', operation: 'start' };
	const start = async (count: number) =>
		await large.run(
			'start',
			{ ...parameters, vehicleId: vehicleByNumber('={{ $json.number }}') },
			{
				items: large.simulator.fleet.slice(-count).map(({ name }) => ({ json: { number: name } })),
			},
		);
	const requests = () => [
		large.simulator.received(VEHICLES).length,
		large.simulator.received(LOOKUP).length,
	];

	it.each([
		['from the list where it takes fewer requests', 20, [5, 0]],
		['one by one where the list takes more', 4, [0, 4]],
	])('are found %s', async (_, count, expected) => {
		const run = await start(count);
		expect(run.items.map(({ json }) => json['vehicle_id'])).toEqual(
			large.simulator.fleet.slice(-count).map(({ id }) => id),
		);
		expect(requests()).toEqual(expected);
	});

	it('are found without a request where the list was read just now', async () => {
		await large.inTime(async () => {
			await large.engine.listSearch('searchVehicles', { parameters });
			const run = await large.engine.runNode({
				parameters: { ...parameters, vehicleId: vehicleByNumber('v-0400') },
			});
			expect(run.items).toMatchObject([{ json: { vehicle_id: 2_000_400 } }]);
		});
		expect(requests()).toEqual([5, 0]);
	});
});

describe('A vehicle chosen by its number', () => {
	it('is looked up, and its pictures are asked for by ID', async () => {
		await world.run('start', { vehicleId: vehicleByNumber('T-121') });
		expect(world.simulator.received(LOOKUP).map(({ query }) => query)).toEqual([
			{ number: 'T-121' },
		]);
		expect(world.simulator.received(POST).map(({ body }) => body)).toEqual([
			{ vehicle_id: 1040024, position: 'front_facing' },
		]);
	});

	it('may have a number with any characters', async () => {
		await world.run('start', { vehicleId: vehicleByNumber('Yard/Mule #3') });
		expect(world.simulator.received(LOOKUP).map(({ query }) => query)).toEqual([
			{ number: 'Yard/Mule #3' },
		]);
		expect(world.simulator.captures.map(({ device }) => device.name)).toEqual(['Yard/Mule #3']);
	});

	it('is looked up once, however many items ask for it', async () => {
		const items = ['T-121', 'T-122', ' T-121 '].map((number) => ({ json: { number } }));
		const run = await world.run(
			'start',
			{ vehicleId: vehicleByNumber('={{ $json.number }}') },
			{ items },
		);
		expect(run.items.map(({ json }) => json['vehicle'])).toMatchObject([
			{ id: 1040024 },
			{ id: 1040025 },
			{ id: 1040024 },
		]);
		expect(world.simulator.received(LOOKUP)).toHaveLength(2);
	});

	it('is not taken for another one that Motive answers with', async () => {
		world.simulator.faults.add({
			on: LOOKUP,
			answer: answers.fields({ vehicle: { id: 1040022, number: 'T-1210' } }),
		});
		const run = await world.run('start', { vehicleId: vehicleByNumber('T-1') });
		expect(run.error?.message).toMatch(
			/^Motive has no vehicle with the number “T-1” \(similar: T-118, /,
		);
		expect(world.simulator.received(POST)).toEqual([]);
	});

	it('may be spelled differently, where only one can be meant', async () => {
		const items = ['t121', 'T 121', 'van-7'].map((number) => ({ json: { number } }));
		const parameters = { vehicleId: vehicleByNumber('={{ $json.number }}') };
		const run = await world.run('start', parameters, { items });
		expect(run.items.map(({ json }) => json['vehicle'])).toMatchObject([
			{ number: 'T-121' },
			{ number: 'T-121' },
			{ number: 'VAN 7' },
		]);
		expect(world.simulator.received(VEHICLES)).toHaveLength(1);
	});

	it('is looked up again when Motive fails for a moment', async () => {
		world.simulator.faults.add({ on: LOOKUP, times: 1, answer: answers.error(429) });
		world.simulator.faults.add({ on: LOOKUP, times: 1, connection: 'reset' });
		const run = await world.run('start', { vehicleId: vehicleByNumber('T-121') });
		expect(run.items).toHaveLength(1);
	});

	it('that does not exist fails its own item alone', async () => {
		const items = ['T-999', 'T-122'].map((number) => ({ json: { number } }));
		const run = await world.run(
			'start',
			{ vehicleId: vehicleByNumber('={{ $json.number }}') },
			{ items, node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items).toMatchObject([
			{ json: { error: 'Motive has no vehicle with the number “T-999”' }, pairedItem: { item: 0 } },
			{ json: { vehicle: { number: 'T-122' } }, pairedItem: { item: 1 } },
		]);
	});

	it('that does not exist keeps every picture from being started, when one failure stops the node', async () => {
		const items = ['T-122', 'T-999'].map((number) => ({ json: { number } }));
		const run = await world.run(
			'start',
			{ vehicleId: vehicleByNumber('={{ $json.number }}') },
			{ items },
		);
		expect(run.error?.message).toBe('Motive has no vehicle with the number “T-999” [item 1]');
		expect(world.simulator.received(POST)).toEqual([]);
	});
});

import { describe, expect, it } from 'vitest';

import {
	lookUp,
	recordByExternalId,
	sourceNames,
	vehicleById,
	vehicleByNumber,
	vehiclesByNumber,
} from '../../../nodes/Motive/runs/lookUp.ts';
import { fleetEntries, fleetEntry, type FleetEntry } from '../../../nodes/Motive/motive/fleet.ts';
import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import type { MotiveRequest } from '../../../nodes/Motive/transport/request.ts';

const vehicle = { id: 1040021, number: 'T-118', make: 'Kenworth' };
const says = (answer: unknown) => () => Promise.resolve(answer);

describe('lookUp', () => {
	it.each([
		[{ vehicle }, 'T-118'],
		[vehicle, 't-118'],
		[{ vehicle: { ...vehicle, number: ' T-118 ' } }, 'T-118'],
		[{ vehicle: { ...vehicle, number: 118 } }, '118'],
		[{ vehicle: { ...vehicle, id: '1040021' } }, 'T-118'],
		[{ vehicle: { ...vehicle, number: 'Zu\u0308rich 7' } }, 'Zürich 7'],
		[{ vehicle: { ...vehicle, number: 'Zürich 7' } }, 'Zu\u0308rich 7'],
		[{ vehicles: [{ vehicle }] }, 'T-118'],
	])('finds %j by the number %j', async (answer, number) => {
		expect(await lookUp(says(answer), vehicleByNumber(number))).toMatchObject({
			id: 1040021,
			make: 'Kenworth',
		});
	});

	it.each([
		['another vehicle', { vehicle: { ...vehicle, number: 'T-1180' } }],
		['a vehicle without a number', { vehicle: { id: 7 } }],
		['a vehicle without an id', { vehicle: { number: 'T-118' } }],
		['a list of others', { vehicles: [{ vehicle: { ...vehicle, number: 'T-119' } }, { vehicle }] }],
		['nothing', null],
		['a page', '<html>'],
	])('does not take %s for the vehicle', async (_, answer) => {
		await expect(lookUp(says(answer), vehicleByNumber('T-118'))).rejects.toMatchObject({
			kind: 'notFound',
			facts: { detail: 'Motive has no vehicle with the number “T-118”' },
		});
	});

	it('says what is missing when Motive finds nothing, and hands on every other failure', async () => {
		const failing = (failure: MotiveFailure) => () => Promise.reject(failure);
		await expect(
			lookUp(failing(new MotiveFailure('notFound', { status: 404 })), vehicleById(7)),
		).rejects.toThrow('Motive has no vehicle with the ID 7');
		const forbidden = new MotiveFailure('forbidden', { status: 403 });
		await expect(lookUp(failing(forbidden), vehicleById(7))).rejects.toBe(forbidden);
	});

	it('asks in the way that belongs to the name', async () => {
		const sent: MotiveRequest[] = [];
		const note = (request: MotiveRequest) => {
			sent.push(request);
			return Promise.resolve({ vehicle, asset: { id: 8 } });
		};
		await lookUp(note, vehicleByNumber('T-118'));
		await lookUp(note, vehicleById(1040021));
		await lookUp(note, recordByExternalId('asset', 'TMS-7', 'generic_tms')).catch(() => undefined);
		expect(sent).toEqual([
			{ method: 'GET', path: '/v1/vehicles/lookup', query: { number: 'T-118' } },
			{ method: 'GET', path: '/v1/vehicles/1040021' },
			{
				method: 'GET',
				path: '/v1/assets/lookup_by_external_id',
				query: { external_id: 'TMS-7', integration_name: 'generic_tms' },
			},
		]);
	});
});

describe('A number that Motive does not know in this spelling', () => {
	const fleet = (...vehicles: Array<[number, string, string?]>) => {
		const records = vehicles.map(([id, number, status = 'active']) => ({ id, number, status }));
		const entries = records.map((record) => fleetEntry('vehicle', record));
		return {
			request: ({ path }: MotiveRequest) => {
				const record = records.find(({ id }) => path === `/v1/vehicles/${id}`);
				return record ? Promise.resolve({ vehicle: record }) : Promise.reject(notFound);
			},
			list: () => Promise.resolve(entries.filter((entry) => entry !== undefined)),
		};
	};
	const notFound = new MotiveFailure('notFound', { status: 404 });

	it.each<[string, number, Array<[number, string, string?]>]>([
		[
			't118',
			1,
			[
				[1, 'T-118'],
				[2, 'T-119'],
			],
		],
		[
			'T 118',
			1,
			[
				[1, 'T-118'],
				[2, 'T-1180'],
			],
		],
		[
			'unit–7',
			2,
			[
				[1, 'T-118'],
				[2, 'Unit #7'],
			],
		],
		[
			't118',
			2,
			[
				[1, 'T118', 'deactivated'],
				[2, 'T-118'],
			],
		],
		[
			't118',
			1,
			[
				[1, 'T-118', 'deactivated'],
				[2, 'T-119'],
			],
		],
	])('“%s” means the vehicle %i of %j', async (number, id, vehicles) => {
		const { request, list } = fleet(...vehicles);
		expect(await lookUp(request, vehicleByNumber(number), list)).toMatchObject({ id });
	});

	it.each<[string, string, Array<[number, string, string?]>]>([
		['T-11', 'Motive has no vehicle with the number “T-11” (similar: T-118)', [[1, 'T-118']]],
		[
			'118',
			'Motive has no vehicle with the number “118” (similar: T-118, VAN 118)',
			[
				[1, 'T-118'],
				[2, 'VAN 118'],
			],
		],
		[
			'1',
			'Motive has no vehicle with the number “1” (similar: T-1, T-10, T-11 and others)',
			[
				[1, 'T-1'],
				[2, 'T-10'],
				[3, 'T-11'],
				[4, 'T-12'],
			],
		],
		['T-200', 'Motive has no vehicle with the number “T-200”', [[1, 'T-118']]],
		['🚚', 'Motive has no vehicle with the number “🚚”', [[1, '🚛']]],
		[
			't 118',
			'More than one vehicle may be meant by the number “t 118”: T-118, T118',
			[
				[1, 'T-118'],
				[2, 'T118'],
			],
		],
	])('“%s” means none: %s', async (number, message, vehicles) => {
		const { request, list } = fleet(...vehicles);
		await expect(lookUp(request, vehicleByNumber(number), list)).rejects.toMatchObject({
			kind: 'notFound',
			message,
		});
	});

	it('is not looked for in the list where Motive has failed', async () => {
		const forbidden = new MotiveFailure('forbidden', { status: 403 });
		const looking = lookUp(
			() => Promise.reject(forbidden),
			vehicleByNumber('T-118'),
			() => Promise.reject(new Error('Nobody needs the list')),
		);
		await expect(looking).rejects.toBe(forbidden);
	});
});

describe('vehiclesByNumber', () => {
	const entries = (numbers: readonly string[]) =>
		fleetEntries(
			'vehicle',
			numbers.map((number, index) => ({ id: index + 1, number })),
		);
	/** Finds vehicles of a list, and notes what was looked up and how many requests the list was worth. */
	const finder = (list: () => Promise<FleetEntry[]>) => {
		const asked: unknown[] = [];
		const worth: unknown[] = [];
		const fleet = async (_kind: string, most?: number) => {
			worth.push(most);
			return await list();
		};
		const find = vehiclesByNumber(({ query }) => {
			asked.push(query?.['number']);
			return Promise.resolve({ vehicle: { id: 100, number: query?.['number'] } });
		}, fleet);
		return { asked, worth, find };
	};
	const six = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5', 'T-6'];

	it('asks once for each number, however many items have it', async () => {
		const { asked, find } = finder(() => Promise.resolve([]));
		await Promise.all(['T-1', 't-2', 'T-1', 'T-1'].map(find));
		expect(await find('t-2')).toEqual({ id: 100, name: 't-2' });
		expect(asked).toEqual(['T-1', 't-2']);
	});

	it('takes more than a few that are asked for at the same time from the list', async () => {
		const { asked, worth, find } = finder(() => Promise.resolve(entries(six)));
		const found = await Promise.all(['t-6', ...six].map(find));
		expect(found.map(({ id }) => id)).toEqual([6, 1, 2, 3, 4, 5, 6]);
		expect([worth, asked]).toEqual([[7], []]);
	});

	it('takes a few from the list only where it is there already', async () => {
		const { asked, worth, find } = finder(() => Promise.resolve(entries(six)));
		expect(await find('T-4')).toEqual({ id: 4, name: 'T-4' });
		expect([worth, asked]).toEqual([[0], []]);
	});

	it.each<[string, () => Promise<FleetEntry[]>]>([
		['has it twice', () => Promise.resolve(entries(['T-1', 't-1']))],
		['does not have it', () => Promise.resolve(entries(['T-11', 'T1']))],
		['cannot be read', () => Promise.reject(new Error('no'))],
	])('looks a number up where the list %s', async (_, list) => {
		const { asked, find } = finder(list);
		expect(await find('T-1')).toEqual({ id: 100, name: 'T-1' });
		expect(asked).toEqual(['T-1']);
	});
});

describe('sourceNames', () => {
	it('is the number of a vehicle or the name of an asset, each looked up once', async () => {
		const asked: string[] = [];
		const nameOf = sourceNames(
			({ path }) => {
				asked.push(path);
				return Promise.resolve({ vehicle });
			},
			(kind) => {
				asked.push(kind);
				const assets = [
					{ id: 8, name: 'TRL-204' },
					{ id: 9, name: 'nil' },
				];
				return Promise.resolve(fleetEntries(kind, assets));
			},
		);
		const kinds = ['vehicle', 'asset', 'vehicle', 'asset'] as const;
		const names = kinds.map(async (kind) => await nameOf(kind, kind === 'asset' ? 8 : 1040021));
		expect(await Promise.all(names)).toEqual(['T-118', 'TRL-204', 'T-118', 'TRL-204']);
		await expect(nameOf('asset', 9)).rejects.toThrow('Motive has no name for the asset 9');
		await expect(nameOf('asset', 10)).rejects.toThrow('Motive has no asset with the ID 10');
		expect(asked).toEqual(['/v1/vehicles/1040021', 'asset']);
	});
});

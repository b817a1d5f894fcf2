import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { makeFleet } from '../simulator/fleet.mts';
import { useMotiveWorld, vehicleById } from './motive.mts';

const LIST = 'GET /v1/assets';

const trl204 = {
	id: 55301,
	name: 'TRL-204',
	active: true,
	type: 'low_boy',
	custom_type: null,
	make: 'Utility',
	model: '3000R',
	vin: null,
	license_plate_state: null,
	license_plate_number: null,
};

const fleet = makeFleet(120).map((device) => ({ ...device, kind: 'asset' as const }));

describe('In a small fleet', () => {
	const world = useMotiveWorld();
	const get = async (parameters: INodeParameters, rest = {}) =>
		await world.run('get', { resource: 'asset', ...parameters }, rest);
	const getMany = async (parameters: INodeParameters = {}) =>
		await world.run('getAll', { resource: 'asset', ...parameters });

	it.each<[string, INodeParameters, string]>([
		['chosen from the list', { assetId: { __rl: true, mode: 'list', value: '55301' } }, LIST],
		['by its ID', { assetId: vehicleById(55301) }, LIST],
		[
			'by its external ID',
			{
				assetId: { __rl: true, mode: 'externalId', value: 'TMS-TRL-204' },
				integrationName: 'generic_tms',
			},
			'GET /v1/assets/lookup_by_external_id',
		],
	])('Get finds an asset %s', async (_, parameters, route) => {
		const run = await get(parameters);
		expect(run.items).toEqual([{ json: trl204, pairedItem: { item: 0 } }]);
		expect(world.simulator.requests.map((request) => request.route)).toEqual([route]);
	});

	it('Get reads the list of assets once for all items', async () => {
		const items = [55301, 55302, 55303].map((id) => ({ json: { id } }));
		const run = await get({ assetId: vehicleById('={{ $json.id }}') }, { items });
		expect(run.items.map(({ json }) => json['name'])).toEqual(['TRL-204', 'TRL-205', 'Reefer 12']);
		expect(world.simulator.requests).toHaveLength(1);
	});

	it('Get reads no list that was read for the picker just now', async () => {
		const run = await world.inTime(async () => {
			await world.engine.listSearch('searchAssets', { parameters: {} });
			return await world.engine.runNode({
				parameters: { resource: 'asset', operation: 'get', assetId: vehicleById(55302) },
			});
		});
		expect(run.items[0]?.json).toMatchObject({ name: 'TRL-205', make: 'Utility' });
		expect(world.simulator.requests).toHaveLength(1);
	});

	it('Get gives everything that Motive says when it is not simplified', async () => {
		const { items } = await get({ assetId: vehicleById(55301), simplify: false });
		expect(items[0]?.json).toMatchObject({ id: 55301, status: 'active', name: 'TRL-204' });
	});

	it('Get says when there is no such asset', async () => {
		const run = await get({ assetId: vehicleById(1) });
		expect(run.error?.message).toBe('Motive has no asset with the ID 1');
	});

	it('Get says when the list cannot be read, in the name of the asset', async () => {
		world.simulator.faults.add({ on: LIST, answer: answers.error(403, 'no scope') });
		const run = await get({ assetId: vehicleById(55301) });
		expect(run.error).toMatchObject({
			message: 'Motive does not allow this (asset with the ID 55301)',
			description: expect.stringMatching(
				/^With an API key, the company may not have the feature.*“no scope”$/,
			) as string,
		});
	});

	it('Get Many gives assets as rows of a table', async () => {
		const run = await getMany();
		expect(run.items).toHaveLength(4);
		expect(run.items[0]).toEqual({ json: trl204, pairedItem: { item: 0 } });
	});

	it.each<[INodeParameters, INodeParameters, number]>([
		[{ status: 'active' }, { status: 'active' }, 4],
		[{ status: 'deactivated' }, {}, 0],
		[{ type: 'LOW_BOY' }, {}, 4],
		[{ type: 'reefer' }, {}, 0],
	])('Get Many with the filter %o asks Motive for %o', async (filters, query, count) => {
		const { items } = await getMany({ filters });
		expect(items).toHaveLength(count);
		expect(world.simulator.requests[0]?.query).toEqual({ ...query, per_page: '100', page_no: '1' });
	});
});

describe('In a larger fleet', () => {
	const world = useMotiveWorld({ fleet });

	it('Get finds an asset of the second page', async () => {
		const run = await world.run('get', { resource: 'asset', assetId: vehicleById(2_000_120) });
		expect(run.items[0]?.json).toMatchObject({ name: 'V-0120' });
		expect(world.simulator.requests).toHaveLength(2);
	});

	it('Get Many stops where Limit is reached, and goes on to the end for Return All', async () => {
		const few = await world.run('getAll', { resource: 'asset' });
		expect(few.items).toHaveLength(50);
		expect(world.simulator.requests).toHaveLength(1);
		const all = await world.run('getAll', { resource: 'asset', returnAll: true });
		expect(all.items.map(({ json }) => json['id'])).toEqual(fleet.map(({ id }) => id));
		expect(world.simulator.requests).toHaveLength(3);
	});
});

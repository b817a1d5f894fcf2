import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { useMotiveWorld } from './motive.mts';

const LIST = 'GET /v1/users';

const world = useMotiveWorld();

const sam = {
	id: 20011,
	name: 'Sam Doe',
	active: true,
	username: 'sdoe',
	email: 'sam.doe@haulage.example',
	phone: '4155550111',
	driver_company_id: 'D-11',
	duty_status: 'driving',
	updated_at: '2026-06-20T08:15:00Z',
};

async function getMany(parameters: INodeParameters = {}) {
	return await world.run('getAll', { resource: 'driver', ...parameters });
}

async function namesOf(filters: INodeParameters) {
	const { items } = await getMany({ filters, returnAll: true });
	return items.map(({ json }) => json['name']);
}

describe('Get Many', () => {
	const active = [
		'Sam Doe',
		'Ana Reyes',
		'Lee Novak',
		'Priya Shah',
		'Tom Okafor',
		'Mia Lindqvist',
		'Jo Baker',
		'Max Weber',
	];

	it('gives drivers as rows of a table, also the deactivated ones, and nobody else', async () => {
		const { items } = await getMany();
		expect(items.map(({ json }) => json['name'])).toEqual([...active, 'Kim Adeyemi']);
		expect(items[0]).toEqual({ json: sam, pairedItem: { item: 0 } });
		expect(items[2]?.json).toMatchObject({ name: 'Lee Novak', email: null });
		expect(items.at(-1)?.json).toMatchObject({ active: false });
		expect(world.simulator.requests.map(({ query }) => query)).toEqual([
			{ role: 'driver', per_page: '100', page_no: '1' },
		]);
	});

	it('gives drivers only, even from a Motive that lists everybody', async () => {
		const everybody = answers.edit(() => ({
			users: [
				{ user: { id: 1, role: 'admin', first_name: 'Ola' } },
				{ user: { id: 2, role: 'driver', username: 'jo' } },
				{ user: { id: 3, first_name: 'Kim', last_name: null } },
			],
		}));
		world.simulator.faults.add({ on: LIST, answer: everybody });
		expect(await namesOf({})).toEqual(['jo', 'Kim']);
	});

	it('gives everything that Motive says when it is not simplified', async () => {
		const { items } = await getMany({ simplify: false, limit: 1 });
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ role: 'driver', carrier_name: 'Simulated Haulage' });
	});

	it.each<[string, INodeParameters, string[], INodeParameters]>([
		['who are active', { status: 'active' }, active, {}],
		['who are not', { status: 'deactivated' }, ['Kim Adeyemi'], {}],
		[
			'changed since',
			{ updatedAfter: '2026-06-21T00:00:00Z' },
			[],
			{ updated_after: '2026-06-21T00:00:00.000Z' },
		],
	])('gives those %s', async (_, filters, expected, query) => {
		expect(await namesOf(filters)).toEqual(expected);
		expect(world.simulator.requests[0]?.query).toEqual({
			...query,
			role: 'driver',
			per_page: '100',
			page_no: '1',
		});
	});
});

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { useMotiveWorld } from './motive.mts';
import { signedIn } from './signedIn.mts';

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

const LOOKUP = 'GET /v1/users/lookup';
const BY_ID = 'GET /v1/users/:id';

async function get(mode: string, value: string, parameters: INodeParameters = {}, rest = {}) {
	const driverId = { __rl: true, mode, value };
	return await world.run('get', { resource: 'driver', driverId, ...parameters }, rest);
}

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

describe('Get finds a driver', () => {
	it.each<[string, string, string, string, INodeParameters]>([
		['chosen from the list', 'list', '20011', BY_ID, {}],
		['by ID', 'id', '20011', BY_ID, {}],
		['by username', 'username', 'sdoe', LOOKUP, { username: 'sdoe' }],
		[
			'by email',
			'email',
			' sam.doe@haulage.example ',
			LOOKUP,
			{ email: 'sam.doe@haulage.example' },
		],
		['by company ID', 'driverCompanyId', 'D-11', LOOKUP, { driver_company_id: 'D-11' }],
		['by phone', 'phone', '(415) 555-0111', LOOKUP, { phone: '4155550111' }],
		[
			'by phone, written as a number',
			'phone',
			'={{ 4155550111 }}',
			LOOKUP,
			{ phone: '4155550111' },
		],
	])('%s', async (_, mode, value, route, query) => {
		const run = await get(mode, value);
		expect(run.items).toEqual([{ json: sam, pairedItem: { item: 0 } }]);
		expect(world.simulator.requests.map((request) => [request.route, request.query])).toEqual([
			[route, query],
		]);
	});

	it('by an ID as agents give it', async () => {
		const run = await world.run('get', { resource: 'driver', driverId: '20012' });
		expect(run.items[0]?.json).toMatchObject({ name: 'Ana Reyes' });
	});

	it('for every item, with everything that Motive says', async () => {
		const items = ['areyes', 'lnovak'].map((username) => ({ json: { username } }));
		const run = await get('username', '={{ $json.username }}', { simplify: false }, { items });
		expect(run.items).toMatchObject([
			{ json: { last_name: 'Reyes', role: 'driver' }, pairedItem: { item: 0 } },
			{
				json: { last_name: 'Novak', time_zone: 'Central Time (US & Canada)' },
				pairedItem: { item: 1 },
			},
		]);
	});

	const user = { id: 20011, role: 'driver', username: 'sdoe', phone: '14155550111' };
	it.each([
		['without a wrapper', user],
		['in a list', { users: [{ user }] }],
		['with an ID as text', { user: { ...user, id: '20011' } }],
		['without a role', { user: { ...user, role: null } }],
	])('in an answer %s', async (_, answer) => {
		world.simulator.faults.add({ on: LOOKUP, answer: answers.json(answer) });
		for (const [mode, value] of [
			['username', 'sdoe'],
			['phone', '415 555 0111'],
		] as const)
			expect((await get(mode, value)).items[0]?.json).toMatchObject({ username: 'sdoe' });
	});
});

describe('Get says what is wrong', () => {
	it.each([
		['id', '5', 'Motive has no driver with the ID 5'],
		['id', '20020', 'Motive has no driver with the ID 20020'],
		['username', 'nobody', 'Motive has no driver with the username “nobody”'],
		[
			'email',
			'ruth.vega@haulage.example',
			'Motive has no driver with the email address “ruth.vega@haulage.example”',
		],
		['driverCompanyId', 'D-99', 'Motive has no driver with the company ID “D-99”'],
		['phone', '555-0199', 'Motive has no driver with the phone number “555-0199”'],
	])('when nobody who drives has the %s %s', async (mode, value, message) => {
		expect((await get(mode, value)).error?.message).toBe(message);
	});

	it('and gives no other driver than the one that was meant', async () => {
		const other = { user: { id: 1, role: 'driver', username: 'sdoe2', phone: '4155550112' } };
		world.simulator.faults.add({ on: LOOKUP, answer: answers.json(other) });
		expect((await get('username', 'sdoe')).error?.message).toMatch(/^Motive has no driver/);
		expect((await get('phone', '2')).error?.message).toMatch(/^Motive has no driver/);
	});

	it.each([
		[
			'id',
			'sdoe',
			/^Driver ID must be a number such as 20011, but is “sdoe”\. To pick it by its name, choose From List$/,
		],
		['username', '={{ "" }}', /^Driver is empty/],
	])('and sends nothing for the %s %s', async (mode, value, message) => {
		expect((await get(mode, value)).error?.message).toMatch(message);
		expect(world.simulator.requests).toEqual([]);
	});

	it('when a scope is missing', async () => {
		const credentials = { motiveOAuth2Api: signedIn(world.simulator, ['companies.read']) };
		const run = await get('id', '20011', { authentication: 'oAuth2' }, { credentials });
		expect(run.error?.message).toBe('Motive does not allow this (driver with the ID 20011)');
	});
});

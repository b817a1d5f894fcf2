import { describe, expect, it } from 'vitest';
import { isRecord } from '../../simulator/values.mts';
import { useSimulator } from './harness.mts';

const { client } = useSimulator();

const get = async (path: string) => (await client().call('GET', path)).data;

/** The names in a list of users. */
function namesIn(body: unknown): unknown[] {
	const rows: unknown[] = isRecord(body) && Array.isArray(body['users']) ? body['users'] : [];
	return rows.filter(isRecord).map(({ user }) => (isRecord(user) ? user['last_name'] : undefined));
}

describe('users', () => {
	it('are drivers and others, page by page', async () => {
		const first = await get('/v1/users?per_page=5');
		expect(first).toMatchObject({ pagination: { per_page: 5, page_no: 1, total: 11 } });
		const rest = await Promise.all(
			[2, 3, 4].map(async (no) => await get(`/v1/users?per_page=5&page_no=${no}`)),
		);
		expect([first, ...rest].flatMap(namesIn)).toHaveLength(11);
		expect(rest.map((body) => namesIn(body).length)).toEqual([5, 1, 0]);
	});

	it('can be drivers only, former ones included', async () => {
		const drivers = await get('/v1/users?role=driver');
		expect(namesIn(drivers)).toEqual([
			'Doe',
			'Reyes',
			'Novak',
			'Shah',
			'Okafor',
			'Lindqvist',
			'Baker',
			'Weber',
			'Adeyemi',
		]);
		expect(drivers).toHaveProperty('users.0.user.username', 'sdoe');
		expect(drivers).toHaveProperty('users.8.user.status', 'deactivated');
		expect(namesIn(await get('/v1/users?role=admin'))).toEqual(['Berg']);
	});

	it.each([
		['username=areyes', 'Reyes'],
		['email=mia.lindqvist@haulage.example', 'Lindqvist'],
		['driver_company_id=D-11', 'Doe'],
		['phone=4155550114', 'Shah'],
		['username=rvega', 'Vega'],
	])('are found by %s', async (query, last_name) => {
		expect(await get(`/v1/users/lookup?${query}`)).toMatchObject({ user: { last_name } });
	});

	it('are found by their ID', async () => {
		expect(await get('/v1/users/20012')).toMatchObject({ user: { last_name: 'Reyes' } });
		expect((await client().call('GET', '/v1/users/1')).status).toBe(404);
	});

	it.each([
		['', 400, 'one of username, email, driver_company_id, phone is required'],
		['?username=nobody', 404, 'user not found'],
		['?username=sdoe&phone=4155550114', 404, 'user not found'],
	])('are not found by “%s”', async (query, status, error_message) => {
		const answer = await client().call('GET', `/v1/users/lookup${query}`);
		expect([answer.status, answer.data]).toEqual([status, { error_message }]);
	});
});

describe('who drives a vehicle', () => {
	const sam = { id: 20011, first_name: 'Sam', last_name: 'Doe', username: 'sdoe', role: 'driver' };

	it('stands in the vehicle, and beside where it is', async () => {
		expect(await get('/v1/vehicles/1040021')).toMatchObject({ vehicle: { current_driver: sam } });
		expect(await get('/v3/vehicle_locations?vehicle_id=1040021')).toMatchObject({
			vehicles: [{ vehicle: { number: 'T-118', current_driver: sam } }],
			pagination: { total: 1 },
		});
		expect(await get('/v1/vehicles/1040029')).toMatchObject({ vehicle: { current_driver: null } });
	});
});

describe('where vehicles are', () => {
	it('is told of all that are in use, page by page', async () => {
		const pages = await Promise.all(
			[1, 2, 3].map(async (no) => await get(`/v3/vehicle_locations?per_page=5&page_no=${no}`)),
		);
		const rows = pages.map((body) => (isRecord(body) ? body['vehicles'] : undefined));
		expect(rows.map((list) => Array.isArray(list) && list.length)).toEqual([5, 5, 1]);
		expect(pages[0]).toHaveProperty('vehicles.0.vehicle.current_location.lat', 41.21);
		expect(pages[0]).toHaveProperty('pagination.total', 11);
	});

	it('is told of one vehicle at a time, or of those in a state', async () => {
		const several = '/v3/vehicle_locations?vehicle_id=1040021&vehicle_id=1040022';
		expect(await get(several)).toMatchObject({
			vehicles: [{ vehicle: { number: 'T-119' } }],
			pagination: { total: 1 },
		});
		expect(await get('/v3/vehicle_locations?vehicle_status=deactivated')).toHaveProperty(
			'vehicles',
			[],
		);
	});
});

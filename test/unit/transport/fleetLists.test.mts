import { describe, expect, it } from 'vitest';

import { fleetLists } from '../../../nodes/Motive/transport/fleetLists.ts';
import type { MotiveRequest } from '../../../nodes/Motive/transport/request.ts';
import { VirtualClock } from '../polling/virtualClock.mts';

let accounts = 0;

/** An API with two vehicles, of an account that nobody has asked for yet. */
function api(account = `account ${accounts++}`) {
	const clock = new VirtualClock();
	const paths: string[] = [];
	const vehicles = [{ id: 1, number: 'T-1' }, { id: 2 }, { number: 'T-3' }];
	const request = async ({ path }: MotiveRequest): Promise<unknown> => {
		paths.push(path);
		return await Promise.resolve({ vehicles, users: [], pagination: { total: 3 } });
	};
	return { account, clock, paths, request, read: fleetLists({ account, clock, request }) };
}

describe('A list of the fleet', () => {
	it('is read once, also by those who come while it is being read', async () => {
		const { paths, read } = api();
		const lists = await Promise.all([read('vehicle'), read('vehicle')]);
		for (const list of [...lists, await read('vehicle')])
			expect(list.map(({ name }) => name)).toEqual(['T-1', 'ID 2']);
		expect(paths).toEqual(['/v1/vehicles']);
	});

	it('is its own for each kind and each account', async () => {
		const one = api();
		await one.read('vehicle');
		await one.read('driver');
		const other = api();
		await other.read('vehicle');
		expect([one.paths, other.paths]).toEqual([['/v1/vehicles', '/v1/users'], ['/v1/vehicles']]);
	});

	it('is not waited for in vain where whoever reads it is stopped', async () => {
		const { account, clock, paths, read } = api();
		let stop: (reason: Error) => void = () => undefined;
		const stopped = fleetLists({
			account,
			clock,
			request: async () =>
				await new Promise((_resolve, reject) => {
					stop = reject;
				}),
		})('vehicle');
		const waiting = read('vehicle');
		stop(new Error('stopped'));
		await expect(stopped).rejects.toThrow('stopped');
		expect(await waiting).toHaveLength(2);
		expect(await read('vehicle')).toHaveLength(2);
		expect(paths).toEqual(['/v1/vehicles']);
	});

	it('is forgotten when many others have been read since', async () => {
		const first = api();
		await first.read('vehicle');
		for (let count = 0; count < 8; count++) await api().read('vehicle');
		await first.read('vehicle');
		expect(first.paths).toHaveLength(2);
	});

	it('is read where it takes no more requests than it is worth, and found by all once it is there', async () => {
		const { account, clock, paths } = api();
		const vehicles = Array.from({ length: 250 }, (_, id) => ({ id: id + 1 }));
		const read = fleetLists({
			account,
			clock,
			request: async ({ path, query }) => {
				paths.push(path);
				const start = (Number(query?.['page_no']) - 1) * 100;
				return await Promise.resolve({ vehicles: vehicles.slice(start, start + 100), total: 250 });
			},
		});
		expect(await read('vehicle', 0)).toBeUndefined();
		expect(paths).toHaveLength(0);
		expect(await read('vehicle', 2)).toBeUndefined();
		expect(paths).toHaveLength(1);
		const [waiting, reading] = [read('vehicle', 2), read('vehicle', 3)];
		expect(await read('vehicle', 0)).toBeUndefined();
		expect(await reading).toHaveLength(250);
		expect(await waiting).toBeUndefined();
		expect(await read('vehicle', 0)).toHaveLength(250);
		expect(paths).toHaveLength(1 + 1 + 3);
	});
});

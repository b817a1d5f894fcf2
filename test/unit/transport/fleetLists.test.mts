import { describe, expect, it } from 'vitest';

import { fleetLists, requestFleetAlone } from '../../../nodes/Motive/transport/fleetLists.ts';
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

	it('is read anew after a minute, and not before', async () => {
		const { clock, paths, read } = api();
		await read('vehicle');
		await clock.run(clock.sleep(59_999));
		await read('vehicle');
		expect(paths).toHaveLength(1);
		await clock.run(clock.sleep(1));
		expect(await read('vehicle', 0)).toBeUndefined();
		expect(await read('vehicle')).toHaveLength(2);
		expect(paths).toHaveLength(2);
	});

	it('is not waited for by those who want it only if it is there', async () => {
		const { account, clock, read } = api();
		const request = async () => await new Promise<unknown>(() => undefined);
		void fleetLists({ account, clock, request })('vehicle');
		expect(await read('vehicle', 0)).toBeUndefined();
	});

	it('is kept while seven others are read', async () => {
		const first = api();
		await first.read('vehicle');
		for (let count = 0; count < 7; count++) await api().read('vehicle');
		await first.read('vehicle');
		expect(first.paths).toHaveLength(1);
	});

	it('is kept while any number of others cannot be read, or take too many requests', async () => {
		const first = api();
		await first.read('vehicle');
		for (let count = 0; count < 20; count++) {
			const { account, clock } = api();
			const refuse = async () => await Promise.reject(new Error('refused'));
			await expect(fleetLists({ account, clock, request: refuse })('vehicle')).rejects.toThrow(
				'refused',
			);
			const long = async () => await Promise.resolve({ vehicles: [{ id: 1 }], total: 2 });
			expect(await fleetLists({ account, clock, request: long })('vehicle', 1)).toBeUndefined();
		}
		await first.read('vehicle');
		expect(first.paths).toHaveLength(1);
	});

	it('is kept when another reading of it fails later', async () => {
		const { account, clock, paths, read } = api();
		const stops: Array<(reason: Error) => void> = [];
		const request = async () =>
			await new Promise<unknown>((_resolve, reject) => {
				stops.push(reject);
			});
		const stopped = fleetLists({ account, clock, request });
		const settled = Promise.allSettled([stopped('vehicle'), stopped('vehicle')]);
		const waiting = read('vehicle');
		stops[0]?.(new Error('stopped'));
		await waiting;
		stops[1]?.(new Error('stopped'));
		expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await read('vehicle');
		expect(paths).toHaveLength(1);
	});

	it('of many pages is read several pages at a time, unless it is read alone', async () => {
		const { account, clock } = api();
		const vehicles = Array.from({ length: 800 }, (_, id) => ({ id: id + 1 }));
		let underWay = 0;
		let most = 0;
		const request = async ({ query }: MotiveRequest): Promise<unknown> => {
			most = Math.max(most, (underWay += 1));
			await Promise.resolve();
			underWay -= 1;
			const start = (Number(query?.['page_no']) - 1) * 100;
			return { vehicles: vehicles.slice(start, start + 100), total: 800 };
		};
		expect(await requestFleetAlone(request, 'vehicle')).toHaveLength(800);
		expect(most).toBe(1);
		expect(await fleetLists({ account, clock, request })('vehicle')).toHaveLength(800);
		expect(most).toBeGreaterThan(1);
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

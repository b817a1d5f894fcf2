import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import type { MotiveList } from '../../../nodes/Motive/motive/lists.ts';
import { requestAll, requestAllWithin } from '../../../nodes/Motive/transport/paging.ts';
import type { MotiveRequest } from '../../../nodes/Motive/transport/request.ts';

const LIST: MotiveList = {
	things: 'vehicles',
	path: '/v1/vehicles',
	plural: 'vehicles',
	singular: 'vehicle',
};

interface Entry {
	id: number;
}

type Shape = (rows: Entry[], total: number) => unknown;

/** The ways in which Motive writes its lists. */
const shapes: Record<string, Shape> = {
	'wrapped, with pagination': (rows, total) => ({
		vehicles: rows.map((vehicle) => ({ vehicle })),
		pagination: { total },
	}),
	'not wrapped, with pagination': (rows, total) => ({ vehicles: rows, pagination: { total } }),
	'wrapped, with a count beside it': (rows, total) => ({
		vehicles: rows.map((vehicle) => ({ vehicle })),
		total,
	}),
	'without a count': (rows) => ({ vehicles: rows }),
};

/** A list of entries with ids from 1 on, and the requests that it got. */
function listOf(length: number, shape: Shape, pageSize = 100) {
	const requests: MotiveRequest[] = [];
	const all = Array.from({ length }, (_, index) => ({ id: index + 1 }));
	const send = async (request: MotiveRequest): Promise<unknown> => {
		requests.push(request);
		const start = (Number(request.query?.['page_no']) - 1) * pageSize;
		return await Promise.resolve(shape(all.slice(start, start + pageSize), length));
	};
	return { all, requests, send };
}

const isEven = ({ id }: Record<string, unknown>) => Number(id) % 2 === 0;

describe.each(Object.entries(shapes))('A list %s', (_, shape) => {
	it('is read whole and in order, with as few requests as there are pages', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 450 }), async (length) => {
				const { all, requests, send } = listOf(length, shape);
				expect(await requestAll(send, LIST)).toEqual(all);
				const least = Math.max(1, Math.ceil(length / 100));
				// Without a count, a full last page says nothing about the end.
				expect([least, least + 1]).toContain(requests.length);
			}),
		);
	});

	it('gives the first of those wanted up to the limit, and asks for no page beyond', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 450 }),
				fc.integer({ min: 1, max: 250 }),
				async (length, limit) => {
					const { all, requests, send } = listOf(length, shape);
					const wanted = all.filter(isEven).slice(0, limit);
					expect(await requestAll(send, LIST, { accepts: isEven, limit })).toEqual(wanted);
					const last = wanted.at(-1);
					if (wanted.length === limit && last)
						expect(requests).toHaveLength(Math.ceil(last.id / 100));
				},
			),
		);
	});
});

describe('Reading a list', () => {
	it('goes on to the end where pages are smaller than asked for', async () => {
		const { all, requests, send } = listOf(
			130,
			(rows, total) => ({ vehicles: rows, pagination: { total } }),
			25,
		);
		expect(await requestAll(send, LIST)).toEqual(all);
		expect(requests).toHaveLength(6);
	});

	it('gives every entry once when the list grows at its beginning in the meantime', async () => {
		let newest = 250;
		const send = async ({ query }: MotiveRequest): Promise<unknown> => {
			const all = Array.from({ length: newest }, (_, index) => ({ id: newest - index }));
			newest += 7;
			const start = (Number(query?.['page_no']) - 1) * 100;
			return await Promise.resolve({ vehicles: all.slice(start, start + 100), total: all.length });
		};
		const ids = (await requestAll(send, LIST)).map(({ id }) => id);
		expect(ids).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
	});

	it('ends where a list ignores the number of the page', async () => {
		const rows = Array.from({ length: 100 }, (_, index) => ({ id: index }));
		let requests = 0;
		const send = async (): Promise<unknown> => {
			requests++;
			return await Promise.resolve({ vehicles: rows, pagination: { total: 1_000 } });
		};
		expect(await requestAll(send, LIST)).toEqual(rows);
		// Its count says that there must be more.
		expect(requests).toBe(3);
	});

	it('is whole whatever the page size and the count, with at most two requests more than there are pages', async () => {
		const total = fc.constantFrom<(length: number) => unknown>(
			(length) => length,
			String,
			() => undefined,
			() => null,
			() => 'nil',
			() => 'many',
		);
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 300 }),
				fc.integer({ min: 1, max: 120 }),
				total,
				fc.boolean(),
				async (length, pageSize, countOf, asMap) => {
					const { all, requests, send } = listOf(
						length,
						(rows, count) => ({
							vehicles: asMap ? Object.fromEntries(rows.entries()) : rows,
							pagination: { per_page: 100, total: countOf(count) },
						}),
						pageSize,
					);
					expect(await requestAll(send, LIST)).toEqual(all);
					expect(requests.length).toBeLessThanOrEqual(Math.ceil(length / pageSize) + 1);
				},
			),
		);
	});

	it('goes on after a known page in the middle, where the count says that there is more', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 2, max: 9 }), async (repeated) => {
				const { all, send } = listOf(250, (rows, total) => ({ vehicles: rows, total }), 25);
				// From this page on everything has moved on by one page.
				const moved = async (request: MotiveRequest): Promise<unknown> => {
					const page = Number(request.query?.['page_no']);
					const query = { page_no: page < repeated ? page : page - 1 };
					return await send({ ...request, query });
				};
				expect(await requestAll(moved, LIST)).toEqual(all);
			}),
		);
	});

	it.each<[string, Record<string, unknown>[]]>([
		['without ids', [{ number: 'a' }, { number: 'b' }]],
		[
			'with "nil" for ids',
			[
				{ id: 'nil', number: 'a' },
				{ id: null, number: 'b' },
			],
		],
	])('ends where the same page of entries %s comes for ever', async (_, vehicles) => {
		let requests = 0;
		const send = async (): Promise<unknown> => {
			requests++;
			return await Promise.resolve({ vehicles });
		};
		expect(await requestAll(send, LIST)).toEqual(vehicles);
		expect(requests).toBe(2);
	});

	it('is found to have no end after a thousand pages without ids', async () => {
		let number = 0;
		const send = async (): Promise<unknown> =>
			await Promise.resolve({ vehicles: [{ number: number++ }] });
		await expect(requestAll(send, LIST)).rejects.toThrow('does not end');
		expect(number).toBe(1_000);
	});

	it('fails where entries without ids come for ever, and are never the same', async () => {
		let number = 0;
		const send = async (): Promise<unknown> =>
			await Promise.resolve({ vehicles: [{ number: number++ }] });
		await expect(requestAll(send, LIST)).rejects.toMatchObject({
			kind: 'unreadable',
			message: 'The list at /v1/vehicles does not end',
		});
	});

	it('takes an id for the same as number and as text', async () => {
		const pages = [[{ id: 7 }], [{ id: '7' }], [{ id: 8 }]];
		const send = async ({ query }: MotiveRequest): Promise<unknown> =>
			await Promise.resolve({ vehicles: pages[Number(query?.['page_no']) - 1] ?? [], total: 2 });
		expect(await requestAll(send, LIST)).toEqual([{ id: 7 }, { id: 8 }]);
	});

	it('takes the list out of a wrapper', async () => {
		const answer = { data: { vehicles: [{ vehicle: { id: 7 } }], total: 1 } };
		expect(await requestAll(async () => await Promise.resolve(answer), LIST)).toEqual([{ id: 7 }]);
	});

	it('keeps entries without an id, and leaves out what is no entry', async () => {
		const vehicles = [{ number: 'a' }, null, { vehicle: { number: 'b' } }, 'c', []];
		expect(await requestAll(async () => await Promise.resolve({ vehicles }), LIST)).toEqual([
			{ number: 'a' },
			{ number: 'b' },
		]);
	});

	it('asks for its own kind only, and leaves out others that come all the same', async () => {
		const drivers = {
			things: 'drivers',
			path: '/v1/users',
			plural: 'users',
			singular: 'user',
			only: { role: 'driver' },
		};
		const users = [
			{ id: 1, role: 'driver' },
			{ id: 2, role: 'admin' },
			{ id: 3 },
			{ id: 4, role: 'Driver' },
		];
		const requests: MotiveRequest[] = [];
		const send = async (request: MotiveRequest): Promise<unknown> => {
			requests.push(request);
			return await Promise.resolve({ users });
		};
		const read = await requestAll(send, drivers, { query: { role: 'admin' } });
		expect(read.map(({ id }) => id)).toEqual([1, 3, 4]);
		expect(requests[0]?.query).toEqual({ role: 'driver', per_page: 100, page_no: 1 });
	});

	it('lets nobody but itself turn the pages', async () => {
		const { requests, send } = listOf(120, (rows, total) => ({ vehicles: rows, total }));
		await requestAll(send, LIST, { query: { page_no: 9, per_page: 1, fuel_type: 'diesel' } });
		expect(requests.map(({ query }) => query)).toEqual([
			{ fuel_type: 'diesel', per_page: 100, page_no: 1 },
			{ fuel_type: 'diesel', per_page: 100, page_no: 2 },
		]);
	});

	it.each([null, 'html', [], {}, { vehicles: null }, { vehicles: 7 }, { trucks: [] }])(
		'refuses %j',
		async (answer) => {
			const reading = requestAll(async () => await Promise.resolve(answer), LIST);
			await expect(reading).rejects.toMatchObject({
				kind: 'unreadable',
				message: 'The answer to /v1/vehicles is not a list of vehicles',
			});
		},
	);
});

/** An entry that comes into a list or leaves it, at a place that is a share of its length. */
interface Change {
	kind: 'comes' | 'leaves';
	place: number;
}

/** A list that answers requests in any order, and changes before its answers. */
function busyList(
	length: number,
	{
		pageSize,
		scheduler,
		changes = [],
	}: { pageSize: number; scheduler: fc.Scheduler; changes?: Array<Change | undefined> },
) {
	const ids = Array.from({ length }, (_, index) => index + 1);
	let nextId = length + 1;
	const coming = [...changes];
	const seen = { requests: 0, underWay: 0, mostUnderWay: 0 };
	const send = async ({ query }: MotiveRequest): Promise<unknown> => {
		seen.requests++;
		seen.mostUnderWay = Math.max(seen.mostUnderWay, ++seen.underWay);
		await scheduler.schedule(Promise.resolve());
		seen.underWay--;
		const change = coming.shift();
		const place = Math.floor((change?.place ?? 0) * ids.length);
		if (change?.kind === 'comes') ids.splice(place, 0, nextId++);
		if (change?.kind === 'leaves') ids.splice(place, 1);
		const start = (Number(query?.['page_no']) - 1) * pageSize;
		const vehicles = ids.slice(start, start + pageSize).map((id) => ({ id }));
		return { vehicles, pagination: { total: ids.length } };
	};
	return { ids, seen, send };
}

const idsIn = (entries: Array<Record<string, unknown>>) => entries.map(({ id }) => Number(id));

describe('Pages side by side', () => {
	const lengths = fc.integer({ min: 0, max: 700 });
	const pageSizes = fc.integer({ min: 20, max: 100 });

	it('give what pages one after another give, with as many requests, in whatever order they are answered', async () => {
		await fc.assert(
			fc.asyncProperty(
				lengths,
				pageSizes,
				fc.option(fc.integer({ min: 1, max: 300 }), { nil: Infinity }),
				fc.boolean(),
				fc.scheduler(),
				async (length, pageSize, limit, halfOnly, scheduler) => {
					const { ids, seen, send } = busyList(length, { pageSize, scheduler });
					const accepts = halfOnly ? isEven : () => true;
					const wanted = ids.filter((id) => accepts({ id })).slice(0, limit);
					const reading = requestAll(send, LIST, { accepts, limit, sideBySide: true });
					expect(idsIn(await scheduler.waitFor(reading))).toEqual(wanted);
					const last = wanted.length === limit ? wanted.at(-1) : undefined;
					expect(seen.requests).toBe(Math.max(1, Math.ceil((last ?? length) / pageSize)));
				},
			),
		);
	});

	it.each(['comes', 'leaves'] as const)(
		'lose and double nothing when an entry %s meanwhile, wherever that is',
		async (kind) => {
			const places = fc.option(fc.double({ min: 0, max: 0.999, noNaN: true }), { nil: undefined });
			await fc.assert(
				fc.asyncProperty(
					lengths,
					pageSizes,
					fc.array(places, { maxLength: 15 }),
					fc.boolean(),
					fc.scheduler(),
					async (length, pageSize, where, sideBySide, scheduler) => {
						const changes = where.map((place): Change | undefined =>
							place === undefined ? undefined : { kind, place },
						);
						const { ids, send } = busyList(length, { pageSize, scheduler, changes });
						const before = [...ids];
						const reading = requestAll(send, LIST, { sideBySide });
						const read = idsIn(await scheduler.waitFor(reading));
						expect(new Set(read).size).toBe(read.length);
						// New ones may be missing, and those that have left may be there.
						const stayed = before.filter((id) => ids.includes(id));
						expect(read.filter((id) => stayed.includes(id))).toEqual(stayed);
					},
				),
				{ numRuns: 300 },
			);
		},
	);

	it('are ten at the most, once a second page has shown that the count can be believed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), async (scheduler) => {
				const { seen, send } = busyList(3_000, { pageSize: 100, scheduler });
				const underWay: number[] = [];
				const note: typeof send = async (request) => {
					underWay.push(seen.underWay);
					return await send(request);
				};
				await scheduler.waitFor(requestAll(note, LIST, { sideBySide: true }));
				expect(underWay.slice(0, 2)).toEqual([0, 0]);
				expect([seen.mostUnderWay, seen.requests]).toEqual([10, 30]);
			}),
		);
	});

	it('end whatever the list says of its length', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null)), {
					minLength: 1,
				}),
				fc.integer({ min: 0, max: 120 }),
				fc.boolean(),
				async (totals, length, hasIds) => {
					let requests = 0;
					// The same page for ever.
					const send = async (): Promise<unknown> => {
						const total = totals[requests++ % totals.length];
						const vehicles = Array.from({ length }, (_, index) =>
							hasIds ? { id: index } : { number: index },
						);
						return await Promise.resolve({ vehicles, pagination: { total } });
					};
					const entries = await requestAll(send, LIST, { sideBySide: true });
					expect(entries).toHaveLength(length);
					expect(requests).toBeLessThanOrEqual(3 + 2 * totals.length);
				},
			),
		);
	});

	it('fail with the first page that does', async () => {
		const { send } = listOf(900, (rows, total) => ({ vehicles: rows, total }));
		const failing = async (request: MotiveRequest): Promise<unknown> => {
			const page = Number(request.query?.['page_no']);
			if (page > 4) throw new Error(`Page ${page}`);
			return await send(request);
		};
		await expect(requestAll(failing, LIST, { sideBySide: true })).rejects.toThrow('Page 5');
	});
});

describe('A list that may take so many requests and no more', () => {
	it('is read where that is enough, and else not after its first page', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 700 }),
				fc.integer({ min: 1, max: 8 }),
				async (length, most) => {
					const { all, requests, send } = listOf(length, (rows, total) => ({
						vehicles: rows,
						pagination: { total },
					}));
					const pages = Math.max(1, Math.ceil(length / 100));
					const isRead = pages <= most;
					expect(await requestAllWithin(most, send, LIST)).toEqual(isRead ? all : undefined);
					expect(requests).toHaveLength(isRead ? pages : 1);
				},
			),
		);
	});

	it('is not read where it does not say how long it is', async () => {
		const { requests, send } = listOf(30, (rows) => ({ vehicles: rows }));
		expect(await requestAllWithin(9, send, LIST)).toBeUndefined();
		expect(requests).toHaveLength(1);
		expect(await requestAllWithin(Infinity, send, LIST)).toHaveLength(30);
	});
});

describe('A list that cannot be read', () => {
	const failing = async (error: Error) =>
		await requestAll(async () => await Promise.reject(error), LIST);

	it('is missing where the address is wrong', async () => {
		await expect(failing(new MotiveFailure('notFound', { status: 404 }))).rejects.toMatchObject({
			kind: 'notFound',
			facts: {
				status: 404,
				detail: 'Motive has no list of vehicles',
				advice: 'Check the Base URL of the credential, which usually is https://api.gomotive.com.',
			},
		});
	});

	it.each([
		new MotiveFailure('forbidden', { status: 403 }),
		Object.assign(new Error('x'), { kind: 'notFound' }),
	])('fails for any other reason as it is: %o', async (error) => {
		await expect(failing(error)).rejects.toBe(error);
	});
});

it('A list is read page after page unless asked otherwise', async () => {
	const vehicles = Array.from({ length: 600 }, (_, index) => ({ id: index + 1 }));
	let underWay = 0;
	const send = async ({ query }: MotiveRequest): Promise<unknown> => {
		underWay += 1;
		expect(underWay).toBe(1);
		await Promise.resolve();
		underWay -= 1;
		const start = (Number(query?.['page_no']) - 1) * 100;
		return { vehicles: vehicles.slice(start, start + 100), total: 600 };
	};
	expect(await requestAll(send, LIST)).toHaveLength(600);
});

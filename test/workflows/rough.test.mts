/**
 * What users do with captures, on a Motive that tells the truth in ever other shapes, answers oddly now and then and has
 * its links late: nobody may notice.
 */
import { describe, expect, it } from 'vitest';

import type { Run } from '../engine/run.mts';
import {
	firstRequestId,
	from,
	fromItem,
	pictureOf,
	POST,
	useMotiveWorld,
	vehicleByNumber,
	vehicleItems,
	withoutDriverCamera,
} from './motive.mts';

const seeds = Array.from({ length: 10 }, (_, index) => `rough-${index + 1}`);

/** What users look at; how Motive puts it (its status words, for example) differs. */
function seen({ items, error }: Run) {
	expect(error).toBeUndefined();
	return items.map(({ json }) => ({
		state: json['state'],
		source: json['vehicle_number'] ?? json['asset_name'],
		position: json['position'],
	}));
}

const ready = (source: string, ...positions: string[]) =>
	positions.map((position) => ({ state: 'ready', source, position }));

const vehiclePositions = ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear'];

describe.each(seeds)('In the manner %s', (rough) => {
	const world = useMotiveWorld({ rough });
	const run: typeof world.run = async (operation, parameters, rest) =>
		await world.run(operation, { ...parameters, simplify: true }, rest);
	const starts = () => world.simulator.received(POST).length;

	it('a picture of a truck is there', async () => {
		const taken = await run('capture', from('T-118'));
		expect(seen(taken)).toEqual(ready('T-118', 'front_facing'));
		expect(taken.items[0]?.json['request_id']).toBe(firstRequestId);
		await pictureOf(taken);
		expect(starts()).toBe(1);
	});

	it('all cameras of a truck are there', async () => {
		const taken = await run('capture', { ...from('T-118'), positions: ['all'] });
		expect(seen(taken)).toEqual(ready('T-118', ...vehiclePositions));
		for (const item of taken.items.keys()) await pictureOf(taken, item);
		expect(taken.hints).toEqual([]);
	});

	it('a camera that is not there is left out', async () => {
		const taken = await run('capture', { ...from(withoutDriverCamera), positions: ['all'] });
		expect(seen(taken).map(({ position }) => position)).toEqual(
			vehiclePositions.filter((position) => position !== 'driver_facing'),
		);
		expect(taken.hints).toHaveLength(1);
	});

	it('pictures of an asset come together', async () => {
		const taken = await run('capture', {
			...from('TRL-204'),
			positions: ['rear', 'side_left'],
			options: { outputMode: 'source' },
		});
		expect(taken.items).toHaveLength(1);
		expect(taken.items[0]?.json).toMatchObject({
			state: 'ready',
			asset_name: 'TRL-204',
			attachments: 'rear,side_left',
		});
	});

	it('a truck is found by its number', async () => {
		const taken = await run('capture', { vehicleId: vehicleByNumber('T-119') });
		expect(seen(taken)).toEqual(ready('T-119', 'front_facing'));
	});

	it('a batch has a picture of each truck, in order, none taken twice', async () => {
		const names = ['T-118', 'T-119', 'T-120', 'T-123'];
		const taken = await run('capture', fromItem, { items: vehicleItems(...names) });
		expect(seen(taken)).toEqual(names.flatMap((name) => ready(name, 'front_facing')));
		expect(starts()).toBe(names.length);
	});

	it('what Start has begun is got later', async () => {
		const begun = await run('start', { ...from('T-118'), positions: ['front_facing', 'rear'] });
		expect(starts()).toBe(2);
		const got = await run(
			'get',
			{ requestId: '={{ $json.request_id }}', waitForImage: true },
			{ items: begun.items.map(({ json }) => ({ json })) },
		);
		expect(got.error).toBeUndefined();
		expect(seen(got).map(({ state, position }) => ({ state, position }))).toEqual([
			{ state: 'ready', position: 'front_facing' },
			{ state: 'ready', position: 'rear' },
		]);
	});

	it('a camera that never answers fails with its request ID, and is started once', async () => {
		world.simulator.setLatency({ kind: 'never' });
		const taken = await run('capture', { ...from('T-118'), options: { timeout: 60 } });
		expect(taken.error?.description).toContain(`Request ID ${firstRequestId}`);
		expect(starts()).toBe(1);
	});

	it('links stay away where they are not wanted', async () => {
		const taken = await run('capture', { ...from('T-118'), options: { includeUrl: 'false' } });
		await pictureOf(taken);
		expect(JSON.stringify(taken.items)).not.toContain('http');
	});
});

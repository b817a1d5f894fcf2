import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import {
	deviceNamed,
	fromItem,
	pictureOf,
	POLL,
	POST,
	timesOf,
	useMotiveWorld,
	vehicleItems,
	withoutCameras,
} from './motive.mts';

const world = useMotiveWorld();

const three = vehicleItems('T-118', 'T-119', 'T-120');
const failedItem = {
	json: {
		error: 'Motive could not take the picture (dashcam image capture 90302 of T-119, Front Facing)',
	},
	pairedItem: { item: 1 },
};

function failT119(): void {
	world.simulator.faults.add({ on: POLL, device: 'T-119', answer: answers.failed() });
}

describe('When the node goes on after an error', () => {
	it('a failed item is an error item in its place, and the others have their pictures', async () => {
		failT119();
		const run = await world.run('capture', fromItem, {
			items: three,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.status).toBe('success');
		expect(run.items).toHaveLength(3);
		expect(run.items[1]).toEqual(failedItem);
		await pictureOf(run, 0);
		await pictureOf(run, 2);
	});

	it('a failed item leaves by the error output, where there is one', async () => {
		failT119();
		const run = await world.run('capture', fromItem, {
			items: three,
			node: { onError: 'continueErrorOutput' },
		});
		expect(run.status).toBe('success');
		expect(run.items.map(({ json }) => json['vehicle'])).toMatchObject([
			{ number: 'T-118' },
			{ number: 'T-120' },
		]);
		expect(run.outputs[1]).toMatchObject([{ json: failedItem.json }]);
	});

	it('a failed position is an error item next to the pictures of the same vehicle', async () => {
		world.simulator.faults.add({ on: POLL, position: 'driver_facing', answer: answers.failed() });
		const run = await world.run(
			'capture',
			{ ...fromItem, positions: ['front_facing', 'driver_facing', 'rear'] },
			{ items: vehicleItems('T-118'), node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items.map(({ json }) => json['position'] ?? json)).toEqual([
			'front_facing',
			{
				error:
					'Motive could not take the picture (dashcam image capture 90302 of T-118, Driver Facing)',
			},
			'rear',
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
	});

	it('a start that Motive refuses fails its item alone', async () => {
		const run = await world.run('capture', fromItem, {
			items: vehicleItems(withoutCameras, 'T-118'),
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items[0]?.json).toEqual({
			error: `Motive refused the image capture of vehicle ${deviceNamed(withoutCameras).id}, Front Facing: ${withoutCameras} has no front_facing camera`,
		});
		await pictureOf(run, 1);
	});

	it('an error item has the ID, with which the picture can be had later', async () => {
		world.simulator.setLatency({ kind: 'never' }, 'T-119');
		const run = await world.run('capture', fromItem, {
			items: three,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items[1]?.json).toEqual({
			error:
				'No picture after 180 seconds (dashcam image capture 90302 of T-119, Front Facing, still pending)',
		});
	});

	it('a failed download fails its item alone', async () => {
		world.simulator.faults.add({ on: POLL, device: 'T-119', urlSeconds: -5 });
		const run = await world.run('capture', fromItem, {
			items: three,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items.map(({ binary }) => binary !== undefined)).toEqual([true, false, true]);
	});
});

describe('When one failure stops the node', () => {
	it('the error names the item and every capture that was started', async () => {
		failT119();
		world.simulator.setLatency({ kind: 'constant', ms: 60_000 }, 'T-120');
		const run = await world.run(
			'capture',
			{ ...fromItem, positions: ['front_facing', 'rear'] },
			{ items: three },
		);
		expect(run.status).toBe('error');
		expect(run.error?.message).toBe(
			'Motive could not take the picture (dashcam image capture 90302 of T-119, Front Facing) [item 1]',
		);
		expect(run.error?.description).toMatch(
			/ Fetch the pictures later with Get: Request ID 90301, 90303, Camera Type Dashcam; Request ID 90304, 90305, 90306, Camera Type Omnicam\.$/,
		);
		expect(run.error?.context).toMatchObject({ itemIndex: 1 });
		expect(run.items).toEqual([]);
	});

	it('nothing is asked for any more', async () => {
		failT119();
		world.simulator.setLatency({ kind: 'constant', ms: 60_000 }, 'T-120');
		const run = await world.run('capture', fromItem, { items: three });
		const last = Math.max(...timesOf(world, POLL));
		expect(last).toBeLessThan(10);
		expect(run.took).toBe(last * 1_000);
	});

	it('no more is started than what was about to be', async () => {
		await world.run(
			'capture',
			{ ...fromItem, options: { concurrency: 1 } },
			{
				items: vehicleItems(withoutCameras, 'T-118', 'T-119', 'T-120', 'T-121'),
			},
		);
		expect(world.simulator.captures.length).toBeLessThanOrEqual(1);
	});

	it('a start that is under way is waited for, so that its ID is not lost', async () => {
		world.simulator.faults.add({ on: POST, device: 'T-118', delay: 5_000 });
		const run = await world.run('capture', fromItem, {
			items: vehicleItems(withoutCameras, 'T-118'),
		});
		expect(run.error?.message).toContain(`${withoutCameras} has no front_facing camera [item 0]`);
		expect(run.error?.description).toContain(
			'Fetch it later with Get: Request ID 90301, Camera Type Dashcam.',
		);
		expect(run.took).toBe(5_000);
	});

	it('later nodes do not run', async () => {
		failT119();
		const run = await world.run('capture', fromItem, { items: three });
		expect(run.outputs).toEqual([]);
	});
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import * as answers from '../simulator/answers.mts';
import { positions as vehiclePositions } from '../simulator/fleet.mts';
import {
	from,
	fromItem,
	POST,
	useMotiveWorld,
	vehicleItems,
	withoutCameras,
	withoutDriverCamera,
} from './motive.mts';

const world = useMotiveWorld();

const all = { positions: ['all'] };

const startBody = z.object({ position: z.string() });

function asked(): string[] {
	return world.simulator.received(POST).map(({ body }) => startBody.parse(body).position);
}

describe('By default', () => {
	it('the camera of a vehicle that looks at the road takes the picture', async () => {
		await world.run('start', from('T-118'));
		expect(asked()).toEqual(['front_facing']);
	});

	it('the camera of an asset that looks back takes the picture', async () => {
		await world.run('start', from('TRL-204'));
		expect(asked()).toEqual(['rear']);
	});
});

describe('Chosen positions', () => {
	it('are asked for in the order chosen, each once', async () => {
		await world.run('start', { ...from('T-118'), positions: ['rear', 'front_facing', 'rear'] });
		expect(asked()).toEqual(['rear', 'front_facing']);
	});

	it('may come from an expression as text', async () => {
		const run = await world.run(
			'start',
			{ ...from('T-118'), positions: '={{ $json.cameras }}' },
			{ items: [{ json: { cameras: 'side_left, side_right' } }] },
		);
		expect(run.items.map(({ json }) => json['position'])).toEqual(['side_left', 'side_right']);
	});

	it('are not left out when the vehicle lacks the camera', async () => {
		const run = await world.run('capture', {
			...from(withoutDriverCamera),
			positions: ['front_facing', 'driver_facing'],
		});
		expect(run.error?.message).toContain(`${withoutDriverCamera} has no driver_facing camera`);
	});
});

describe('All cameras', () => {
	it('of a vehicle are five', async () => {
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.items.map(({ json }) => json['position'])).toEqual(vehiclePositions);
		expect(run.items.every(({ binary }) => binary?.['data'])).toBe(true);
		expect(run.hints).toEqual([]);
	});

	it('of an asset are three', async () => {
		await world.run('start', { ...from('TRL-204'), ...all });
		expect(asked()).toEqual(['side_left', 'side_right', 'rear']);
	});

	it('means those that are there, and a hint names the others', async () => {
		const run = await world.run('capture', { ...from(withoutDriverCamera), ...all });
		expect(run.status).toBe('success');
		expect(run.items.map(({ json }) => json['position'])).toEqual([
			'front_facing',
			'side_left',
			'side_right',
			'rear',
		]);
		expect(run.hints).toMatchObject([
			{
				message: `Left out, because Motive refused them: ${withoutDriverCamera} (Driver Facing: “${withoutDriverCamera} has no driver_facing camera”).`,
				location: 'outputPane',
			},
		]);
	});

	it('of a vehicle without any fails, with what Motive says', async () => {
		const run = await world.run('capture', { ...from(withoutCameras), ...all });
		expect(run.error?.message).toContain(`${withoutCameras} has no front_facing camera`);
		expect(asked()).toEqual(vehiclePositions);
	});

	it('fails only the item whose vehicle has none', async () => {
		const run = await world.run(
			'capture',
			{ ...fromItem, ...all },
			{ items: vehicleItems(withoutCameras, 'T-123'), node: { onError: 'continueRegularOutput' } },
		);
		expect(run.items).toHaveLength(2);
		expect(Object.keys(run.items[0]?.json ?? {})).toEqual(['error']);
		expect(run.items[1]?.json).toMatchObject({ position: 'front_facing', state: 'ready' });
	});

	it.each([401, 403])('does not mean that HTTP %i is left out', async (status) => {
		world.simulator.faults.add({ on: POST, position: 'rear', answer: answers.error(status) });
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.error?.httpCode).toBe(String(status));
	});

	it('does not mean that a camera is left out because Motive was busy', async () => {
		world.simulator.faults.add({
			on: POST,
			position: 'rear',
			times: 2,
			answer: answers.error(429),
		});
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.items).toHaveLength(5);
	});

	it.each([400, 404, 422])('leaves out what is refused with HTTP %i', async (status) => {
		world.simulator.faults.add({ on: POST, position: 'rear', answer: answers.error(status) });
		const run = await world.run('start', { ...from('T-118'), ...all });
		expect(run.items).toHaveLength(4);
	});

	it('asks again for a position for which Motive is not free yet', async () => {
		world.simulator.faults.add({
			on: POST,
			position: 'rear',
			times: 2,
			answer: answers.error(409, 'capture in progress'),
		});
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.items).toHaveLength(5);
		expect(run.hints).toEqual([]);
	});

	it('does not take a refusal that passes for a camera that is not there', async () => {
		world.simulator.faults.add({
			on: POST,
			position: 'rear',
			answer: answers.error(409, 'capture in progress'),
		});
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.error?.message).toBe(
			'Motive cannot do this right now (image capture of vehicle 1040021, Rear): capture in progress',
		);
	});

	it('does not take the page of a proxy for a camera that is not there', async () => {
		world.simulator.faults.add({ on: POST, position: 'rear', answer: answers.html(404) });
		const run = await world.run('capture', { ...from('T-118'), ...all });
		expect(run.status).toBe('error');
	});
});

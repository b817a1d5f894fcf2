/** Nobody outside Motive knows how a start must look: the node finds the form that Motive takes. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { logger } from '../engine/core.mts';
import * as answers from '../simulator/answers.mts';
import type { StartSettings } from '../simulator/starts.mts';
import { makeFleet } from '../simulator/fleet.mts';
import {
	firstRequestId,
	POLL,
	from,
	fromItem,
	POST,
	useMotiveWorld,
	vehicleByNumber,
	vehicleItems,
	withoutCameras,
	type MotiveWorld,
} from './motive.mts';

const starts = ({ simulator }: MotiveWorld) => simulator.received(POST).length;

const forms = [1, 2, 3, 4, 5] as const satisfies Array<StartSettings['form']>;
const styles = ['motive', 'rails', 'grape', 'jsonApi', 'plain'] as const satisfies Array<
	StartSettings['refusal']
>;

describe.each(forms)('Where Motive takes form %i', (form) => {
	// What is learnt is kept for each Base URL, so that each world begins without knowledge.
	describe.each(styles)('and refuses others in the words of %s', (refusal) => {
		const world = useMotiveWorld();

		it('the first start finds it, and the next ones know it', async () => {
			Object.assign(world.simulator.starts, { form, refusal });
			const items = vehicleItems('T-118', 'T-119', 'T-120', 'T-123');
			const run = await world.run('capture', fromItem, { items });
			expect(run.error).toBeUndefined();
			expect(run.items.map(({ json }) => json['state'])).toEqual(Array(4).fill('ready'));
			expect(starts(world)).toBe(form + 3);
			expect(world.simulator.captures).toHaveLength(4);

			const next = await world.run('start', from('TRL-204'));
			expect(next.status).toBe('success');
			expect(starts(world)).toBe(form + 4);

			const told = expect.stringContaining(`form ${form} of the request`) as unknown;
			expect(run.hints.filter(({ message }) => message.includes('Please report this'))).toEqual(
				form === 1 ? [] : [expect.objectContaining({ message: told })],
			);
			expect(next.hints.map(({ message }) => message)).not.toContainEqual(told);

			const truthful = await world.run('start', from(withoutCameras));
			expect(truthful.error?.message).toContain('T-126 has no front_facing camera');
			expect(starts(world)).toBe(form + 5);
		});
	});

	describe('and only one picture is wanted', () => {
		const world = useMotiveWorld();

		it('it is taken once', async () => {
			Object.assign(world.simulator.starts, { form });
			const run = await world.run('capture', from('TRL-204'));
			expect(run.items.map(({ json }) => json['state'])).toEqual(['ready']);
			expect(starts(world)).toBe(form);
			expect(world.simulator.captures).toHaveLength(1);
		});
	});
});

describe('In a batch of 100', () => {
	const fleet = makeFleet(100);
	const world = useMotiveWorld({ fleet, pictures: { shared: true } });

	it('the first start finds the form, and the others wait for it', async () => {
		Object.assign(world.simulator.starts, { form: 5 });
		const run = await world.run('start', fromItem, {
			items: fleet.map(({ id }) => ({ json: { id } })),
		});
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(100);
		expect(world.simulator.captures).toHaveLength(100);
		const refused = world.simulator.received(POST).filter(({ status }) => status === 400);
		expect(refused).toHaveLength(4);
		expect(world.simulator.received('GET /v1/vehicles/:id')).toHaveLength(1);
	});
});

describe('Where Motive wants the number of the vehicle', () => {
	const world = useMotiveWorld();

	it('it gets the one that it knows, however the user spells it', async () => {
		world.simulator.starts.form = 2;
		await world.run('start', { vehicleId: vehicleByNumber('t118') });
		expect(world.simulator.received(POST).map(({ body }) => body)).toEqual([
			{ vehicle_id: 1040021, position: 'front_facing' },
			{ vehicle_number: 'T-118', position: 'front_facing' },
		]);
	});
});

describe('A refusal that is not about the form', () => {
	const world = useMotiveWorld();

	it.each([
		[422, 'No Omnicam is installed'],
		[422, 'position side_left is not available for this vehicle'],
		[400, 'vehicle is offline'],
		[400, 'feature not enabled'],
		[404, 'vehicle not found'],
		[403, 'missing permission'],
	])('costs one request: %i %s', async (status, words) => {
		world.simulator.faults.add({ on: POST, answer: answers.error(status, words) });
		const run = await world.run('capture', from('T-118'));
		expect(run.status).toBe('error');
		expect(`${run.error?.message ?? ''} ${run.error?.description ?? ''}`).toContain(words);
		expect(starts(world)).toBe(1);
	});
});

describe('An answer that leaves open whether anything was started', () => {
	const world = useMotiveWorld();

	it('is followed by no other form', async () => {
		world.simulator.faults.add({ on: POST, answer: answers.error(500, 'position is missing') });
		await world.run('capture', from('T-118'));
		expect(starts(world)).toBe(1);
	});
});

describe('When Motive takes no form', () => {
	const world = useMotiveWorld();

	it('the user reads what it says of each', async () => {
		world.simulator.faults.add({
			on: POST,
			answer: answers.error(400, 'param is missing: camera'),
		});
		const run = await world.run('capture', from('T-118'));
		expect(run.error?.message).toContain('Motive took none of the forms');
		expect(run.error?.description).toContain('form 1: param is missing: camera; form 2:');
		expect(starts(world)).toBe(5);
	});
});

describe('With fields of the user’s own', () => {
	const world = useMotiveWorld();

	it('only the first form is tried', async () => {
		Object.assign(world.simulator.starts, { form: 3 });
		const own = { position: null, camera_position: 'rear' };
		const run = await world.run('capture', {
			...from('T-118'),
			options: { bodyJson: JSON.stringify(own) },
		});
		expect(run.items[0]?.json['position']).toBe('rear');
		const refused = await world.run('capture', {
			...from('T-118'),
			options: { bodyJson: '{ "quality": "high" }' },
		});
		expect(refused.status).toBe('error');
		expect(starts(world)).toBe(2);
	});
});

describe('The number of a vehicle that was chosen by ID', () => {
	const world = useMotiveWorld();
	const lookups = () => world.simulator.received('GET /v1/vehicles/:id').length;

	it('is looked up only where a form needs it', async () => {
		await world.run('start', from('T-118'));
		expect(lookups()).toBe(0);
	});
});

describe('When there are too many requests to look up a number', () => {
	const world = useMotiveWorld();

	it('it is looked up again', async () => {
		Object.assign(world.simulator.starts, { form: 2 });
		world.simulator.faults.add({
			on: 'GET /v1/vehicles/:id',
			times: 1,
			answer: answers.error(429, 'too many requests'),
		});
		const run = await world.run('start', from('T-118'));
		expect(run.error).toBeUndefined();
		expect(world.simulator.received('GET /v1/vehicles/:id')).toHaveLength(2);
		expect(world.simulator.captures).toHaveLength(1);
	});
});

describe('With one request at a time', () => {
	const world = useMotiveWorld();

	it('the form is found as well', async () => {
		Object.assign(world.simulator.starts, { form: 4 });
		const run = await world.run(
			'capture',
			{ ...fromItem, options: { concurrency: 1 } },
			{ items: vehicleItems('T-118', 'T-119') },
		);
		expect(run.error).toBeUndefined();
		expect(world.simulator.received('GET /v1/vehicles/:id')).toHaveLength(2);
	});
});

describe('Words that nobody has seen', () => {
	const world = useMotiveWorld();

	it('are in n8n’s log once, and names and ids never', async () => {
		const info = vi.spyOn(logger, 'info');
		onTestFinished(() => info.mockRestore());
		const { faults } = world.simulator;
		faults.add({ on: POST, answer: answers.fields({ camera_type: 'ai_dashcam_first' }) });
		faults.add({ on: POLL, times: 2, answer: answers.fields({ status: 'Waking Up' }) });
		faults.add({ on: POLL, times: 1, answer: answers.fields({ status: 'T-118 is asleep' }) });
		faults.add({ on: POLL, times: 1, answer: answers.fields({ status: 'In Progress' }) });
		faults.add({ on: POLL, answer: answers.fields({ position: 'roof' }) });
		await world.run('start', from('T-118'));
		for (let looks = 1; looks <= 6; looks++)
			await world.run('get', { requestId: firstRequestId, cameraType: 'dashcam' });
		const lines = info.mock.calls.map(([line]) => line).filter((line) => line.includes('know'));
		expect(lines).toEqual([
			'Motive used a camera type that this node does not know: “ai_dashcam_first”. Please report this, so that the next version of the node knows it.',
			'Motive used a status that this node does not know: “Waking Up”. Please report this, so that the next version of the node knows it.',
			'Motive used a position that this node does not know: “roof”. Please report this, so that the next version of the node knows it.',
		]);
	});
});

/** Nobody outside Motive knows how a start must look: the node finds the form that Motive takes. */
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import type { StartSettings } from '../simulator/starts.mts';
import { from, fromItem, POST, useMotiveWorld, vehicleItems, type MotiveWorld } from './motive.mts';

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
		});
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

import { describe, expect, it } from 'vitest';

import { CAPTURE_FORMS, isAboutForm } from '../../../nodes/Motive/motive/captureForms.ts';
import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';

describe('The forms of a start', () => {
	it.each(['vehicle', 'asset'] as const)('all name the %s and the position', async (kind) => {
		const name = () => Promise.resolve('T-118');
		for (const form of CAPTURE_FORMS) {
			const body = await form({ kind, id: 7, position: 'rear', name });
			const values = Object.values(body).flat();
			expect(values).toHaveLength(2);
			expect(values).toContain('rear');
			expect([body[`${kind}_id`], body[`${kind}_number`], body[`${kind}_name`]]).toContain(
				values[0],
			);
		}
	});

	it('differ from each other', async () => {
		const target = { kind: 'vehicle', id: 7, position: 'rear' } as const;
		const bodies = await Promise.all(
			CAPTURE_FORMS.map(async (form) =>
				JSON.stringify(await form({ ...target, name: () => Promise.resolve('T-118') })),
			),
		);
		expect(new Set(bodies).size).toBe(CAPTURE_FORMS.length);
	});
});

describe('isAboutForm', () => {
	it.each([
		'vehicle_number is required',
		'unknown field: position',
		'camera_positions can’t be blank',
		'Unpermitted parameter',
	])('is true of “%s”', (serviceText) => {
		for (const status of [400, 422])
			expect(isAboutForm(new MotiveFailure('refused', { status, serviceText }))).toBe(true);
	});

	it.each([
		'vehicle_id 7 not found',
		'no camera at position rear',
		'Image capture is not enabled for this company',
		'camera is offline',
		'too late',
	])('is false of “%s”', (serviceText) => {
		expect(isAboutForm(new MotiveFailure('refused', { status: 422, serviceText }))).toBe(false);
	});

	it.each([
		new MotiveFailure('refused', { status: 402, serviceText: 'vehicle_number is required' }),
		new MotiveFailure('unavailable', { status: 503, serviceText: 'vehicle_number is required' }),
		new MotiveFailure('refused', { status: 422 }),
		new Error('vehicle_number is required'),
		undefined,
	])('is false of %j', (failure) => {
		expect(isAboutForm(failure)).toBe(false);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import { checkAnswer } from '../../../nodes/Motive/transport/checkAnswer.ts';

const expected = ['request_id', 'images'];

function check(body: unknown, status = 200, fields: readonly string[] | null = expected): void {
	checkAnswer(
		{ status, body, headers: {} },
		{ expected: fields ?? undefined, secrets: ['s3cret'], now: 0 },
	);
}

function nested(levels: number, innermost: unknown = 7): unknown {
	let outermost = innermost;
	for (let level = 0; level < levels; level++)
		outermost = level % 2 === 0 ? [outermost] : { data: outermost };
	return outermost;
}

describe('Error words under a good status', () => {
	it.each([
		{ error_message: 'Camera is off' },
		{ error: 'Camera is off' },
		{ errors: ['Camera is off'] },
		{ message: 'Camera is off', code: 7 },
		{ error_message: 'Camera is off', request_id: null, images: 'nil' },
		{ image_capture: { error_message: 'Camera is off' } },
	])('are a refusal: %j', (body) => {
		for (const status of [200, 201]) {
			expect(() => check(body, status)).toThrow(
				expect.objectContaining({ kind: 'refused', facts: { serviceText: 'Camera is off' } }),
			);
		}
	});

	it('are cleaned of secrets', () => {
		expect(() => check({ error_message: 'key s3cret' })).toThrow(
			expect.objectContaining({ facts: { serviceText: 'key ***' } }),
		);
	});

	it.each([
		{ request_id: 7, error_message: 'Camera is off' },
		{ IMAGES: {}, error: 'x' },
		{ image_capture: { request_id: 7, error: 'x' } },
		{ images: { error: 'x' } },
		{ error_message: null },
		{ error_message: 'nil' },
		{},
		'text',
		null,
	])('are not all in %j', (body) => {
		expect(() => check(body)).not.toThrow();
	});

	it('are read in the key that has them, and not taken out of it', () => {
		expect(() => check({ error: { error: 'x', code: 7 } })).toThrow(
			expect.objectContaining({ facts: { serviceText: 'x' } }),
		);
		// Nothing in it is what was asked for.
		expect(() => check({ error: { request_id: 7, message: 'x' } })).toThrow(MotiveFailure);
	});

	it('are not looked for under a status that is a refusal by itself', () => {
		expect(() => check({ request_id: 7 }, 300)).toThrow(
			expect.objectContaining({ kind: 'redirected', facts: { status: 300 } }),
		);
	});

	it('are all there is where nothing certain is expected', () => {
		expect(() => check({ error: 'x', title: 'y' }, 200, null)).toThrow(MotiveFailure);
		expect(() => check({ error: 'x', id: 7 }, 200, null)).not.toThrow();
	});
});

describe('An answer out of all proportion', () => {
	it.each([100, 101, 3_000, 100_000])('is one that is %i levels deep', (levels) => {
		expect(() => check(nested(levels, { request_id: 7 }))).toThrow(
			'Motive’s answer is nested too deeply',
		);
	});

	it.each([
		['in a text', { request_id: 7, log: 'x'.repeat(5_000_000) }],
		['in many', { request_id: 7, log: Array.from({ length: 50_000 }, () => 'x'.repeat(100)) }],
		[
			'in keys',
			{
				request_id: 7,
				...Object.fromEntries(Array.from({ length: 500_000 }, (_, key) => [`key_${key}`, 1])),
			},
		],
	])('is one of 5 MB %s', (_, body) => {
		expect(() => check(body)).toThrow('Motive’s answer is larger than 4 MB');
	});

	it('is none with 100 levels, or 4 MB', () => {
		expect(() => check(nested(99, { request_id: 7 }))).not.toThrow();
		const largest = 'x'.repeat(4 * 1024 ** 2);
		expect(() => check(largest)).not.toThrow();
		expect(() => check(`${largest}x`)).toThrow('larger than 4 MB');
	});

	it('is one of very many small values', () => {
		const values = Array.from({ length: 650_000 }, () => 1);
		expect(() => check({ request_id: 7, values })).toThrow('larger than 4 MB');
	});

	it('loses its words where it is a refusal in lists', () => {
		let errors: unknown = 'x';
		for (let level = 0; level < 100_000; level++) errors = [errors];
		expect(() => check({ errors }, 400)).toThrow(
			expect.objectContaining({ kind: 'refused', facts: { status: 400 } }),
		);
	});

	it('loses its words where it is a refusal', () => {
		expect(() => check({ errors: nested(100_000) }, 400)).toThrow(
			expect.objectContaining({ kind: 'refused', facts: { status: 400 } }),
		);
	});

	it('is none of what Motive sends', () => {
		fc.assert(
			fc.property(
				fc.jsonValue({ maxDepth: 12 }),
				fc.integer({ min: 0, max: 88 }),
				(value, levels) => {
					expect(() => check(nested(levels, value), 200, [])).not.toThrow(/nested|larger/);
				},
			),
		);
	});
});

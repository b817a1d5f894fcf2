import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { stateOfStatus } from '../../../nodes/Motive/motive/jobAnswer.ts';

const FINAL_FAILURES = [
	'failed',
	'failure',
	'error',
	'expired',
	'cancelled',
	'canceled',
	'timeout',
	'timed_out',
	'unknown',
];

describe('stateOfStatus', () => {
	it.each(['success', 'SUCCESS', ' Success\n'])('%j is ready', (status) => {
		expect(stateOfStatus(status)).toBe('ready');
	});

	it.each([
		...FINAL_FAILURES,
		'Failed',
		' ERROR ',
		'Timed Out',
		'timed-out',
		'TIMED_OUT',
		'Unknown',
	])('%j is failed', (status) => {
		expect(stateOfStatus(status)).toBe('failed');
	});

	it.each([
		'pending',
		'Pending',
		'processing',
		'in_progress',
		'queued',
		'submitted',
		'',
		'successful?',
		'not failed',
	])('%j is pending', (status) => {
		expect(stateOfStatus(status)).toBe('pending');
	});

	it('is pending for every word that nobody has seen yet', () => {
		const known = new Set([...FINAL_FAILURES, 'success']);
		const word = fc.string().filter(
			(text) =>
				!known.has(
					text
						.trim()
						.toLowerCase()
						.replaceAll(/[\s-]+/g, '_'),
				),
		);
		fc.assert(fc.property(word, (status) => stateOfStatus(status) === 'pending'));
	});

	it('does not care for the case of a word, nor for how its parts are joined', () => {
		const spelled = fc
			.constantFrom(...FINAL_FAILURES, 'success')
			.chain((word) =>
				fc.tuple(
					fc.constant(word),
					fc.mixedCase(fc.constant(word)),
					fc.constantFrom('_', ' ', '-', ' - '),
					fc.constantFrom('', ' ', '\t\n'),
				),
			);
		fc.assert(
			fc.property(spelled, ([word, mixed, joint, margin]) => {
				const other = `${margin}${mixed.replaceAll('_', joint)}${margin}`;
				expect(stateOfStatus(other)).toBe(stateOfStatus(word));
			}),
		);
	});
});

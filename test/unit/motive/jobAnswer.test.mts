import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	isUnderWay,
	stateOfStatus,
	stateWithoutLinks,
	throwIfOther,
} from '../../../nodes/Motive/motive/jobAnswer.ts';

const FINAL_FAILURES = [
	'failed',
	'failure',
	'error',
	'expired',
	'cancelled',
	'canceled',
	'timeout',
	'timed_out',
];

describe('stateOfStatus', () => {
	it.each(['success', 'SUCCESS', ' Success\n'])('%j is ready', (status) => {
		expect(stateOfStatus(status)).toBe('ready');
	});

	it.each([...FINAL_FAILURES, 'Failed', ' ERROR ', 'Timed Out', 'timed-out', 'TIMED_OUT'])(
		'%j is failed',
		(status) => {
			expect(stateOfStatus(status)).toBe('failed');
		},
	);

	it.each([
		'pending',
		'Pending',
		'processing',
		'in_progress',
		'queued',
		'submitted',
		'unknown',
		'Unknown',
		'completed',
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

it('No word makes a job ready that has no links', () => {
	expect(stateWithoutLinks('success')).toBe('pending');
	expect(stateWithoutLinks('failed')).toBe('failed');
	fc.assert(fc.property(fc.string(), (status) => stateWithoutLinks(status) !== 'ready'));
});

describe('isUnderWay', () => {
	it.each(['pending', 'In Progress', 'PROCESSING', 'not started'])('is sure of %j', (status) => {
		expect(isUnderWay(status)).toBe(true);
	});

	it.each(['', 'completed', 'unknown', 'success', 'failed'])('is not sure of %j', (status) => {
		expect(isUnderWay(status)).toBe(false);
	});
});

describe('throwIfOther', () => {
	const truck = { kind: 'vehicle', id: 7, name: 'T-118' } as const;

	it.each([
		[{ id: 1, source: truck }, {}],
		[
			{ id: 1, source: truck },
			{ id: 1, source: truck },
		],
		[
			{ id: 1, source: null },
			{ id: 1, source: truck },
		],
		[
			{ id: 1, source: truck },
			{ id: 1, source: null },
		],
		// A number may change, and may be all that is known.
		[{ id: 1, source: { ...truck, name: 'T-119' } }, { source: truck }],
		[{ id: 1, source: { ...truck, name: null } }, { source: { ...truck, id: null } }],
	])('lets %j pass where %j was asked for', (answered, asked) => {
		expect(() => throwIfOther('recall', answered, asked)).not.toThrow();
	});

	it.each([
		[{ id: 1, source: null }, { id: 2 }, 'Motive answered with another recall, 1'],
		[
			{ id: 1, source: { ...truck, id: 8 } },
			{ id: 1, source: truck },
			'Motive answered with the recall of another vehicle or asset, T-118',
		],
		[
			{ id: 1, source: { ...truck, id: null, name: 'T-119' } },
			{ id: 1, source: truck },
			'Motive answered with the recall of another vehicle or asset, T-119',
		],
		[
			{ id: 1, source: { kind: 'asset' as const, id: 7, name: null } },
			{ id: 1, source: truck },
			'Motive answered with the recall of another vehicle or asset, asset-7',
		],
	])('refuses %j where %j was asked for', (answered, asked, message) => {
		expect(() => throwIfOther('recall', answered, asked)).toThrow(message);
	});
});

import { describe, expect, it } from 'vitest';

import {
	asError,
	hadNoEffect,
	isRateLimit,
	isStrange,
	mayPass,
	MotiveFailure,
	type FailureFacts,
	type FailureKind,
} from '../../../nodes/Motive/motive/failure.ts';

/** For each kind: whether a read may be sent again, and whether even a request that starts something may. */
const KINDS: Record<FailureKind, [mayPass: boolean, hadNoEffect: boolean]> = {
	unauthorized: [false, false],
	forbidden: [false, false],
	notFound: [false, false],
	busy: [true, true],
	refused: [false, false],
	rateLimited: [true, true],
	unavailable: [true, false],
	unreachable: [true, true],
	noAnswer: [true, false],
	redirected: [false, false],
	unreadable: [false, false],
	outcomeUnknown: [false, false],
	failed: [false, false],
	timedOut: [false, false],
	download: [false, false],
};

describe('MotiveFailure', () => {
	it.each(Object.entries(KINDS))('%s: may pass and had no effect: %j', (kind, expected) => {
		const failure = new MotiveFailure(kind as FailureKind);
		expect([mayPass(failure), hadNoEffect(failure)]).toEqual(expected);
	});

	it.each([new Error('rateLimited'), { kind: 'rateLimited' }, undefined, null, 'unreachable'])(
		'%j is none of them',
		(thrown) => {
			const answers = [
				mayPass(thrown),
				hadNoEffect(thrown),
				isStrange(thrown),
				isRateLimit(thrown),
			];
			expect(answers).toEqual([false, false, false, false]);
		},
	);

	it.each<[FailureKind, FailureFacts, boolean]>([
		['unreadable', {}, true],
		['redirected', { status: 302 }, true],
		['forbidden', { status: 403, isPage: true }, true],
		['notFound', { status: 404, isPage: true }, true],
		['notFound', { status: 404 }, false],
		['refused', { status: 422 }, false],
		['noAnswer', {}, false],
	])('%s %j is strange: %s', (kind, facts, strange) => {
		expect(isStrange(new MotiveFailure(kind, facts))).toBe(strange);
	});

	it('is a rate limit only where Motive says so', () => {
		const limits = Object.keys(KINDS).filter((kind) =>
			isRateLimit(new MotiveFailure(kind as FailureKind)),
		);
		expect(limits).toEqual(['rateLimited']);
	});

	it('shows its detail, or else its kind', () => {
		expect(new MotiveFailure('download', { detail: 'The picture arrived empty' }).message).toBe(
			'The picture arrived empty',
		);
		expect(new MotiveFailure('refused')).toMatchObject({
			name: 'MotiveFailure',
			message: 'refused',
		});
	});
});

describe('What was caught', () => {
	it('is thrown on as it is, if it is an error', () => {
		const error = new Error('lost');
		expect(asError(error)).toBe(error);
		expect(asError('lost')).toEqual(new Error('lost'));
	});
});

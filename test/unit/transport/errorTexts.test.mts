import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	MotiveFailure,
	type FailureFacts,
	type FailureKind,
} from '../../../nodes/Motive/motive/failure.ts';
import { errorText } from '../../../nodes/Motive/transport/errorTexts.ts';

const SUBJECT = 'dashcam image capture 90312';

/**
 * The message of every kind as the user reads it. test/workflows/errorTexts.test.mts has the advice that goes with it, in
 * the real engine.
 */
const MESSAGES: Record<FailureKind, Array<[FailureFacts, string]>> = {
	unauthorized: [[{ status: 401 }, `Motive did not accept the credential (${SUBJECT})`]],
	forbidden: [[{ status: 403 }, `Motive does not allow this (${SUBJECT})`]],
	notFound: [
		[{ status: 404 }, `Motive has no ${SUBJECT}`],
		[
			{ detail: 'Motive has no vehicle with the number “T-1”' },
			'Motive has no vehicle with the number “T-1”',
		],
	],
	busy: [
		[{ status: 409 }, `Motive cannot do this right now (${SUBJECT})`],
		[
			{ status: 423, serviceText: 'camera busy' },
			`Motive cannot do this right now (${SUBJECT}): camera busy`,
		],
	],
	refused: [
		[{ status: 422 }, `Motive refused the ${SUBJECT}`],
		[{ status: 422, serviceText: 'no camera' }, `Motive refused the ${SUBJECT}: no camera`],
		[{ status: 422, detail: 'Motive has no room' }, 'Motive has no room'],
	],
	rateLimited: [
		[{ status: 429 }, `Too many requests for Motive right now (${SUBJECT})`],
		[
			{ status: 429, retryAfterMs: 3_600_000 },
			`Too many requests for Motive right now and asks to wait for 1 hour (${SUBJECT})`,
		],
		[{ detail: 'Not started within 5 seconds' }, `Not started within 5 seconds (${SUBJECT})`],
	],
	unavailable: [
		[{ status: 503 }, `Motive could not answer (HTTP 503, ${SUBJECT})`],
		[{}, `Motive could not answer (HTTP 5xx, ${SUBJECT})`],
		[
			{ status: 503, retryAfterMs: 45_000 },
			`Motive could not answer and asks to wait for 45 seconds (HTTP 503, ${SUBJECT})`,
		],
	],
	unreachable: [[{}, `Motive could not be reached (${SUBJECT})`]],
	noAnswer: [
		[{}, `No answer came from Motive (${SUBJECT})`],
		[{ detail: 'The download stalled' }, `The download stalled (${SUBJECT})`],
	],
	redirected: [[{ status: 302 }, `The Base URL leads to another address (${SUBJECT})`]],
	unreadable: [
		[{}, `The answer does not come from the Motive API (${SUBJECT})`],
		[{ detail: 'The answer has no request ID' }, `The answer has no request ID (${SUBJECT})`],
	],
	outcomeUnknown: [[{ status: 502 }, `It is not known whether Motive started the ${SUBJECT}`]],
	failed: [
		[{}, `Motive could not do this (${SUBJECT})`],
		[{ attempt: 'take the picture' }, `Motive could not take the picture (${SUBJECT})`],
		[{ attempt: 'recall the video' }, `Motive could not recall the video (${SUBJECT})`],
	],
	timedOut: [
		[{}, `The time was up (${SUBJECT}, still pending)`],
		[
			{ detail: 'No picture after 180 seconds' },
			`No picture after 180 seconds (${SUBJECT}, still pending)`,
		],
	],
	download: [
		[{}, `The file could not be downloaded (${SUBJECT})`],
		[{ detail: 'The picture arrived empty' }, `The picture arrived empty (${SUBJECT})`],
	],
};

const KINDS = Object.keys(MESSAGES) as FailureKind[];
const CASES = Object.entries(MESSAGES).flatMap(([kind, cases]) =>
	cases.map(([facts, message]) => ({ kind: kind as FailureKind, facts, message })),
);

describe('errorText', () => {
	it.each(CASES)('of $kind $facts', ({ kind, facts, message }) => {
		expect(errorText(new MotiveFailure(kind, facts), SUBJECT).message).toBe(message);
	});

	it.each(KINDS)('of %s says what to do', (kind) => {
		const { message, description } = errorText(new MotiveFailure(kind), SUBJECT);
		expect(description).toMatch(/^[A-Z].*\.$/s);
		expect(description).not.toContain(message);
	});

	it.each(CASES)('of $kind $facts blames nobody', ({ kind, facts }) => {
		expect(errorText(new MotiveFailure(kind, facts), SUBJECT).message).not.toMatch(
			/\b(error|problem|failure|mistake)/i,
		);
	});

	it.each(KINDS)('of %s says what a caller advises instead', (kind) => {
		const failure = new MotiveFailure(kind, { status: 400, serviceText: 'no such thing' });
		expect(errorText(failure, SUBJECT, { [kind]: 'Ask the driver.' }).description).toContain(
			'Ask the driver.',
		);
		expect(errorText(failure, SUBJECT, { [kind]: 'Ask the driver.' }).description).not.toMatch(
			/Check|Run|Fetch/,
		);
	});

	it.each(KINDS)('of %s quotes Motive once', (kind) => {
		const { message, description } = errorText(
			new MotiveFailure(kind, { status: 400, serviceText: 'no such thing' }),
			SUBJECT,
		);
		expect(`${message} ${description}`.split('no such thing')).toHaveLength(2);
	});

	it.each([
		[1, '1 second'],
		[119_000, '119 seconds'],
		[119_001, '2 minutes'],
		[120_000, '2 minutes'],
		[120_001, '3 minutes'],
		[59 * 60_000, '59 minutes'],
		[60 * 60_000, '1 hour'],
		[90 * 60_000, '1.5 hours'],
		[86_400_000, '24 hours'],
	])('says that Motive asks to wait for %i ms, and does not say that the node did', (ms, time) => {
		const advice = { rateLimited: 'The node waited.' };
		for (const kind of ['busy', 'rateLimited', 'unavailable'] as const) {
			const failure = new MotiveFailure(kind, { status: 429, retryAfterMs: ms });
			const { message, description } = errorText(failure, SUBJECT, advice);
			expect(message).toContain(`asks to wait for ${time} (`);
			expect(description).toBe('The node has less time than that. Run it again later.');
		}
	});

	it('says of a page that it was one, and not that Motive speaks', () => {
		const facts = { status: 403, isPage: true, serviceText: 'Access denied' };
		const { description } = errorText(new MotiveFailure('forbidden', facts), SUBJECT);
		expect(description).toContain('The answer was a page: “Access denied”');
		expect(description).not.toContain('Motive says');
	});

	it('says of a key what may be wrong with it, and where keys are made', () => {
		expect(errorText(new MotiveFailure('unauthorized'), SUBJECT).description).toBe(
			'Check the API key of the credential: it may be mistyped, switched off, or of another company. ' +
				'Keys are made in the Motive Dashboard under Admin → Developers. A key in test mode never changes anything, ' +
				'so whatever starts something needs a live key.',
		);
	});

	it('says that it is Motive who speaks', () => {
		const failure = new MotiveFailure('forbidden', { serviceText: 'Access denied' });
		expect(errorText(failure, SUBJECT).description).toMatch(/ Motive says: “Access denied”$/);
	});

	it('does not say again what the message says', () => {
		const failure = new MotiveFailure('download', { detail: 'The picture arrived empty' });
		expect(errorText(failure, SUBJECT).description).toBe('Motive has the file. Download it again.');
	});

	it('tells the status of a job that failed before the advice', () => {
		const failure = new MotiveFailure('failed', {
			detail: 'Motive’s status is “expired”.',
		});
		expect(errorText(failure, SUBJECT).description).toMatch(
			/^Motive’s status is “expired”\. Try again later\.$/,
		);
		expect(errorText(failure, SUBJECT, { failed: 'Ask the driver.' }).description).toMatch(
			/“expired”\. Ask the driver\.$/,
		);
	});

	it('never says the word for which n8n takes an execution for stopped', () => {
		const word = fc.mixedCase(fc.constant('canceled'));
		fc.assert(
			fc.property(fc.constantFrom(...KINDS), word, (kind, canceled) => {
				const facts = { status: 400, detail: `it was ${canceled}`, serviceText: canceled };
				expect(
					errorText(new MotiveFailure(kind, facts), `${canceled} capture`).message,
				).not.toMatch(/canceled/i);
			}),
		);
	});
});

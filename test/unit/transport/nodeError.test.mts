import { describe, expect, it } from 'vitest';

import { MotiveFailure, type FailureKind } from '../../../nodes/Motive/motive/failure.ts';
import { errorText } from '../../../nodes/Motive/transport/errorTexts.ts';
import { toNodeError } from '../../../nodes/Motive/transport/nodeError.ts';
import { node, NodeApiError, NodeOperationError } from './n8nErrors.mts';

const SUBJECT = 'dashcam image capture 90312';
const KINDS: FailureKind[] = [
	'unauthorized',
	'forbidden',
	'notFound',
	'refused',
	'rateLimited',
	'unavailable',
	'unreachable',
	'noAnswer',
	'redirected',
	'unreadable',
	'outcomeUnknown',
	'failed',
	'timedOut',
	'download',
];

describe('toNodeError', () => {
	it.each(KINDS)('leaves the text of %s as it is, with and without a status', (kind) => {
		for (const facts of [{}, { status: 429 }, { status: 500 }]) {
			const failure = new MotiveFailure(kind, facts);
			const { message, description } = errorText(failure, SUBJECT);
			expect(toNodeError(node, failure, { subject: SUBJECT })).toMatchObject({
				message,
				description,
			});
		}
	});

	it.each([
		'n8n could not store the file: EACCES: permission denied, mkdir',
		'n8n could not store the file: ENOENT: no such file or directory',
		'read ECONNRESET',
	])('keeps its own words although n8n has others for %j', (detail) => {
		const error = toNodeError(node, new MotiveFailure('download', { detail }), {
			subject: SUBJECT,
		});
		expect(error.message).toBe(`${detail} (${SUBJECT})`);
		const withStatus = new MotiveFailure('download', { status: 500, detail });
		expect(toNodeError(node, withStatus, { subject: SUBJECT }).message).toBe(
			`${detail} (${SUBJECT})`,
		);
		expect(toNodeError(node, new Error(detail), { subject: SUBJECT }).message).toBe(detail);
	});

	it('has the status where there was an answer', () => {
		const answered = toNodeError(node, new MotiveFailure('notFound', { status: 404 }), {
			subject: SUBJECT,
		});
		expect(answered).toBeInstanceOf(NodeApiError);
		expect(answered).toMatchObject({ httpCode: '404' });
		expect(toNodeError(node, new MotiveFailure('timedOut'), { subject: SUBJECT })).toBeInstanceOf(
			NodeOperationError,
		);
	});

	it.each([
		new MotiveFailure('notFound', { status: 404 }),
		new MotiveFailure('timedOut'),
		new Error('bad input'),
	])('names the item and what is not lost: %o', (failure) => {
		const place = {
			subject: SUBJECT,
			itemIndex: 3,
			suffix: ' [item 3]',
			addendum: ' Request IDs: dashcam 7.',
		};
		const error = toNodeError(node, failure, place);
		expect(error.message).toMatch(/ \[item 3\]$/);
		expect(error.description).toMatch(/ Request IDs: dashcam 7\.$/);
		expect(error.context).toMatchObject({ itemIndex: 3 });
	});

	it('hands on what the node itself found, cleaned', () => {
		const bad = new NodeOperationError(node, 'Positions\nis empty', { description: 'Choose one.' });
		expect(toNodeError(node, bad, { subject: SUBJECT })).toMatchObject({
			message: 'Positions is empty',
			description: 'Choose one.',
		});
	});

	describe('where somebody has signed in', () => {
		const signedIn: typeof node = { ...node, parameters: { authentication: 'oAuth2' } };
		const place = { subject: SUBJECT };

		it('does not speak of keys', () => {
			const advice = toNodeError(signedIn, new MotiveFailure('unauthorized'), place).description;
			expect(advice).toMatch(/^Open the credential and connect the account again\./);
			expect(advice).not.toContain('key');
		});

		it('speaks of the Access Token URL where Motive cannot be reached', () => {
			const failure = new MotiveFailure('unreachable');
			expect(toNodeError(signedIn, failure, place).description).toContain('Access Token URL');
			expect(toNodeError(node, failure, place).description).not.toContain('Access Token URL');
		});

		it('says how to get a scope where one may be missing, and only there', () => {
			const scope = / A new scope has to be granted .* Then connect the account again\.$/;
			const description = (kind: FailureKind, owner = signedIn) =>
				toNodeError(owner, new MotiveFailure(kind), place).description;
			expect(description('forbidden')).toMatch(/^With an API key, .*/);
			expect(description('forbidden')).toMatch(scope);
			expect(description('notFound')).not.toMatch(scope);
			expect(description('forbidden', node)).not.toMatch(scope);
		});

		it('keeps what a caller advises', () => {
			const failure = new MotiveFailure('notFound');
			const advice = { notFound: 'Ask the driver.' };
			expect(toNodeError(signedIn, failure, { ...place, advice }).description).toBe(
				'Ask the driver.',
			);
		});
	});

	it('describes nothing where it knows no more than the message', () => {
		const { description } = toNodeError(node, new Error('bad input'), { subject: SUBJECT });
		expect(description ?? '').toBe('');
	});

	it.each(['a text', undefined, null, 7])('makes an error of anything: %j', (thrown) => {
		expect(toNodeError(node, thrown, { subject: SUBJECT }).message).toBe(String(thrown));
	});

	it('never says the word for which n8n takes an execution for stopped', () => {
		for (const failure of [
			new Error('is “canceled”'),
			new MotiveFailure('download', { detail: 'was canceled' }),
		]) {
			expect(toNodeError(node, failure, { subject: SUBJECT }).message).not.toContain('canceled');
		}
	});
});

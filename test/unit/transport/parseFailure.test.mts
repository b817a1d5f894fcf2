import { AxiosError } from 'axios';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MotiveFailure, type FailureKind } from '../../../nodes/Motive/motive/failure.ts';
import {
	isCredentialTrouble,
	kindOf,
	parseFailure,
	parseRefusal,
	parseRetryAfter,
	parseServiceText,
} from '../../../nodes/Motive/transport/parseFailure.ts';
import { answered, unanswered, withoutCause, wrapped } from './n8nErrors.mts';

const NOW = Date.parse('2026-07-02T18:00:00Z');

const STATUSES: Array<[number, FailureKind]> = [
	[301, 'redirected'],
	[302, 'redirected'],
	[307, 'redirected'],
	[400, 'refused'],
	[401, 'unauthorized'],
	[402, 'refused'],
	[403, 'forbidden'],
	[404, 'notFound'],
	[408, 'unavailable'],
	[409, 'busy'],
	[422, 'refused'],
	[423, 'busy'],
	[425, 'busy'],
	[429, 'rateLimited'],
	[500, 'unavailable'],
	[502, 'unavailable'],
	[503, 'unavailable'],
	[504, 'unavailable'],
];

const CODES: Array<[string, FailureKind]> = [
	['ECONNREFUSED', 'unreachable'],
	['ENOTFOUND', 'unreachable'],
	['EAI_AGAIN', 'unreachable'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['CERT_HAS_EXPIRED', 'unreachable'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unreachable'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unreachable'],
	['HOSTNAME_MISMATCH', 'unreachable'],
	['EPROTO', 'unreachable'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable'],
	['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'unreachable'],
	['EAI_FAIL', 'unreachable'],
	['ENETDOWN', 'unreachable'],
	['EADDRNOTAVAIL', 'unreachable'],
	['EHOSTDOWN', 'unreachable'],
	['ECONNRESET', 'noAnswer'],
	['ECONNABORTED', 'noAnswer'],
	['ETIMEDOUT', 'noAnswer'],
	['EPIPE', 'noAnswer'],
	['ERR_CANCELED', 'noAnswer'],
];

const FORMS: Array<[string, (error: AxiosError) => Error]> = [
	['the HTTP client', (error) => error],
	['n8n, with its cause', wrapped],
	['n8n, without its cause', withoutCause],
];

const read = (error: unknown, secrets: string[] = []) => parseFailure(error, secrets, NOW);

describe.each(FORMS)('An error of %s', (_, form) => {
	it.each(STATUSES)('with HTTP %i is %s', (status, kind) => {
		expect(read(form(answered(status)))).toMatchObject({ kind, facts: { status } });
	});

	it.each(CODES)('with %s is %s', (code, kind) => {
		expect(read(form(unanswered(code)))).toMatchObject({ kind });
	});

	it('brings what the service says, without secrets', () => {
		const failure = read(form(answered(400, { error_message: 'no such key: s3cret' })), ['s3cret']);
		expect(failure.facts).toEqual({ status: 400, serviceText: 'no such key: ***' });
	});

	it('is an answer that broke off when its status is a good one', () => {
		expect(read(form(answered(200)))).toMatchObject({ kind: 'noAnswer' });
	});
});

describe.each(FORMS.slice(0, 2))('An error of %s', (_, form) => {
	it('says when to come back', () => {
		const failure = read(form(answered(429, '', { 'retry-after': '7' })));
		expect(failure).toMatchObject({ kind: 'rateLimited', facts: { retryAfterMs: 7_000 } });
	});

	it('says it in plain text, too', () => {
		expect(read(form(answered(502, '<h1>Bad Gateway</h1>'))).facts.serviceText).toBe('Bad Gateway');
	});

	it.each([
		['<!DOCTYPE html><p>Blocked', true],
		['\n<html lang="en"><p>Blocked', true],
		['Blocked', undefined],
		['No <html> here', undefined],
		[['<html>'], undefined],
		[{ error_message: '<html>' }, undefined],
	])('knows whether %j is a page', (body, isPage) => {
		expect(read(form(answered(403, body))).facts.isPage).toBe(isPage);
	});
});

describe('What stands between n8n and Motive', () => {
	const page = '<!doctype html><p>Access denied';
	const date = 'Wed, 01 Jul 2026 12:00:00 GMT';

	it.each<[number, unknown, Record<string, string> | undefined]>([
		[407, '', { date }],
		[407, { error_message: 'proxy' }, { date }],
		[403, page, { date }],
		[403, '', {}],
		[403, undefined, { 'content-length': '0' }],
	])('answers HTTP %i with %j and %j, so that nothing came to Motive', (status, body, headers) => {
		expect(parseRefusal({ status, body, headers }, [], NOW)).toMatchObject({
			kind: 'unreachable',
			facts: { status },
		});
	});

	it('says whether the proxy wants to know who asks', () => {
		const detail = (status: number) =>
			parseRefusal({ status, body: page, headers: {} }, [], NOW).facts.detail;
		expect(detail(407)).toBe('The proxy that n8n uses wants a user name and a password');
		expect(detail(403)).toBe('A proxy or firewall between n8n and Motive refused the request');
	});

	it.each<[number, unknown, Record<string, string> | undefined]>([
		[403, '', { date }],
		[403, '', undefined],
		[403, { error_message: 'no' }, {}],
		[403, 'no', {}],
		[401, '', {}],
		[404, page, {}],
	])('does not answer HTTP %i with %j and %j', (status, body, headers) => {
		expect(parseRefusal({ status, body, headers }, [], NOW).kind).toBe(kindOf(status));
	});
});

describe('parseFailure', () => {
	it('hands on what is a failure already', () => {
		const failure = new MotiveFailure('refused');
		expect(read(failure)).toBe(failure);
	});

	it('reads an answer that could not be understood as the answer it is', () => {
		const { response } = answered(502, 'x');
		expect(
			read(
				AxiosError.from(new SyntaxError('no JSON'), 'ERR_BAD_RESPONSE', undefined, {}, response),
			),
		).toMatchObject({
			kind: 'unavailable',
			facts: { status: 502 },
		});
	});

	it('keeps the words of an error that has nothing else', () => {
		expect(read(new Error('no credential key=s3cret\n'), ['s3cret'])).toMatchObject({
			kind: 'noAnswer',
			facts: { detail: 'no credential key=***' },
		});
	});

	it('brings no facts that are not known', () => {
		const { facts } = parseRefusal({ status: 400, body: undefined, headers: {} }, [], NOW);
		expect(facts).toStrictEqual({ status: 400 });
	});

	it.each([
		[300, 'redirected', 300],
		[599, 'unavailable', 599],
		[299, 'noAnswer', undefined],
		[600, 'noAnswer', undefined],
	])('takes %i among the failures for %s', (answer, kind, status) => {
		const failure = read({ response: { status: answer } });
		expect(failure.kind).toBe(kind);
		expect(failure.facts.status).toBe(status);
	});

	it('makes a failure of anything', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.anything(),
					fc.object({
						key: fc.constantFrom(
							'cause',
							'response',
							'status',
							'httpCode',
							'context',
							'data',
							'code',
							'headers',
						),
					}),
				),
				(thrown) => {
					expect(read(thrown)).toBeInstanceOf(MotiveFailure);
				},
			),
		);
	});
});

describe('isCredentialTrouble', () => {
	it.each<[string, unknown, boolean]>([
		['words of n8n’s own', new Error('OAuth credentials not connected'), true],
		['a sign-in that refuses', unanswered('EAUTH'), true],
		['a sign-in that answers something else', unanswered('ESTATUS'), true],
		['an answer', answered(401), false],
		['an answer without a code', { response: { status: 401 } }, false],
		['a request that n8n did not send', new Error('Domain not allowed: x'), false],
		['a code of the cause', { cause: { code: 'EAUTH' } }, true],
		['a code around a cause without one', { cause: { code: 7 }, code: 'EAUTH' }, true],
		['a code in place of a status', { httpCode: 'EAUTH' }, true],
		['another code of the cause', { cause: { code: 'EPIPE' } }, false],
		['another code around it', { cause: {}, code: 'EPIPE' }, false],
		['another code in place of a status', { httpCode: 'EPIPE' }, false],
		['trouble with the connection', unanswered('ECONNRESET'), false],
	])('tells %s', (_, error, isTrouble) => {
		expect(isCredentialTrouble(error)).toBe(isTrouble);
		if (error instanceof AxiosError) expect(isCredentialTrouble(wrapped(error))).toBe(isTrouble);
	});
});

describe('kindOf', () => {
	it('knows every status that is none of success', () => {
		fc.assert(
			fc.property(fc.integer({ min: 300, max: 599 }), (status) => {
				const ownKind = new Map(STATUSES).get(status);
				const family = status >= 500 ? 'unavailable' : status >= 400 ? 'refused' : 'redirected';
				expect(kindOf(status)).toBe(ownKind ?? family);
			}),
		);
	});
});

describe('parseRetryAfter', () => {
	it.each([
		['7', 7_000],
		[' 120 ', 120_000],
		['0', 0],
		[30, 30_000],
		['Thu, 02 Jul 2026 18:00:30 GMT', 30_000],
		['Thursday, 02-Jul-26 18:00:30 GMT', 30_000],
		['Thu, 02 Jul 2026 17:00:00 GMT', 0],
	])('reads %j as %d ms', (header, ms) => {
		expect(parseRetryAfter(header, NOW)).toBe(ms);
	});

	it.each([
		undefined,
		null,
		'',
		' ',
		'soon',
		'7s',
		'-5',
		'1.5',
		'0.5',
		'in 5 minutes',
		'abc 1',
		'1e3',
		Number.NaN,
		-5,
		Infinity,
		['7'],
		{},
		true,
	])('finds nothing readable in %o', (header) => {
		expect(parseRetryAfter(header, NOW)).toBeUndefined();
	});

	it('never asks for a wait that cannot be counted', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.double(),
					fc.nat().map(String),
					fc.date().map((date) => date.toUTCString()),
				),
				(header) => {
					const ms = parseRetryAfter(header, NOW);
					if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('parseServiceText', () => {
	it.each([
		[{ error_message: 'invalid API key' }, 'invalid API key'],
		[
			{ error: 'invalid_grant', error_description: 'The grant has expired' },
			'The grant has expired',
		],
		[{ error: 'not_found' }, 'not_found'],
		[{ error: { message: 'no such capture', code: 7 } }, 'no such capture'],
		[{ errors: ['no camera', 'no vehicle'] }, 'no camera; no vehicle'],
		[
			{ errors: [{ message: 'no camera' }, { code: 7 }, { message: 'no vehicle' }] },
			'no camera; no vehicle',
		],
		[{ message: 'no such route' }, 'no such route'],
		[{ title: 'Bad Request', detail: 'no camera' }, 'no camera'],
		[{ title: 'Bad Request' }, 'Bad Request'],
		[
			{
				errors: [
					{ field: 'position', message: 'is missing' },
					{ field: 7, message: 'no camera' },
				],
			},
			'position is missing; no camera',
		],
		[{ error_message: '', error: null, errors: [], message: 'no such route' }, 'no such route'],
		['plain words', 'plain words'],
		[
			'<html><head><title>502</title></head><body><h1>Bad Gateway</h1>\n</body></html>',
			'Bad Gateway',
		],
		[['no camera', { error_message: 'no vehicle' }], 'no camera; no vehicle'],
		[
			{ error_message: 'look at https://x.example/a?X-Amz-Signature=abc' },
			'look at https://x.example/a',
		],
	])('reads %j', (body, text) => {
		expect(parseServiceText(body)).toBe(text);
	});

	it.each([
		undefined,
		null,
		'',
		'  ',
		7,
		true,
		{},
		[],
		{ status: 'failed' },
		{ field: 'position' },
		{ error_message: 7 },
		{ error: {} },
		'<br>',
	])('finds nothing in %j', (body) => {
		expect(parseServiceText(body)).toBeUndefined();
	});

	it('takes secrets out wherever the text was', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('error_message', 'error', 'errors', 'message'),
				fc.string(),
				(key, around) => {
					expect(
						parseServiceText({ [key]: `${around}k3y-s3cret${around}` }, ['k3y-s3cret']) ?? '',
					).not.toContain('k3y-s3cret');
				},
			),
		);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { reasonNotSent } from '../../../nodes/Motive/transport/notSent.ts';
import { unanswered, withoutCause, wrapped } from './n8nErrors.mts';

const forms = [
	(code: string) => unanswered(code),
	(code: string) => wrapped(unanswered(code)),
	(code: string) => withoutCause(unanswered(code)),
];

describe('A request was surely not sent', () => {
	it.each([
		['CERT_HAS_EXPIRED', 'n8n does not trust the certificate of the server'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'n8n does not trust the certificate of the server'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'n8n does not trust the certificate of the server'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'n8n does not trust the certificate of the server'],
		['EPROTO', 'No secure connection to the server could be made'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'No secure connection to the server could be made'],
		['ERR_TLS_HANDSHAKE_TIMEOUT', 'No secure connection to the server could be made'],
		['ENOTFOUND', 'No server with this name could be found'],
		['ECONNREFUSED', 'The server refused the connection'],
		['EAI_FAIL', 'No server with this name could be found'],
	])('with %s, and the reason is known', (code, detail) => {
		for (const form of forms)
			expect(reasonNotSent(form(code))).toEqual({ detail: `${detail}: ${code}` });
	});

	it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])('with %s', (code) => {
		for (const form of forms) expect(reasonNotSent(form(code))).toEqual({});
	});

	it('when the time was up while it was still connecting', () => {
		const cause = Object.assign(new Error('connect ETIMEDOUT'), {
			code: 'ETIMEDOUT',
			syscall: 'connect',
		});
		const several = new AggregateError([cause, cause]);
		for (const error of [cause, several])
			expect(reasonNotSent(new Error('x', { cause: error }))).toEqual({});
	});

	it.each([
		'Client network socket disconnected before secure TLS connection was established',
		'Proxy connection ended before receiving CONNECT response',
	])('when it ended early: %s', (message) => {
		expect(reasonNotSent(wrapped(unanswered('ECONNRESET', message)))).toEqual({});
	});

	it.each([
		'The request was blocked because it resolves to a restricted IP address',
		'Domain not allowed: This credential is restricted from accessing api.example',
	])('when n8n does not want to: %s', (message) => {
		expect(reasonNotSent(new Error('x', { cause: new Error(message) }))).toEqual({
			detail: `n8n did not send it: ${message}`,
		});
	});
});

describe('A request may have been sent', () => {
	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_CANCELED', 'ERR_BAD_RESPONSE'])(
		'with %s',
		(code) => {
			for (const form of forms) expect(reasonNotSent(form(code))).toBeUndefined();
		},
	);

	it('with anything else', () => {
		fc.assert(
			fc.property(fc.anything(), (error) => {
				expect(reasonNotSent(error)).toBeUndefined();
			}),
		);
	});

	it('with a code that is no text', () => {
		for (const code of [['ENOTFOUND'], { toString: () => 'ENOTFOUND' }, 7])
			expect(reasonNotSent({ code, httpCode: code })).toBeUndefined();
	});

	it('with an error that is its own cause', () => {
		const error: Error & { cause?: unknown } = new Error('x');
		error.cause = error;
		expect(reasonNotSent(error)).toBeUndefined();
	});
});

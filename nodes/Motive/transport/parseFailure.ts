import { MotiveFailure, type FailureFacts, type FailureKind } from '../motive/failure';
import { isObject } from '../motive/json';
import { isMissing } from '../motive/parse';
import { cleanText } from './cleanText';

/** Codes of connections that were never made: the request cannot have had an effect. */
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$|CERT|TLS/;

/** Codes of n8n's OAuth2 client: the sign-in refused, or gave an answer that is none. */
const SIGN_IN_CODES = ['EAUTH', 'ESTATUS'];

/**
 * Turns whatever n8n's HTTP helpers throw into a MotiveFailure. What they throw differs between n8n versions:
 * an error of the HTTP client, or n8n's NodeApiError around it, with or without its cause.
 *
 * @param secrets texts that must not show up in what the service says
 */
export function parseFailure(
	error: unknown,
	secrets: readonly string[],
	now: number,
): MotiveFailure {
	if (error instanceof MotiveFailure) return error;
	const { status, code, body, retryAfter } = partsOf(error);
	if (status === undefined) {
		if (code !== undefined)
			return new MotiveFailure(NEVER_CONNECTED.test(code) ? 'unreachable' : 'noAnswer');
		const text = error instanceof Error ? cleanText(error.message, secrets) : '';
		return new MotiveFailure('noAnswer', text === '' ? {} : { detail: text });
	}
	return parseRefusal({ status, body, retryAfter }, secrets, now);
}

/** An answer, as far as it matters here. */
export interface HttpAnswer {
	status: number;
	body: unknown;
	/** The header `Retry-After`. */
	retryAfter: unknown;
}

/**
 * The failure behind an answer that is no success.
 *
 * @param secrets texts that must not show up in what the service says
 */
export function parseRefusal(
	{ status, body, retryAfter }: HttpAnswer,
	secrets: readonly string[],
	now: number,
): MotiveFailure {
	const retryAfterMs = parseRetryAfter(retryAfter, now);
	const serviceText = parseServiceText(body, secrets);
	const facts: FailureFacts = {
		status,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(serviceText !== undefined && { serviceText }),
		...(isPage(body) && { isPage: true }),
	};
	return new MotiveFailure(kindOf(status), facts);
}

/**
 * Whether n8n could not use an OAuth2 credential: the account is not connected, or no new token was given. Such errors
 * come from n8n itself and are neither an answer of the API nor trouble with the connection.
 */
export function isCredentialTrouble(error: unknown): boolean {
	const { status, code } = partsOf(error);
	return code === undefined ? status === undefined : SIGN_IN_CODES.includes(code);
}

/** Motive's answers are JSON. */
function isPage(body: unknown): boolean {
	return typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body);
}

/** The kind of failure behind an HTTP status. */
export function kindOf(status: number): FailureKind {
	if (status === 401) return 'unauthorized';
	if (status === 403) return 'forbidden';
	if (status === 404) return 'notFound';
	if ([409, 423, 425].includes(status)) return 'busy';
	if (status === 429) return 'rateLimited';
	if (status === 408 || status >= 500) return 'unavailable';
	return status >= 400 ? 'refused' : 'redirected';
}

/**
 * The wait that a `Retry-After` header asks for.
 *
 * @param header seconds, or an HTTP date (RFC 9110, 10.2.3)
 * @returns milliseconds from `now` on, or undefined when there is no readable header
 */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
	const text =
		typeof header === 'string' || typeof header === 'number' ? String(header).trim() : '';
	if (/^\d+$/.test(text)) return Number(text) * 1_000;
	// Without a time of day it is no date, although the parser takes even "-5" for one.
	const date = /\d:\d\d:\d/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What a service says in the body of a refusal: Motive's `error_message`, or what others use for it. */
export function parseServiceText(
	body: unknown,
	secrets: readonly string[] = [],
): string | undefined {
	const text = findText(body);
	const clean = text === undefined ? '' : cleanText(text, secrets);
	return clean === '' ? undefined : clean;
}

/** Keys under which services say what is wrong, best first. */
export const TEXT_KEYS = [
	'error_message',
	'error_description',
	'error',
	'errors',
	'message',
	'detail',
	'title',
];

function findText(body: unknown): string | undefined {
	if (typeof body === 'string') return isMissing(body) ? undefined : body;
	if (Array.isArray(body)) return body.map(findText).filter(Boolean).join('; ');
	if (!isObject(body)) return undefined;
	const text = TEXT_KEYS.map((key) => findText(body[key])).find(Boolean);
	const field = body['field'];
	return text !== undefined && typeof field === 'string' ? `${field} ${text}` : text;
}

function partsOf(error: unknown) {
	const outer = isObject(error) ? error : {};
	const cause = isObject(outer['cause']) ? outer['cause'] : outer;
	const response = [cause['response'], outer['response']].find(isObject) ?? {};
	const headers = isObject(response['headers']) ? response['headers'] : {};
	const context = isObject(outer['context']) ? outer['context'] : {};
	const status = Number(response['status'] ?? outer['httpCode']);
	const codes = [cause['code'], outer['code'], outer['httpCode']];
	return {
		// A 2xx among the failures is an answer that broke off before its end.
		status: status >= 300 && status <= 599 ? status : undefined,
		code: codes.find((value) => typeof value === 'string'),
		body: response['data'] ?? context['data'],
		retryAfter: headers['retry-after'],
	};
}

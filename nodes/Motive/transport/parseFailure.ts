import { MotiveFailure, type FailureFacts, type FailureKind } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import { isMissing } from '../motive/parse';
import { cleanText } from './cleanText';
import { reasonNotSent } from './notSent';

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
	const { status, code, body, headers } = partsOf(error);
	if (status !== undefined) return parseRefusal({ status, body, headers }, secrets, now);
	const notSent = reasonNotSent(error);
	if (notSent) return new MotiveFailure('unreachable', notSent);
	const text = code === undefined && error instanceof Error ? error.message : '';
	const detail = cleanText(text, secrets);
	return new MotiveFailure('noAnswer', detail === '' ? {} : { detail });
}

/** An answer, as far as it matters here. */
export interface HttpAnswer {
	status: number;
	body: unknown;
	/** By their names in lower case; undefined where n8n has lost them. */
	headers: JsonObject | undefined;
}

/**
 * The answer in what n8n's HTTP helpers give back when they are asked for all of it.
 *
 * @throws MotiveFailure `unreadable`
 */
export function parseAnswer(answer: unknown): HttpAnswer {
	const { statusCode: status, body, headers } = isObject(answer) ? answer : {};
	if (typeof status !== 'number') throw new MotiveFailure('unreadable');
	return { status, body, headers: isObject(headers) ? headers : {} };
}

/**
 * The failure behind an answer that is no success.
 *
 * @param secrets texts that must not show up in what the service says
 */
export function parseRefusal(
	answer: HttpAnswer,
	secrets: readonly string[],
	now: number,
): MotiveFailure {
	const { status, body, headers } = answer;
	const retryAfterMs = parseRetryAfter(headers?.['retry-after'], now);
	const serviceText = parseServiceText(body, secrets);
	const facts: FailureFacts = {
		status,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(serviceText !== undefined && { serviceText }),
		...(isPage(body) && { isPage: true }),
	};
	if (!isFromBetween(answer)) return new MotiveFailure(kindOf(status), facts);
	const detail =
		status === 407
			? 'The proxy that n8n uses wants a user name and a password'
			: 'A proxy or firewall between n8n and Motive refused the request';
	return new MotiveFailure('unreachable', { ...facts, detail });
}

/**
 * Whether n8n could not use an OAuth2 credential: the account is not connected, or no new token was given. Such errors
 * come from n8n itself and are neither an answer of the API nor trouble with the connection.
 */
export function isCredentialTrouble(error: unknown): boolean {
	const { status, code } = partsOf(error);
	if (code !== undefined) return SIGN_IN_CODES.includes(code);
	return status === undefined && reasonNotSent(error) === undefined;
}

/**
 * Whether something on the way has refused a request, so that it never came to Motive: a proxy that lets nobody through
 * answers in place of the host. Motive answers in JSON, and like any host says when.
 */
function isFromBetween({ status, body, headers }: HttpAnswer): boolean {
	if (status === 407) return true;
	const isBare = isMissing(body) && headers !== undefined && headers['date'] === undefined;
	return status === 403 && (isPage(body) || isBare);
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
	const { headers } = response;
	const context = isObject(outer['context']) ? outer['context'] : {};
	const status = Number(response['status'] ?? outer['httpCode']);
	const codes = [cause['code'], outer['code'], outer['httpCode']];
	return {
		// A 2xx among the failures is an answer that broke off before its end.
		status: status >= 300 && status <= 599 ? status : undefined,
		code: codes.find((value) => typeof value === 'string'),
		body: response['data'] ?? context['data'],
		headers: isObject(headers) ? headers : undefined,
	};
}

import { STATUS_CODES } from 'node:http';
import type { Subject } from './subject.mts';

/** A JSON object as it goes over the wire. */
export type JsonObject = Record<string, unknown>;

/** What the server says to one request. */
export interface Answer {
	status: number;
	/** Lower-case names. JSON bodies get their content type by themselves when it is not named here. */
	headers: Record<string, string>;
	body: JsonObject | string | Buffer;
}

/** Changes the answer that the server would truly give to a request about this subject. */
export type Edit = (truth: Answer, subject: Subject) => Answer;

/** All of these changes, one after the other. */
export function all(...edits: readonly Edit[]): Edit {
	return (truth, subject) => edits.reduce((answer, edit) => edit(answer, subject), truth);
}

/** A successful JSON answer. */
export function json(body: JsonObject, status = 200): Answer {
	return { status, headers: {}, body };
}

/** An error in Motive's form, `{ "error_message": … }`; the text defaults to the name of the status. */
export function error(
	status: number,
	message = STATUS_CODES[status] ?? 'Error',
	headers: Record<string, string> = {},
): Answer {
	return { status, headers, body: { error_message: message } };
}

/** A page as proxies and load balancers send it. With status 200: junk that pretends to be a success. */
export function html(status: number): Answer {
	const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
	const body = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** A plain text answer. */
export function text(status: number, body: string): Answer {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** Sends the client to another address. */
export function redirect(location: string, status = 302): Answer {
	return { status, headers: { location }, body: '' };
}

/** The truth with another body, as `type`; `undefined` leaves the content type out. */
export function content(body: string | Buffer, type: string | undefined): Edit {
	return (truth, subject) => ({ ...contentType(type)(truth, subject), body });
}

/** The truth under another content type; `undefined` leaves the header out. */
export function contentType(type: string | undefined): Edit {
	return (truth) => {
		const others = Object.entries(truth.headers).filter(([name]) => name !== 'content-type');
		const named = type === undefined ? {} : { 'content-type': type };
		return { ...truth, headers: { ...Object.fromEntries(others), ...named } };
	};
}

/** An answer with its body as it goes over the wire, and with the content type that belongs to it. */
export function asBytes({ status, headers, body }: Answer): Answer & { body: Buffer } {
	if (Buffer.isBuffer(body)) return { status, headers, body };
	if (!isJsonObject(body)) return { status, headers, body: Buffer.from(body) };
	const named = { 'content-type': 'application/json; charset=utf-8', ...headers };
	return { status, headers: named, body: Buffer.from(JSON.stringify(body)) };
}

/** Whether a body is JSON and not text or bytes. */
function isJsonObject(body: Answer['body']): body is JsonObject {
	return typeof body === 'object' && !Buffer.isBuffer(body);
}

/** The truth with its JSON object changed by `change`; answers that are not a 2xx with JSON stay as they are. */
export function edit(change: (body: JsonObject, subject: Subject) => JsonObject): Edit {
	return (truth, subject) =>
		truth.status < 300 && isJsonObject(truth.body)
			? { ...truth, body: change(truth.body, subject) }
			: truth;
}

/** The truth with these top-level fields set; `undefined` removes a field. */
export function fields(values: JsonObject): Edit {
	return edit((body) => ({ ...body, ...values }));
}

/** The truth inside a single key, as Motive wraps its other resources. */
export function wrapped(key: string): Edit {
	return edit((body) => ({ [key]: body }));
}

/** Applies `change` only while a capture or recall is pending. */
export function whilePending(change: Edit): Edit {
	return whenStatus('pending', change);
}

/** Applies `change` only once a capture or recall has succeeded. */
export function onceReady(change: Edit): Edit {
	return whenStatus('success', change);
}

function whenStatus(status: string, change: Edit): Edit {
	return (truth, subject) =>
		isJsonObject(truth.body) && truth.body['status'] === status ? change(truth, subject) : truth;
}

/** A capture or recall without the links to its pictures or videos. */
export const withoutFiles: Edit = edit((body) => ({
	...body,
	...('cameras' in body ? { cameras: [] } : { images: {} }),
}));

/** A capture or a video recall that ends without picture or video, with this status word. */
export function failed(status = 'failed'): Edit {
	return onceReady(all(withoutFiles, fields({ status })));
}

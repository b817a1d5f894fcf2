/** Trouble between a client and the picture that it waits for, to be switched on with `faults.add`. */
import { all, error, fields, redirect, withoutFiles, type Answer } from './answers.mts';
import type { Capture } from './captures.mts';
import type { Fault } from './faults.mts';

/** The page of a firewall that takes a request for an attack. */
const firewall: Answer = {
	status: 403,
	headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
	body:
		'<!doctype html><html><head><title>Request blocked</title></head><body><h1>Access denied</h1>' +
		'<p>The request was blocked. Incident 18f2a9c4.</p></body></html>',
};

/**
 * What a look at a capture or recall may meet without its end having come, by name. Each is for one look or a few:
 * `faults.add({ on, times: 1, ...passing[name] })`.
 */
export const passing = {
	'408': { answer: error(408) },
	'409': { answer: error(409, 'The request is being worked on') },
	'425': { answer: error(425) },
	'a page of a firewall': { answer: firewall },
	'a redirect': { answer: redirect('/sign-in') },
	'status Unknown': { answer: all(withoutFiles, fields({ status: 'Unknown' })) },
} satisfies Record<string, Fault>;

/** Motive has lost a capture or recall: from a moment on (milliseconds since the epoch) nothing is found under this id. */
export function lost(id: number | string, from = -Infinity): Fault {
	return {
		when: (subject) => subject.id === String(id) && subject.at >= from,
		answer: error(404, 'not found'),
	};
}

/** A vehicle or asset takes no other picture while there is one of it on the way. */
export function oneCaptureAtATime(captures: readonly Capture[]): Fault {
	return {
		on: 'POST /v1/image_captures',
		when: ({ device, at }) =>
			captures.some((capture) => capture.device.name === device && at < capture.readyAt),
		answer: error(409, 'A capture of this vehicle is in progress'),
	};
}

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const START = 'http.client.request.start';

/** HTTP requests that this process makes as a client. */
export interface Traffic {
	/** Requests under way: sent, with an answer that has not been read to its end. */
	open: () => ClientRequest[];
	/** Grows whenever a request starts or ends. */
	events: () => number;
	/** Stops watching. */
	dispose: () => void;
}

/** Watches the requests of `node:http` and `node:https` from now on. */
export function watchTraffic(): Traffic {
	const open = new Set<ClientRequest>();
	let events = 0;
	const onStart = (message: unknown): void => {
		const { request } = message as { request: ClientRequest };
		events += 1;
		open.add(request);
		request.once('close', () => {
			events += 1;
			open.delete(request);
		});
	};
	subscribe(START, onStart);
	return {
		open: () => [...open],
		events: () => events,
		dispose: () => {
			unsubscribe(START, onStart);
		},
	};
}

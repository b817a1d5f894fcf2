import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from './routes.mts';

/** One request that reached a host of the simulator. */
export interface ReceivedRequest {
	/** Milliseconds since the epoch, of the simulator's clock. */
	at: number;
	host: 'account' | 'api' | 'images';
	/** The route it belongs to, or method and path where there is no such route. */
	route: string;
	method: string;
	/** Path without the query. */
	path: string;
	/** Query without the parts of a signature. */
	query: Record<string, unknown>;
	/** All headers that came, credentials included: what must not be there can be shown not to be. */
	headers: IncomingHttpHeaders;
	/** Parsed JSON body; `undefined` without one. */
	body: unknown;
	/** Status answered; `undefined` until then, and for ever where no answer was sent. */
	status?: number;
}

/** Everything that was received, in order of arrival. */
export class RequestLog {
	readonly all: ReceivedRequest[] = [];

	/** The requests to one route. */
	received(route: Route): ReceivedRequest[] {
		return this.all.filter((request) => request.route === route);
	}

	/** Forgets everything. */
	clear(): void {
		this.all.length = 0;
	}
}

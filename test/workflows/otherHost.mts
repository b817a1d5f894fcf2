import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll } from 'vitest';

/** A web server that is neither Motive nor its image host. */
export interface OtherHost {
	/** Its address, without a slash at the end. */
	readonly url: string;
	/** The requests since the last test. */
	readonly requests: IncomingMessage[];
}

/** Starts one for the tests of a file. */
export function useOtherHost(
	answer: (request: IncomingMessage, response: ServerResponse) => void,
): OtherHost {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		answer(request, response);
	});
	beforeAll(async () => {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterEach(() => {
		requests.length = 0;
	});
	afterAll(() => {
		server.close();
		server.closeAllConnections();
	});
	return {
		get url() {
			return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		},
		requests,
	};
}

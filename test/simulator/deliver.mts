import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { isJsonObject, type Answer } from './answers.mts';
import type { Fault } from './faults.mts';

/** Resolves when the client has gone or has its whole answer. */
export async function closed(response: ServerResponse): Promise<void> {
	if (!response.closed) await once(response, 'close');
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): Buffer {
	const bytes = Buffer.isBuffer(body)
		? body
		: Buffer.from(isJsonObject(body) ? JSON.stringify(body) : body);
	const type = isJsonObject(body) ? { 'content-type': 'application/json; charset=utf-8' } : {};
	response.writeHead(status, { ...type, ...headers, 'content-length': bytes.length });
	return bytes;
}

/** Sends an answer, or what `connection` leaves of it. */
export function deliver(
	response: ServerResponse,
	answer: Answer,
	connection: Fault['connection'],
): void {
	switch (connection) {
		case undefined:
			response.end(writeHead(response, answer));
			break;
		case 'hang':
			break;
		case 'reset':
			// As from a peer that crashed; a mere close would be an orderly end.
			response.socket?.resetAndDestroy();
			break;
		case 'cut':
		case 'stall': {
			const bytes = writeHead(response, answer);
			response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => {
				if (connection === 'cut') response.destroy();
			});
			break;
		}
	}
}

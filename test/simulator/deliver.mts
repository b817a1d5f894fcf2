import type { ServerResponse } from 'node:http';
import { asBytes, type Answer } from './answers.mts';
import type { Fault } from './faults.mts';

/** Resolves when the client has gone or has its whole answer. */
export async function closed(response: ServerResponse): Promise<void> {
	if (response.closed) return;
	await new Promise<void>((resolve) => {
		response.once('close', resolve);
	});
}

function writeHead(response: ServerResponse, answer: Answer): Buffer {
	const { status, headers, body } = asBytes(answer);
	response.writeHead(status, { ...headers, 'content-length': body.length });
	return body;
}

/** Sends an answer part by part, each after `wait`, until the client has it all or has gone. */
export async function deliverSlowly(
	response: ServerResponse,
	answer: Answer,
	bytes: number,
	wait: () => Promise<void>,
): Promise<void> {
	const body = writeHead(response, answer);
	response.flushHeaders();
	for (let sent = 0; sent < body.length; sent += bytes) {
		await wait();
		if (response.closed) return;
		response.write(body.subarray(sent, sent + bytes));
	}
	response.end();
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

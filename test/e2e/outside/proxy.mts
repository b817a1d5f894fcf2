import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { makeCertificate } from '../../simulator/certificate.mts';

/** A proxy between n8n and the internet: it answers for some hosts, and lets nothing else out. */
export interface Proxy {
	/** Environment variables with which a program sends all its traffic through it, and trusts it. */
	readonly env: Record<string, string>;
	/** Requests to hosts that it does not know. */
	readonly refused: readonly string[];
	stop(): Promise<void>;
}

/**
 * Starts a proxy with a certificate of its own, for http and https. It listens on this machine only.
 *
 * @param hosts for each host name, the base URL of the server on this machine that stands in for it
 * @param folder where the certificate is put
 */
export async function startProxy(
	hosts: Readonly<Record<string, string>>,
	folder: string,
): Promise<Proxy> {
	const { key, cert } = await makeCertificate(Object.keys(hosts));
	const certificatePath = join(folder, 'outside.pem');
	await writeFile(certificatePath, cert);

	const refused: string[] = [];
	const sockets = new Set<Socket>();
	const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
		const { hostname, pathname, search } = addressOf(incoming);
		const standIn = hosts[hostname];
		if (standIn === undefined) {
			refused.push(`${incoming.method} ${hostname}${pathname}`);
			response.writeHead(403).end('The tests know no such host');
			return;
		}
		void passOn(incoming, response, new URL(`${pathname}${search}`, standIn));
	};
	// It only takes the connections that the proxy hands over.
	const inside = createSecureServer({ key, cert }, answer);
	const server = createServer(answer);
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('connect', ({ url = '' }, socket) => {
		if (hosts[new URL(`https://${url}`).hostname] === undefined) {
			refused.push(`CONNECT ${url}`);
			socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 OK\r\n\r\n');
		inside.emit('connection', socket);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		env: {
			HTTP_PROXY: url,
			HTTPS_PROXY: url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificatePath,
		},
		refused,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** What is asked for: a whole address in plain HTTP through a proxy, else a path of the host in the header. */
function addressOf({ url = '', headers }: IncomingMessage): URL {
	return new URL(url, `https://${headers.host}`);
}

/** Sends the request to a server that stands in for its host, and sends back what that answers. */
async function passOn(
	incoming: IncomingMessage,
	response: ServerResponse,
	target: URL,
): Promise<void> {
	const { method, headers } = incoming;
	const outgoing = request(target, { method, headers });
	try {
		incoming.pipe(outgoing);
		const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		await pipeline(answer, response);
	} catch {
		response.destroy();
	}
}

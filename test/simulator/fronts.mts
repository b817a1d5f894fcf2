import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificate.mts';

/**
 * Why nothing comes through: the certificate is not to be trusted, plain HTTP is spoken where TLS is expected, or
 * nobody listens.
 */
export type FrontKind = 'untrusted' | 'plain' | 'closed';

/** A place where a connection to Motive ends before a request was sent. */
export interface Front {
	/** Its address, without a slash at the end. */
	readonly url: string;
	/** How often somebody connected. */
	readonly connections: number;
	/** What was asked for all the same: paths, or of a proxy the hosts. */
	readonly asked: readonly string[];
	/** Ends it; waits for nobody. */
	stop(): void;
}

/** Opens a front on this machine; its address begins with `https`. */
export async function startFront(kind: FrontKind): Promise<Front> {
	const asked: string[] = [];
	const server =
		kind === 'untrusted' ? createSecureServer(await makeCertificate()) : createServer();
	server.on('request', ({ url = '' }, response) => {
		asked.push(url);
		response.end();
	});
	const front = await open(server, 'https', asked);
	if (kind === 'closed') front.stop();
	return front;
}

/** Opens a proxy that lets nobody through: 403, or 407 where it wants a password. */
export async function startProxy(status: 403 | 407): Promise<Front> {
	const asked: string[] = [];
	const refusal = status === 403 ? 'Forbidden' : 'Proxy Authentication Required';
	const headers = { ...(status === 407 && { 'proxy-authenticate': 'Basic realm="proxy"' }) };
	const server = createServer(({ url = '' }, response) => {
		asked.push(new URL(url).host);
		response.writeHead(status, refusal, headers).end();
	});
	server.on('connect', ({ url = '' }, socket) => {
		asked.push(url);
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.end(`HTTP/1.1 ${status} ${refusal}\r\n${lines.join('')}content-length: 0\r\n\r\n`);
	});
	return await open(server, 'http', asked);
}

async function open(server: Server, protocol: string, asked: string[]): Promise<Front> {
	let connections = 0;
	server.on('connection', () => {
		connections += 1;
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `${protocol}://127.0.0.1:${port}`,
		get connections() {
			return connections;
		},
		asked,
		stop: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A free port on this machine, for an n8n that must know its address before it starts, and keep it. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:tls';

import { afterAll, beforeAll } from 'vitest';

import { makeCertificate } from '../simulator/certificate.mts';

/** A door with TLS in front of a server without. */
export interface SecureFront {
	/** Its address, without a slash at the end. */
	readonly url: string;
}

const certificate = await makeCertificate();

/** Opens such a door for the tests of a file, and lets this process trust it. */
export function useSecureFront(target: () => string): SecureFront {
	const sockets = new Set<Socket>();
	const server = createServer(certificate, (socket) => {
		const { hostname, port } = new URL(target());
		const behind = connect(Number(port), hostname);
		for (const [one, other] of [
			[socket, behind],
			[behind, socket],
		] as const) {
			sockets.add(one);
			one.on('error', () => other.destroy()).pipe(other);
		}
	});
	const { NODE_TLS_REJECT_UNAUTHORIZED: usual } = process.env;
	beforeAll(async () => {
		process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterAll(() => {
		if (usual === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
		else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = usual;
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return {
		get url() {
			return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
		},
	};
}

import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes the timeouts of HTTP requests follow the global `setTimeout`, hence the virtual clock: Node's
 * own ones are armed inside the socket, out of reach. As with Node, data that arrives starts them anew.
 * @returns a function that restores Node's own
 */
export function patchRequestTimeouts(): () => void {
	const original = Object.getOwnPropertyDescriptor(ClientRequest.prototype, 'setTimeout');
	if (original === undefined) throw new Error('This Node has no ClientRequest.setTimeout');
	const disarm = new WeakMap<ClientRequest, () => void>();
	const value = function (
		this: ClientRequest,
		timeout: number,
		listener?: () => void,
	): ClientRequest {
		disarm.get(this)?.();
		if (listener) this.once('timeout', listener);
		if (timeout > 0) disarm.set(this, emitWhenIdle(this, timeout));
		return this;
	};
	Object.defineProperty(ClientRequest.prototype, 'setTimeout', { ...original, value });
	return () => {
		Object.defineProperty(ClientRequest.prototype, 'setTimeout', original);
	};
}

/** Emits `timeout` on a request that got no data for `timeout` ms; returns a function that stops it. */
function emitWhenIdle(request: ClientRequest, timeout: number): () => void {
	const arm = () => setTimeout(() => request.emit('timeout'), timeout);
	let timer = arm();
	const restart = () => {
		clearTimeout(timer);
		timer = arm();
	};
	const watch = (socket: Socket) => socket.on('data', restart);
	const stop = () => {
		clearTimeout(timer);
		request.off('socket', watch);
		request.socket?.off('data', restart);
	};
	if (request.socket) watch(request.socket);
	else request.once('socket', watch);
	request.once('close', stop);
	return stop;
}

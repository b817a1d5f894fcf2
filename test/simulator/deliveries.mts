import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** How long Motive waits for an answer (ms). */
const PATIENCE_MS = 3_000;

/** Where a delivery goes, and with which secret it is signed. */
export interface Target {
	url: string;
	secret: string;
}

/** What can be odd about a delivery. */
export interface DeliveryOptions {
	/** Value of the signature header in place of the right one; null: no such header. */
	signature?: string | null;
	/** Milliseconds to wait for the answer; default 3000, as Motive. */
	patience?: number;
}

/** One delivery and what became of it. */
export interface Delivery {
	target: Target;
	/** What was signed and sent, byte for byte. */
	body: string;
	/** Status of the answer; undefined when none came in time. */
	status: number | undefined;
	/** Body of the answer. */
	answer: string;
	/** Milliseconds until the answer was there, or until waiting ended. */
	took: number;
}

/** Motive's signature: the hex HMAC-SHA1 of the body. */
export function sign(body: string, secret: string): string {
	return createHmac('sha1', secret).update(body).digest('hex');
}

/**
 * Sends a body as Motive sends it. Whatever the host in the address, it goes to this machine: n8n must not be told that
 * its address is local, and nothing of a test may leave the machine.
 */
export async function deliverBody(
	target: Target,
	body: string,
	options: DeliveryOptions = {},
): Promise<Delivery> {
	const { signature = sign(body, target.secret), patience = PATIENCE_MS } = options;
	const { host, port, pathname, search, protocol } = new URL(target.url);
	if (protocol !== 'http:')
		throw new Error(`the simulator only delivers over http, not to ${target.url}`);
	const start = performance.now();
	const outgoing = request({
		host: '127.0.0.1',
		port: port || 80,
		path: pathname + search,
		method: 'POST',
		headers: {
			host,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			...(signature !== null && { 'X-KT-Webhook-Signature': signature }),
		},
		agent: false,
		signal: AbortSignal.timeout(patience),
	});
	outgoing.end(body);
	const [outcome] = await Promise.allSettled([readAnswer(outgoing)]);
	const { status, answer } =
		outcome.status === 'fulfilled' ? outcome.value : { status: undefined, answer: '' };
	return { target, body, status, answer, took: performance.now() - start };
}

async function readAnswer(
	outgoing: ReturnType<typeof request>,
): Promise<{ status: number | undefined; answer: string }> {
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
	return { status: response.statusCode, answer: await text(response) };
}

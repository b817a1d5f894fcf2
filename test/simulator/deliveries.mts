import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
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

/** Sends a body as Motive sends it. */
export async function deliverBody(
	target: Target,
	body: string,
	options: DeliveryOptions = {},
): Promise<Delivery> {
	const { signature = sign(body, target.secret), patience = PATIENCE_MS } = options;
	const start = performance.now();
	const headers = {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
		...(signature !== null && { 'X-KT-Webhook-Signature': signature }),
	};
	const { status, answer } = await call('POST', target.url, headers, body, patience);
	return { target, body, status, answer, took: performance.now() - start };
}

/** Looks whether somebody answers at an address, without a delivery. */
export async function probe(
	method: 'GET' | 'HEAD',
	url: string,
): Promise<Pick<Delivery, 'status' | 'answer'>> {
	return await call(method, url, {}, '', PATIENCE_MS);
}

/**
 * Calls an address. Whatever its host, the call goes to this machine: n8n must not be told that its address is local,
 * and nothing of a test may leave the machine.
 */
async function call(
	method: string,
	url: string,
	headers: OutgoingHttpHeaders,
	body: string,
	patience: number,
): Promise<Pick<Delivery, 'status' | 'answer'>> {
	const { host, port, pathname, search, protocol } = new URL(url);
	if (protocol !== 'http:') throw new Error(`the simulator only delivers over http, not to ${url}`);
	const outgoing = request({
		host: '127.0.0.1',
		port: port || 80,
		path: pathname + search,
		method,
		headers: { host, ...headers },
		agent: false,
		signal: AbortSignal.timeout(patience),
	});
	outgoing.end(body);
	const [outcome] = await Promise.allSettled([readAnswer(outgoing)]);
	return outcome.status === 'fulfilled' ? outcome.value : { status: undefined, answer: '' };
}

async function readAnswer(
	outgoing: ReturnType<typeof request>,
): Promise<Pick<Delivery, 'status' | 'answer'>> {
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
	return { status: response.statusCode, answer: await text(response) };
}

import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { error, type Answer } from './answers.mts';
import type { Captures } from './captures.mts';
import type { Clock } from './clock.mts';
import { closed, deliver } from './deliver.mts';
import type { Fault, Faults, Subject } from './faults.mts';
import { keyIn, type OfferedFiles } from './files.mts';
import { isPosition, type Device } from './fleet.mts';
import type { ReceivedRequest, RequestLog } from './log.mts';
import { externalIdOf } from './motive.mts';
import { isNamedIn, type Recalls } from './recalls.mts';
import { isRecord } from './values.mts';

/** What both hosts of one simulator share. */
export interface World {
	clock: Clock;
	fleet: readonly Device[];
	faults: Faults;
	log: RequestLog;
	captures: Captures;
	recalls: Recalls;
	/** What can be downloaded. */
	files: OfferedFiles;
	/** Requests that wait for the clock or for their client to leave, and for nothing else. */
	held: number;
	/** Told of each request when its answer is decided. */
	onRequest: (request: ReceivedRequest) => void;
}

/** A request as a route sees it; nothing in it has been checked. */
export interface Call {
	params: Record<string, unknown>;
	query: Record<string, unknown>;
	body: unknown;
	request: FastifyRequest;
	/** Seconds that URLs of pictures and videos in the answer shall live, where a fault says so. */
	urlSeconds: number | undefined;
}

/** A method that routes can have. */
export type Method = 'DELETE' | 'GET' | 'POST' | 'PUT';

/** Does the work of a route. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

function pathOf({ url }: FastifyRequest): string {
	return new URL(url, 'http://simulator').pathname;
}

function subjectOf(
	world: World,
	route: string,
	{ params, query, body, request }: Omit<Call, 'urlSeconds'>,
): Subject {
	const { fleet, captures, recalls, files } = world;
	const known = captures.find(String(params['request_id'])) ?? files.get(keyIn(pathOf(request)));
	if (known) return { route, device: known.device.name, position: known.position };
	const recall = recalls.find(params['id']);
	if (recall) return { route, device: recall.device.name, position: undefined };
	const fields = isRecord(body) ? body : {};
	const id = fields['vehicle_id'] ?? fields['asset_id'] ?? params['id'];
	const device = fleet.find(
		(each) =>
			String(each.id) === String(id) ||
			each.name === query['number'] ||
			isNamedIn(fields, each) ||
			externalIdOf(each) === query['external_id'],
	);
	const position = isPosition(fields['position']) ? fields['position'] : undefined;
	return { route, device: device?.name, position };
}

/** The answer under a fault; `work` is only called if the request shall take effect. */
async function decide(fault: Fault, work: () => Answer | Promise<Answer>): Promise<Answer> {
	const { answer } = fault;
	const isFixed = typeof answer === 'object';
	const truth = (fault.effect ?? !isFixed) ? await work() : error(500);
	if (typeof answer === 'function') return answer(truth);
	if (answer === undefined) return truth;
	const { status = 200 } = answer;
	return { ...(status < 400 ? { status, headers: {}, body: '' } : error(status)), ...answer };
}

/**
 * One HTTP host of the simulator: logs each request, lets faults strike and sends the answer.
 * It has no routes yet and does not listen.
 */
export class Host {
	readonly server: FastifyInstance = fastify({
		forceCloseConnections: true,
		exposeHeadRoutes: false,
	});

	constructor(
		private readonly world: World,
		private readonly name: ReceivedRequest['host'],
	) {
		this.server.setNotFoundHandler(async (request, reply) => {
			await this.exchange(`${request.method} ${pathOf(request)}`, () => error(404), request, reply);
		});
		this.server.setErrorHandler(async (failure, request, reply) => {
			const message = failure instanceof Error ? failure.message : String(failure);
			// 4xx: the request cannot be read. Anything else is a mistake in the simulator or in a fault.
			const status =
				isRecord(failure) && typeof failure['statusCode'] === 'number'
					? failure['statusCode']
					: 500;
			await this.exchange(
				`${request.method} ${pathOf(request)}`,
				() => error(status, message),
				request,
				reply,
			);
		});
	}

	/** Adds a route under the name it has in log and faults. */
	route(method: Method, url: string, name: string, handler: Handler): void {
		this.server.route({
			method,
			url,
			handler: async (request, reply) => await this.exchange(name, handler, request, reply),
		});
	}

	/** Adds a page for people, which neither log nor faults know about. */
	page(url: string, render: () => string): void {
		this.server.get(
			url,
			async (_request, reply) => await reply.type('text/html; charset=utf-8').send(render()),
		);
	}

	private async exchange(
		route: string,
		handler: Handler,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<void> {
		const { world } = this;
		const call = {
			params: isRecord(request.params) ? request.params : {},
			query: isRecord(request.query) ? request.query : {},
			body: request.body,
			request,
		};
		const entry = this.record(route, call);
		const fault = world.faults.strike(subjectOf(world, route, call)) ?? {};
		const answer = await decide(
			fault,
			async () => await handler({ ...call, urlSeconds: fault.urlSeconds }),
		);
		const { delay, connection } = fault;
		if (delay !== undefined)
			await this.hold(Promise.race([world.clock.sleep(delay), closed(reply.raw)]));
		// The answer is written by hand: defaults of the framework would repair what a fault breaks.
		reply.hijack();
		if (reply.raw.closed) return;
		if (connection !== 'reset' && connection !== 'hang') entry.status = answer.status;
		world.onRequest(entry);
		deliver(reply.raw, answer, connection);
		if (connection === 'hang' || connection === 'stall') await this.hold(closed(reply.raw));
	}

	private record(
		route: string,
		{ query, body, request }: Omit<Call, 'urlSeconds'>,
	): ReceivedRequest {
		const visible = Object.entries(query).filter(([key]) => !key.startsWith('X-Amz-'));
		const entry: ReceivedRequest = {
			at: this.world.clock.now(),
			host: this.name,
			route,
			method: request.method,
			path: pathOf(request),
			query: Object.fromEntries(visible),
			headers: request.headers,
			body,
		};
		this.world.log.all.push(entry);
		return entry;
	}

	private async hold(wait: Promise<void>): Promise<void> {
		this.world.held += 1;
		await wait;
		this.world.held -= 1;
	}

	/** Starts to listen on this machine; port 0 picks a free one. Returns the base URL, without a slash at its end. */
	async listen(port: number): Promise<string> {
		return await this.server.listen({ host: '127.0.0.1', port });
	}

	/** Stops listening and closes every connection. */
	async close(): Promise<void> {
		await this.server.close();
	}
}

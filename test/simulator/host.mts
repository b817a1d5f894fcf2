import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { error, type Answer } from './answers.mts';
import type { Captures } from './captures.mts';
import type { Clock } from './clock.mts';
import { closed, deliver, deliverSlowly } from './deliver.mts';
import type { Fault, Faults } from './faults.mts';
import type { OfferedFiles } from './files.mts';
import type { Device } from './fleet.mts';
import type { ReceivedRequest, RequestLog } from './log.mts';
import type { Recalls } from './recalls.mts';
import { pathOf, subjectOf, type Subject } from './subject.mts';
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
	/** What a fault says about pictures and videos in the answer. */
	fault: Pick<Fault, 'brings' | 'urlSeconds'>;
}

/** A method that routes can have. */
export type Method = 'DELETE' | 'GET' | 'POST' | 'PUT';

/** Does the work of a route. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** The answer under a fault; `work` is only called if the request shall take effect. */
async function decide(
	fault: Fault,
	subject: Subject,
	work: () => Answer | Promise<Answer>,
): Promise<Answer> {
	const { answer } = fault;
	const isFixed = typeof answer === 'object';
	const truth = (fault.effect ?? !isFixed) ? await work() : error(500);
	if (typeof answer === 'function') return answer(truth, subject);
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

	/** Requests that are not answered yet. */
	private underWay = 0;

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

	private async exchange(
		route: string,
		handler: Handler,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<void> {
		this.underWay += 1;
		await this.answer(route, handler, request, reply).finally(() => {
			this.underWay -= 1;
		});
	}

	private async answer(
		route: string,
		handler: Handler,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<void> {
		const { world, name: host, underWay } = this;
		const call = {
			params: isRecord(request.params) ? request.params : {},
			query: isRecord(request.query) ? request.query : {},
			body: request.body,
			request,
		};
		const entry = this.record(route, call);
		const subject = subjectOf(world, { ...call, host, route, underWay });
		const fault = world.faults.strike(subject) ?? {};
		const answer = await decide(
			fault,
			subject,
			async () =>
				await handler({
					...call,
					params: { ...call.params, ...fault.asked?.params },
					query: { ...call.query, ...fault.asked?.query },
					fault,
				}),
		);
		const { delay, connection, pace } = fault;
		const gone = closed(reply.raw);
		const wait = async (ms: number) => await this.hold(Promise.race([world.clock.sleep(ms), gone]));
		if (delay !== undefined) await wait(typeof delay === 'function' ? delay() : delay);
		// The answer is written by hand: defaults of the framework would repair what a fault breaks.
		reply.hijack();
		if (reply.raw.closed) return;
		if (connection !== 'reset' && connection !== 'hang') entry.status = answer.status;
		world.onRequest(entry);
		if (pace) await deliverSlowly(reply.raw, answer, pace.bytes, async () => await wait(pace.ms));
		else deliver(reply.raw, answer, connection);
		if (connection === 'hang' || connection === 'stall') await this.hold(gone);
	}

	private record(
		route: string,
		{ query, body, request }: Pick<Call, 'query' | 'body' | 'request'>,
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

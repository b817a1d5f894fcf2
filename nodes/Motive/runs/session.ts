import type { IExecuteFunctions } from 'n8n-workflow';

import { mayPass } from '../motive/failure';
import type { Clock } from '../polling/clock';
import { RequestQueue, type RepeatPolicy } from '../polling/requestQueue';
import { Turns } from '../polling/turns';
import { executionClock, stopSignal } from '../transport/executionClock';
import { fleetLists, type RequestFleet } from '../transport/fleetLists';
import { connectToMotive, type MotiveRequest, type SendRequest } from '../transport/request';
import { startedJobs, type StartedJobs } from './startedJobs';

/** How patient a run of the node is, and how busy. */
export interface SessionOptions {
	/** How long requests are repeated while Motive takes none of them (ms). */
	timeout: number;
	/** Most requests under way at the same time; 0 for as many as Motive bears. */
	concurrency: number;
}

/** Most files that are downloaded at the same time, unless the user says how many. */
const DOWNLOADS_AT_ONCE = 10;

/** What all items of one run of the node share. */
export interface Session extends SessionOptions {
	context: IExecuteFunctions;
	clock: Clock;
	/** Aborted when the execution is stopped. */
	signal: AbortSignal;
	/**
	 * The moment (ms) at which repeating ends, as things stand: `timeout` milliseconds after Motive has last taken a
	 * request of this run. So a long list or a large batch has all the time that it needs.
	 */
	deadline: (timeout?: number) => number;
	/** Address of the API. */
	baseUrl: string;
	/** Whether the API is only spoken to over TLS. */
	isSecure: boolean;
	/** AI agents get no files, so none are downloaded for them. */
	isToolCall: boolean;
	/** Sends a request to Motive at once, and only once. */
	request: SendRequest;
	/** Reads the vehicles, assets or drivers of the company, if that has not been done just now. */
	fleet: RequestFleet;
	/** The queue of the requests to Motive. */
	queue: RequestQueue;
	/** The queue of the files, which come from another host and must not keep requests waiting. */
	downloads: RequestQueue;
	/** What was started. */
	started: StartedJobs;
}

/**
 * Opens the session.
 *
 * @throws NodeOperationError when the credential has no usable Base URL
 */
export async function openSession(
	context: IExecuteFunctions,
	{ timeout, concurrency }: SessionOptions,
): Promise<Session> {
	const clock = executionClock;
	const isTool = isToolCall(context);
	const connection = await connectToMotive(context, clock);
	let lastTaken = clock.now();
	const session: Session = {
		context,
		clock,
		signal: stopSignal(context),
		timeout,
		deadline: (wait = timeout) => lastTaken + wait,
		concurrency,
		baseUrl: connection.baseUrl,
		isSecure: connection.isSecure,
		isToolCall: isTool,
		request: async (request) => {
			const answer = await connection.request(request);
			lastTaken = clock.now();
			return answer;
		},
		fleet: fleetLists({
			request: async (request) => await reader(session)(request),
			clock,
			account: connection.account,
		}),
		queue: new RequestQueue({
			clock,
			turns: connection.turns,
			concurrency: concurrency || Infinity,
		}),
		downloads: new RequestQueue({
			clock,
			turns: new Turns({ clock }),
			concurrency: concurrency || DOWNLOADS_AT_ONCE,
		}),
		started: startedJobs(context, { isTool, now: clock.now() }),
	};
	return session;
}

/**
 * A way to send requests that only read: in their turn, and again where a failure may pass.
 *
 * @param options what is different from the session's own ways
 */
export function reader(session: Session, options: Partial<RepeatPolicy> = {}): SendRequest {
	const policy: RepeatPolicy = {
		mayRepeat: mayPass,
		signal: session.signal,
		deadline: () => session.deadline(),
		...options,
	};
	return async (request: MotiveRequest) =>
		await session.queue.run(async () => await session.request(request), policy);
}

/**
 * Lets items share requests: where several send the same one at the same time, it is sent once, and all get the answer.
 *
 * @returns a function that makes a way to send requests a shared one
 */
export function sharing(): (request: SendRequest) => SendRequest {
	const underWay = new Map<string, Promise<unknown>>();
	return (request) => async (what) => {
		const key = JSON.stringify([what.path, what.query]);
		const answer =
			underWay.get(key) ??
			request(what).finally(() => {
				underWay.delete(key);
			});
		underWay.set(key, answer);
		return await answer;
	};
}

/** Whether an AI agent runs the node as its tool (older n8n tell only by the name of the node type). */
export function isToolCall(context: IExecuteFunctions): boolean {
	const isTool = 'isToolExecution' in context && context.isToolExecution();
	return isTool || context.getNode().type.endsWith('Tool');
}

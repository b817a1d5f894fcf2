import type { IExecuteFunctions } from 'n8n-workflow';

import { mayPass } from '../motive/failure';
import type { Clock } from '../polling/clock';
import { RequestQueue, type RepeatPolicy } from '../polling/requestQueue';
import { executionClock, stopSignal } from '../transport/executionClock';
import { connectToMotive, type MotiveRequest, type SendRequest } from '../transport/request';
import { nothingStarted, startedJobs, type StartedJobs } from './startedJobs';

/** How patient a run of the node is, and how busy. */
export interface SessionOptions {
	/** Milliseconds from now until waiting and repeating end. */
	timeout: number;
	/** Most requests under way at the same time. */
	concurrency: number;
}

/** What all items of one run of the node share. */
export interface Session extends SessionOptions {
	context: IExecuteFunctions;
	clock: Clock;
	/** Aborted when the execution is stopped. */
	signal: AbortSignal;
	/** Moment (ms) at which waiting and repeating end. */
	deadline: number;
	/** Whether the API is only spoken to over TLS. */
	isSecure: boolean;
	/** AI agents get no files, so none are downloaded for them. */
	isToolCall: boolean;
	/** Sends a request to Motive at once, and only once. */
	request: SendRequest;
	/** The queue of the requests to Motive. */
	queue: RequestQueue;
	/** The queue of the files, which come from another host and must not keep requests waiting. */
	downloads: RequestQueue;
	/** What was started. */
	started: StartedJobs;
}

/** Opens the session; the clock of the timeout starts here. */
export async function openSession(
	context: IExecuteFunctions,
	{ timeout, concurrency }: SessionOptions,
): Promise<Session> {
	const clock = executionClock;
	const deadline = clock.now() + timeout;
	const isTool = isToolCall(context);
	const { request, isSecure } = await connectToMotive(context, clock);
	return {
		context,
		clock,
		signal: stopSignal(context),
		timeout,
		deadline,
		concurrency,
		isSecure,
		isToolCall: isTool,
		request,
		queue: new RequestQueue({ clock, concurrency }),
		downloads: new RequestQueue({ clock, concurrency }),
		started: isTool ? nothingStarted() : startedJobs(context),
	};
}

/** How a reader differs from others. */
export interface ReaderOptions {
	/** Which failures may pass, so that the request is sent again; those of passing trouble unless given. */
	mayRepeat?: (failure: unknown) => boolean;
	/** Ends the repeating; that of the session unless given. */
	signal?: AbortSignal;
	/** Moment (ms) at which repeating ends; that of the session unless given. */
	deadline?: () => number;
}

/** A way to send requests that only read: in their turn, and again where a failure may pass. */
export function reader(session: Session, options: ReaderOptions = {}): SendRequest {
	const policy: RepeatPolicy = {
		mayRepeat: options.mayRepeat ?? mayPass,
		signal: options.signal ?? session.signal,
		get deadline() {
			return options.deadline?.() ?? session.deadline;
		},
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

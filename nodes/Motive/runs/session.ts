import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../polling/clock';
import { mayPass } from '../motive/failure';
import { RequestLane } from '../polling/requestQueue';
import { executionClock, stopSignal } from '../transport/executionClock';
import { connectToMotive, type MotiveApi, type MotiveRequest } from '../transport/request';
import { isToolCall } from './toolCall';

/** How patient a run of the node is, and how busy. */
export interface SessionOptions {
	/** Milliseconds from now until waiting and repeating end. */
	timeout: number;
	/** Most requests under way at the same time. */
	concurrency: number;
}

/** What all items of one run of the node share. */
export interface Session {
	context: IExecuteFunctions;
	api: MotiveApi;
	clock: Clock;
	/** Aborted when the execution is stopped. */
	signal: AbortSignal;
	/** For requests to Motive. */
	lane: RequestLane;
	/** For files, which come from another host and must not keep requests waiting. */
	downloads: RequestLane;
	/** Milliseconds from the start of the session to its deadline. */
	timeout: number;
	/** Moment (ms) at which waiting and repeating end. */
	deadline: number;
	/** AI agents get no files, so none are fetched for them. */
	isToolCall: boolean;
	/** Sends a request that only reads, again where a failure may pass. */
	read(request: MotiveRequest, signal?: AbortSignal): Promise<unknown>;
	/** Sends a request that only reads, and leaves the next try to the caller. */
	readOnce(request: MotiveRequest, signal: AbortSignal): Promise<unknown>;
}

/** Opens the session; the clock of the timeout starts here. */
export async function openSession(
	context: IExecuteFunctions,
	options: SessionOptions,
): Promise<Session> {
	const clock = executionClock;
	const signal = stopSignal(context);
	const { concurrency, timeout } = options;
	const deadline = clock.now() + timeout;
	const lane = new RequestLane({ clock, concurrency });
	const api = await connectToMotive(context, clock);
	const send = async (
		request: MotiveRequest,
		mayRepeat: (failure: unknown) => boolean,
		until: AbortSignal,
	) => await lane.run(async () => await api.send(request), { mayRepeat, deadline, signal: until });
	return {
		context,
		api,
		clock,
		signal,
		lane,
		downloads: new RequestLane({ clock, concurrency }),
		timeout,
		deadline,
		isToolCall: isToolCall(context),
		read: async (request, until = signal) => await send(request, mayPass, until),
		readOnce: async (request, until) => await send(request, () => false, until),
	};
}

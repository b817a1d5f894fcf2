import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../capture/clock';
import { mayPass } from '../capture/failure';
import { RequestLane } from '../capture/requestLane';
import { executionClock, stopSignal } from '../transport/executionClock';
import { connectToMotive, type MotiveApi, type MotiveRequest } from '../transport/motiveApi';
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
	/** Moment (ms) at which waiting and repeating end. */
	deadline: number;
	/** AI agents get no files, so none are fetched for them. */
	isToolCall: boolean;
	/** Sends a request that only reads, again where a failure may pass. */
	read(request: MotiveRequest): Promise<unknown>;
}

/** Opens the session; the clock of the timeout starts here. */
export async function openSession(context: IExecuteFunctions, options: SessionOptions): Promise<Session> {
	const clock = executionClock;
	const signal = stopSignal(context);
	const deadline = clock.now() + options.timeout;
	const { concurrency } = options;
	const lane = new RequestLane({ clock, concurrency });
	const api = await connectToMotive(context, clock);
	return {
		context,
		api,
		clock,
		signal,
		lane,
		downloads: new RequestLane({ clock, concurrency }),
		deadline,
		isToolCall: isToolCall(context),
		read: async (request) =>
			await lane.run(async () => await api.send(request), { mayRepeat: mayPass, deadline, signal }),
	};
}

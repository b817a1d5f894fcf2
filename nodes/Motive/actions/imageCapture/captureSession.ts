import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../../capture/clock';
import { mayPass } from '../../capture/failure';
import { RequestLane } from '../../capture/requestLane';
import { executionClock, stopSignal } from '../../transport/executionClock';
import { connectToMotive, type MotiveApi, type MotiveRequest } from '../../transport/motiveApi';
import { isToolCall } from '../toolCall';
import type { CaptureOptions } from './readInput';
import { NOTHING_STARTED, startedCaptures, type StartedCaptures } from './startedCaptures';
import { vehicleLookup } from './vehicleByNumber';

/** What all captures of one run of the node share. */
export interface CaptureSession {
	context: IExecuteFunctions;
	api: MotiveApi;
	clock: Clock;
	signal: AbortSignal;
	/** For requests to Motive. */
	lane: RequestLane;
	/** For pictures, which come from another host and must not keep requests waiting. */
	downloads: RequestLane;
	/** Moment (ms) at which waiting ends. */
	deadline: number;
	started: StartedCaptures;
	/** AI agents get no files, so none are fetched for them. */
	isToolCall: boolean;
	/** Sends a request that only reads, again where a failure may pass. */
	read(request: MotiveRequest): Promise<unknown>;
	/** The id of the vehicle with a fleet number. */
	vehicleByNumber(number: string): Promise<number>;
}

/** Opens the session; the clock of the timeout starts here. */
export async function openSession(context: IExecuteFunctions, options: CaptureOptions): Promise<CaptureSession> {
	const clock = executionClock;
	const signal = stopSignal(context);
	const deadline = clock.now() + options.timeout;
	const { concurrency } = options;
	const lane = new RequestLane({ clock, concurrency });
	const api = await connectToMotive(context, clock);
	const toolCall = isToolCall(context);
	const read: CaptureSession['read'] = async (request) =>
		await lane.run(async () => await api.send(request), { mayRepeat: mayPass, deadline, signal });
	return {
		context,
		api,
		clock,
		signal,
		lane,
		downloads: new RequestLane({ clock, concurrency }),
		deadline,
		started: toolCall ? NOTHING_STARTED : startedCaptures(context, runIndexOf(context)),
		isToolCall: toolCall,
		read,
		vehicleByNumber: vehicleLookup(read),
	};
}

function runIndexOf(context: IExecuteFunctions): number {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return typeof runIndex === 'number' ? runIndex : 0;
}

import type { IExecuteFunctions } from 'n8n-workflow';

import { openSession, type Session, type SessionOptions } from '../session';
import { NOTHING_STARTED, startedCaptures, type StartedCaptures } from './startedCaptures';
import { vehicleLookup } from './vehicleByNumber';

/** What all captures of one run of the node share. */
export interface CaptureSession extends Session {
	started: StartedCaptures;
	/** The id of the vehicle with a fleet number. */
	vehicleByNumber(number: string): Promise<number>;
}

/** Opens the session; the clock of the timeout starts here. */
export async function openCaptureSession(
	context: IExecuteFunctions,
	options: SessionOptions,
): Promise<CaptureSession> {
	const session = await openSession(context, options);
	return {
		...session,
		started: session.isToolCall ? NOTHING_STARTED : startedCaptures(context, runIndexOf(context)),
		vehicleByNumber: vehicleLookup(session.read),
	};
}

function runIndexOf(context: IExecuteFunctions): number {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return typeof runIndex === 'number' ? runIndex : 0;
}

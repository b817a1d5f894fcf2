import type { IExecuteFunctions } from 'n8n-workflow';

import type { CaptureAnswer } from '../../capture/captureState';
import { openSession, type Session, type SessionOptions } from '../session';
import { nothingStarted, startedWork, type StartedWork } from '../startedWork';
import { vehicleLookup } from './vehicleByNumber';

/** What all captures of one run of the node share. */
export interface CaptureSession extends Session {
	started: StartedWork<CaptureAnswer>;
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
		started: session.isToolCall ? nothingStarted() : startedWork(context),
		vehicleByNumber: vehicleLookup(session.read),
	};
}

import type { IExecuteFunctions } from 'n8n-workflow';

import type { CaptureAnswer } from '../../motive/imageCapture';
import { openSession, type Session, type SessionOptions } from '../../runs/session';
import { nothingStarted, startedWork, type StartedWork } from '../../runs/startedJobs';
import { vehicleLookup } from './vehicleByNumber';
import { vehicleLocations, type Whereabouts } from './vehicleLocation';

/** What all captures of one run of the node share. */
export interface CaptureSession extends Session {
	started: StartedWork<CaptureAnswer>;
	/** The id of the vehicle with a fleet number. */
	vehicleByNumber(number: string): Promise<number>;
	/** Where a vehicle is right now. */
	locate(vehicleId: number): Promise<Whereabouts>;
}

/** Longest time (ms) that a picture waits for the place it belongs to. */
const LOCATION_PATIENCE_MS = 10_000;

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
		locate: vehicleLocations(
			async (request) =>
				await session.readOnce({ ...request, patience: LOCATION_PATIENCE_MS }, session.signal),
		),
	};
}

import { cameraTypeOf, type CameraType, type Device, type Position } from './fleet.mts';

/** One image capture that was started. Times are milliseconds since the epoch. */
export interface Capture {
	requestId: number;
	device: Device;
	position: Position;
	cameraType: CameraType;
	startedAt: number;
	/** `Infinity`: never. */
	readyAt: number;
	/** How often its state was asked for. */
	polls: number;
}

const FIRST_REQUEST_ID = 90_301;

/** The ledger of everything that was started, in the order of starting. */
export class Captures {
	readonly all: Capture[] = [];

	/** Writes down a capture that starts `now` and is ready `latency` milliseconds later. */
	start(device: Device, position: Position, now: number, latency: number): Capture {
		const capture: Capture = {
			requestId: FIRST_REQUEST_ID + this.all.length,
			device,
			position,
			cameraType: cameraTypeOf(position),
			startedAt: now,
			readyAt: now + latency,
			polls: 0,
		};
		this.all.push(capture);
		return capture;
	}

	/** The capture with this id, given as a number or as the text of an address. */
	find(requestId: string | number): Capture | undefined {
		return this.all[Number(requestId) - FIRST_REQUEST_ID];
	}

	/** How many captures of this camera were started so far. */
	count(device: Device, position: Position): number {
		return this.all.filter((capture) => capture.device === device && capture.position === position)
			.length;
	}

	/** Forgets everything; ids start anew. */
	clear(): void {
		this.all.length = 0;
	}
}

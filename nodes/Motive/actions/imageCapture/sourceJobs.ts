import type { IExecuteFunctions } from 'n8n-workflow';

import { captureJob, type CaptureJob, type CaptureWish } from './captureJob';
import type { CaptureSession } from './captureSession';
import { readPositions, readSource, type ChosenPositions, type ChosenSource } from './readInput';

/** What Capture and Start are asked for. */
export interface SourceInput {
	source: ChosenSource;
	positions: ChosenPositions;
}

/** Reads what to take pictures of. */
export function readSourceInput(context: IExecuteFunctions, itemIndex: number): SourceInput {
	const source = readSource(context, itemIndex);
	return { source, positions: readPositions(context, itemIndex, source.kind) };
}

/** One job per position, in the order chosen. */
export async function sourceJobs(
	session: CaptureSession,
	{ source, positions }: SourceInput,
	wish: CaptureWish,
): Promise<CaptureJob[]> {
	const { kind } = source;
	const id = 'number' in source ? await session.vehicleByNumber(source.number) : source.id;
	const name = ('number' in source ? source.number : source.name) ?? `${kind} ${id}`;
	const { onlyWhereAvailable } = positions;
	return positions.names.map((position) =>
		captureJob(session, { kind, id, name, position, onlyWhereAvailable }, wish),
	);
}

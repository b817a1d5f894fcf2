import type { IExecuteFunctions } from 'n8n-workflow';

import { firstOf } from '../../transport/cleanText';
import { BadInput, readChoice, readList, readPicked, readWholeNumber } from '../../parameters/readers';
import { readWorkOptions, type WorkOptions } from '../../parameters/options';
import { ALL_POSITIONS, ASSET_POSITIONS, PICTURE_WORDS, VEHICLE_POSITIONS } from './fields';

export { BadInput };

/** What the cameras are on, as the user named it: by id, or by a fleet number that is still to be looked up. */
export type ChosenSource =
	| { kind: 'vehicle' | 'asset'; id: number; name?: string }
	| { kind: 'vehicle'; number: string };

/** Which cameras are asked for. */
export interface ChosenPositions {
	names: readonly string[];
	/** Whether positions that Motive refuses are left out, because the user asked for whatever there is. */
	onlyWhereAvailable: boolean;
}

/** The options of an image capture, with their defaults; times in milliseconds. */
export interface CaptureOptions extends WorkOptions {
	outputMode: 'image' | 'source';
	/** Whether to say where the vehicle is. */
	includeLocation: boolean;
}

const LARGEST_INT32 = 2_147_483_647;

/** Reads `requestId`: a positive int32, as number or numeric text. */
export function readRequestId(context: IExecuteFunctions, itemIndex: number): number {
	return readWholeNumber(
		context.getNodeParameter('requestId', itemIndex),
		'Request ID',
		LARGEST_INT32,
	);
}

/** Reads `cameraType`: one of Motive's words, which may be one that nobody here has heard of. */
export function readCameraType(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('cameraType', itemIndex) as unknown;
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^[\w-]+$/.test(text)) {
		throw new BadInput('Camera Type must be one word such as dashcam or omnicam');
	}
	return text;
}

/** Reads `captureFrom` and the picker that goes with it. */
export function readSource(context: IExecuteFunctions, itemIndex: number): ChosenSource {
	const kind = context.getNodeParameter('captureFrom', itemIndex) as unknown;
	if (kind !== 'vehicle' && kind !== 'asset')
		throw new BadInput('Capture From must be vehicle or asset');
	const picked =
		kind === 'vehicle'
			? readPicked(context.getNodeParameter('vehicleId', itemIndex), 'Vehicle', [
					'list',
					'id',
					'number',
				])
			: readPicked(context.getNodeParameter('assetId', itemIndex), 'Asset', ['list', 'id']);
	return 'id' in picked ? { kind, ...picked } : { kind: 'vehicle', number: picked.text };
}

/** Reads `positions`: a list of them, also as text with commas; repeated ones count once. */
export function readPositions(
	context: IExecuteFunctions,
	itemIndex: number,
	kind: ChosenSource['kind'],
): ChosenPositions {
	const names = readList(context.getNodeParameter('positions', itemIndex));
	if (names.length === 0)
		throw new BadInput('Positions is empty: choose at least one camera position');
	const available: readonly string[] = kind === 'vehicle' ? VEHICLE_POSITIONS : ASSET_POSITIONS;
	if (names.includes(ALL_POSITIONS)) return { names: available, onlyWhereAvailable: true };
	const wrong = names.find((name) => !available.includes(name));
	if (wrong !== undefined) {
		throw new BadInput(
			`Positions has “${firstOf(wrong, 40)}”, but ${kind} cameras are: ${available.join(', ')}`,
		);
	}
	return { names, onlyWhereAvailable: false };
}

/** Reads `options`; those that the user left alone have their defaults. */
export function readOptions(context: IExecuteFunctions, itemIndex: number): CaptureOptions {
	const { includeLocation, outputMode } = context.getNodeParameter('options', itemIndex, {});
	return {
		...readWorkOptions(context, itemIndex, PICTURE_WORDS),
		outputMode: readChoice(outputMode ?? 'image', ['image', 'source'], 'Output'),
		includeLocation: includeLocation === true,
	};
}

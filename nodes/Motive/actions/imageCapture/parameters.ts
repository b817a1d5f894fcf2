import type { IExecuteFunctions } from 'n8n-workflow';

import { AUTOMATIC, type CaptureKey } from '../../motive/imageCapture';
import { isWord } from '../../motive/parse';
import { ASSET_POSITIONS, VEHICLE_POSITIONS } from '../../motive/positions';
import { firstOf } from '../../motive/text';
import { readSimplify } from '../../parameters/listFields';
import { readJobOptions, type JobOptions, type JobOptionWords } from '../../parameters/jobOptions';
import {
	BadInput,
	readBoolean,
	readChoice,
	readList,
	readOptions,
	readPicked,
	readWholeNumber,
} from '../../parameters/readers';
import type { JobInput } from '../../runs/job';

/** The choice that stands for every position. */
export const ALL_POSITIONS = 'all';

/** What the options are about, and their defaults. */
export const IMAGE_WORDS: JobOptionWords = {
	title: 'Image',
	file: 'picture',
	files: 'pictures',
	timeout: 180,
	pollInterval: 10,
};

const LARGEST_INT32 = 2_147_483_647;

/** The options of an image capture, with their defaults; times in milliseconds. */
export interface CaptureOptions extends JobOptions {
	outputMode: 'image' | 'source';
	/** Whether to say where the vehicle is. */
	includeLocation: boolean;
}

/** What every operation of the image captures is asked for. */
export interface CaptureInput extends JobInput {
	/** Whether items are flat rows. */
	simplify: boolean;
	options: CaptureOptions;
}

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

/** What Capture and Start are asked for. */
export interface SourceInput extends CaptureInput {
	source: ChosenSource;
	positions: ChosenPositions;
}

/** What Get is asked for. */
export type KnownCaptureInput = CaptureInput & CaptureKey;

/**
 * Reads the parameters of Capture.
 *
 * @throws BadInput
 */
export function readCaptureInput(context: IExecuteFunctions, itemIndex: number): SourceInput {
	return {
		...readSourceAndPositions(context, itemIndex),
		simplify: readSimplify(context, itemIndex),
		options: readCaptureOptions(context, itemIndex),
		wait: true,
		download: readDownloadImage(context, itemIndex),
	};
}

/**
 * Reads the parameters of Start.
 *
 * @throws BadInput
 */
export function readStartInput(context: IExecuteFunctions, itemIndex: number): SourceInput {
	return {
		...readSourceAndPositions(context, itemIndex),
		simplify: readSimplify(context, itemIndex),
		options: readCaptureOptions(context, itemIndex),
		wait: false,
		download: false,
	};
}

/**
 * Reads the parameters of Get.
 *
 * @throws BadInput
 */
export function readGetInput(context: IExecuteFunctions, itemIndex: number): KnownCaptureInput {
	const waitForImage = context.getNodeParameter('waitForImage', itemIndex, false);
	return {
		requestId: readRequestId(context, itemIndex),
		cameraType: readCameraType(context, itemIndex),
		simplify: readSimplify(context, itemIndex),
		options: readCaptureOptions(context, itemIndex),
		wait: readBoolean(waitForImage, 'Wait for Image'),
		download: readDownloadImage(context, itemIndex),
	};
}

/** What the user calls the vehicle or asset, as far as that is known. */
export function sourceName(source: ChosenSource): string {
	if ('number' in source) return source.number;
	return source.name ?? `${source.kind} ${source.id}`;
}

function readDownloadImage(context: IExecuteFunctions, itemIndex: number): boolean {
	const downloadImage = context.getNodeParameter('downloadImage', itemIndex, true);
	return readBoolean(downloadImage, 'Download Image');
}

/** A positive int32, as number or numeric text. */
function readRequestId(context: IExecuteFunctions, itemIndex: number): number {
	const requestId = context.getNodeParameter('requestId', itemIndex);
	return readWholeNumber(requestId, 'Request ID', LARGEST_INT32);
}

/** One of Motive's words, which may be one that nobody here has heard of. */
function readCameraType(context: IExecuteFunctions, itemIndex: number): string {
	const value: unknown = context.getNodeParameter('cameraType', itemIndex, AUTOMATIC);
	const text = typeof value === 'string' ? value.trim() : '';
	if (!isWord(text)) throw new BadInput('Camera Type must be one word such as dashcam or omnicam');
	return text;
}

function readSourceAndPositions(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<SourceInput, 'source' | 'positions'> {
	const source = readSource(context, itemIndex);
	const positions = readPositions(context.getNodeParameter('positions', itemIndex), source.kind);
	return { source, positions };
}

function readSource(context: IExecuteFunctions, itemIndex: number): ChosenSource {
	const captureFrom = context.getNodeParameter('captureFrom', itemIndex);
	const kind = readChoice(captureFrom, ['vehicle', 'asset'], 'Capture From');
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

function readPositions(value: unknown, kind: ChosenSource['kind']): ChosenPositions {
	const names = readList(value);
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

function readCaptureOptions(context: IExecuteFunctions, itemIndex: number): CaptureOptions {
	const { includeLocation = false, outputMode = 'image' } = readOptions(context, itemIndex);
	return {
		...readJobOptions(context, itemIndex, IMAGE_WORDS),
		outputMode: readChoice(outputMode, ['image', 'source'], 'Output'),
		includeLocation: readBoolean(includeLocation, 'Include Location'),
	};
}

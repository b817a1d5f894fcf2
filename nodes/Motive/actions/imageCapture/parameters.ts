import type { IExecuteFunctions } from 'n8n-workflow';

import { CAMERA_TYPES, type CaptureKey } from '../../motive/imageCapture';
import { ASSET_POSITIONS, VEHICLE_POSITIONS } from '../../motive/positions';
import { readJobOptions, type JobOptions } from '../../parameters/jobOptions';
import { simplifyField } from '../../parameters/listFields';
import { readPicked } from '../../parameters/pickers';
import type { Field } from '../../parameters/badInput';
import { choiceIn, readChoice, readChoices, type ChoiceField } from '../../parameters/choices';
import {
	optionsOf,
	parametersOf,
	readBoolean,
	readWholeNumber,
	readWord,
	type ReadParameter,
} from '../../parameters/readers';
import type { JobInput } from '../../runs/job';
import {
	ALL_POSITIONS,
	assetField,
	assetPositions,
	cameraType,
	captureFrom,
	downloadImage,
	IMAGE_WORDS,
	includeLocation,
	outputMode,
	requestId,
	vehicleField,
	vehiclePositions,
	waitForImage,
} from './fields';

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
	const parameter = parametersOf(context, itemIndex);
	return {
		...readSourceAndPositions(parameter),
		simplify: parameter(simplifyField, readBoolean),
		options: readCaptureOptions(optionsOf(context, itemIndex)),
		wait: true,
		download: parameter(downloadImage, readBoolean),
	};
}

/**
 * Reads the parameters of Start.
 *
 * @throws BadInput
 */
export function readStartInput(context: IExecuteFunctions, itemIndex: number): SourceInput {
	const parameter = parametersOf(context, itemIndex);
	return {
		...readSourceAndPositions(parameter),
		simplify: parameter(simplifyField, readBoolean),
		options: readCaptureOptions(optionsOf(context, itemIndex)),
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
	const parameter = parametersOf(context, itemIndex);
	return {
		requestId: parameter(requestId, readRequestId),
		cameraType: parameter(cameraType, readCameraType),
		simplify: parameter(simplifyField, readBoolean),
		options: readCaptureOptions(optionsOf(context, itemIndex)),
		wait: parameter(waitForImage, readBoolean),
		download: parameter(downloadImage, readBoolean),
	};
}

/** What the user calls the vehicle or asset, as far as that is known. */
export function sourceName(source: ChosenSource): string {
	if ('number' in source) return source.number;
	return source.name ?? `${source.kind} ${source.id}`;
}

function readRequestId(value: unknown, field: Field): number {
	return readWholeNumber(value, field, LARGEST_INT32);
}

/** One of Motive's words, which may be one that nobody here has heard of. */
function readCameraType(value: unknown, field: ChoiceField): string {
	return choiceIn(value, field.options) ?? readWord(value, { ...field, default: CAMERA_TYPES[0] });
}

function readSourceAndPositions(
	parameter: ReadParameter,
): Pick<SourceInput, 'source' | 'positions'> {
	const kind = parameter(captureFrom, readChoice);
	const picked = parameter(kind === 'vehicle' ? vehicleField : assetField, readPicked);
	return {
		source: 'id' in picked ? { kind, ...picked } : { kind: 'vehicle', number: picked.text },
		positions: readPositions(parameter, kind),
	};
}

function readPositions(parameter: ReadParameter, kind: ChosenSource['kind']): ChosenPositions {
	const isVehicle = kind === 'vehicle';
	const names = parameter(isVehicle ? vehiclePositions : assetPositions, (value, field) =>
		readChoices(value, field, `${kind} cameras`),
	);
	return names.includes(ALL_POSITIONS)
		? { names: isVehicle ? VEHICLE_POSITIONS : ASSET_POSITIONS, onlyWhereAvailable: true }
		: { names, onlyWhereAvailable: false };
}

function readCaptureOptions(option: ReadParameter): CaptureOptions {
	return {
		...readJobOptions(option, IMAGE_WORDS),
		outputMode: option(outputMode, readChoice),
		includeLocation: option(includeLocation, readBoolean),
	};
}

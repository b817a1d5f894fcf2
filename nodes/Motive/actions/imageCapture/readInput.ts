import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, type JsonObject } from '../../capture/json';
import { ALL_POSITIONS, ASSET_POSITIONS, VEHICLE_POSITIONS } from './fields';

/** What the cameras are on, as the user named it: by id, or by a fleet number that is still to be looked up. */
export type ChosenSource = { kind: 'vehicle' | 'asset'; id: number } | { kind: 'vehicle'; number: string };

/** Which cameras are asked for. */
export interface ChosenPositions {
	names: readonly string[];
	/** Whether positions that Motive refuses are left out, because the user asked for whatever there is. */
	onlyWhereAvailable: boolean;
}

/** The options of an image capture, with their defaults; times in milliseconds. */
export interface CaptureOptions {
	binaryProperty: string;
	outputMode: 'image' | 'source';
	whenUnavailable: 'error' | 'output';
	timeout: number;
	pollInterval: number;
	includeUrl: boolean;
	concurrency: number;
	extraBody: JsonObject;
}

const LARGEST_INT32 = 2_147_483_647;

/** Input that cannot be worked with; the message is for the user. */
export class BadInput extends Error {}

/** Reads `requestId`: a positive int32, as number or numeric text. */
export function readRequestId(context: IExecuteFunctions, itemIndex: number): number {
	return readId(context.getNodeParameter('requestId', itemIndex), 'Request ID', LARGEST_INT32);
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
	if (kind === 'vehicle') {
		return readLocator(context.getNodeParameter('vehicleId', itemIndex), kind, 'Vehicle', ['list', 'id', 'number']);
	}
	if (kind === 'asset') {
		return readLocator(context.getNodeParameter('assetId', itemIndex), kind, 'Asset', ['list', 'id']);
	}
	throw new BadInput('Capture From must be vehicle or asset');
}

/** Reads `positions`: a list of them, also as text with commas; repeated ones count once. */
export function readPositions(
	context: IExecuteFunctions,
	itemIndex: number,
	kind: ChosenSource['kind'],
): ChosenPositions {
	const value = context.getNodeParameter('positions', itemIndex) as unknown;
	const list: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
	const names = [...new Set(list.map((name) => (typeof name === 'string' ? name.trim() : '')))].filter(Boolean);
	if (names.length === 0) throw new BadInput('Positions is empty: choose at least one camera position');
	const available: readonly string[] = kind === 'vehicle' ? VEHICLE_POSITIONS : ASSET_POSITIONS;
	if (names.includes(ALL_POSITIONS)) return { names: available, onlyWhereAvailable: true };
	const wrong = names.find((name) => !available.includes(name));
	if (wrong !== undefined) {
		throw new BadInput(`Positions has “${wrong.slice(0, 40)}”, but ${kind} cameras are: ${available.join(', ')}`);
	}
	return { names, onlyWhereAvailable: false };
}

/** Reads `options`; those that the user left alone have their defaults. */
export function readOptions(context: IExecuteFunctions, itemIndex: number): CaptureOptions {
	const options: JsonObject = { ...context.getNodeParameter('options', itemIndex, {}) };
	return {
		binaryProperty: readFieldName(options['binaryProperty'] ?? 'data'),
		outputMode: readChoice(options['outputMode'] ?? 'image', ['image', 'source'], 'Output'),
		whenUnavailable: readChoice(
			options['whenUnavailable'] ?? 'error',
			['error', 'output'],
			'When Image Is Not Available',
		),
		timeout: readPositive(options['timeout'] ?? 180, 'Timeout') * 1_000,
		pollInterval: readPositive(options['pollInterval'] ?? 10, 'Longest Polling Interval') * 1_000,
		includeUrl: options['includeUrl'] !== false,
		concurrency: Math.ceil(readPositive(options['concurrency'] ?? 10, 'Concurrent Requests')),
		extraBody: readJsonObject(options['bodyJson'] ?? {}, 'Additional Request Body Fields'),
	};
}

function readLocator(
	value: unknown,
	kind: ChosenSource['kind'],
	label: string,
	modes: readonly string[],
): ChosenSource {
	const mode = isObject(value) ? value['mode'] : 'id';
	const chosen = isObject(value) ? value['value'] : value;
	if (typeof mode !== 'string' || !modes.includes(mode)) {
		throw new BadInput(`${label} is picked in an unknown way (“${String(mode).slice(0, 40)}”): use ${modes.join(', ')}`);
	}
	if (chosen === '' || chosen === null || chosen === undefined) {
		throw new BadInput(`${label} is empty: choose one from the list or enter its ID`);
	}
	if (mode !== 'number') return { kind, id: readId(chosen, `${label} ID`, Number.MAX_SAFE_INTEGER) };
	const number = typeof chosen === 'string' || typeof chosen === 'number' ? String(chosen).trim() : '';
	if (number === '') throw new BadInput(`${label} Number is empty`);
	return { kind: 'vehicle', number };
}

function readId(value: unknown, label: string, largest: number): number {
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
	const number = isNumeric ? Number(value) : NaN;
	if (!Number.isInteger(number) || number < 1 || number > largest) {
		throw new BadInput(`${label} must be a whole number from 1 to ${largest}, but is “${String(value).slice(0, 40)}”`);
	}
	return number;
}

function readPositive(value: unknown, label: string): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) {
		throw new BadInput(`${label} must be a number greater than 0, but is “${String(value).slice(0, 40)}”`);
	}
	return number;
}

function readFieldName(value: unknown): string {
	const name = typeof value === 'string' ? value.trim() : '';
	if (name === '') throw new BadInput('Put Output File in Field is empty: enter a name such as data');
	return name;
}

function readChoice<T extends string>(value: unknown, choices: readonly T[], label: string): T {
	const choice = choices.find((each) => each === value);
	if (choice === undefined) throw new BadInput(`${label} must be one of: ${choices.join(', ')}`);
	return choice;
}

function readJsonObject(value: unknown, label: string): JsonObject {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (!isObject(parsed)) throw new BadInput(`${label} must be a JSON object such as { "name": "value" }`);
	return parsed;
}

function parseJson(text: string): unknown {
	try {
		return text.trim() === '' ? {} : JSON.parse(text);
	} catch {
		return undefined;
	}
}

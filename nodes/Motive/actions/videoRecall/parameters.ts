import type { IExecuteFunctions } from 'n8n-workflow';

import { readJobOptions } from '../../parameters/jobOptions';
import { readMoment } from '../../parameters/moment';
import { readPicked, type Picked } from '../../parameters/pickers';
import { BadInput } from '../../parameters/badInput';
import { readChoice, readChoices } from '../../parameters/choices';
import { optionsOf, parametersOf, readBoolean, readWord } from '../../parameters/readers';
import type { JobInput } from '../../runs/job';
import { executionClock } from '../../transport/executionClock';
import {
	ALL_CAMERAS,
	recallAssetField,
	cameraPositions,
	downloadVideo,
	durations,
	recallFrom,
	recallId,
	recallType,
	startTime,
	recallVehicleField,
	VIDEO_WORDS,
	waitForVideo,
} from './fields';

/** How much later than now (ms) footage may begin: the clock of n8n and that of Motive need not be the same. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** What is recalled. */
export interface RecallRequest {
	source: { kind: 'vehicle' | 'asset'; picked: Picked };
	/** ISO 8601, UTC. */
	startTime: string;
	/** Minutes. */
	duration: number;
	recallType: 'regular' | 'timelapse';
	/** Empty: every camera. */
	positions: readonly string[];
}

/** What Create is asked for. */
export interface RecallInput extends JobInput {
	request: RecallRequest;
}

/** What Get is asked for. */
export interface KnownRecallInput extends JobInput {
	id: string;
}

/**
 * Reads the parameters of Create.
 *
 * @throws BadInput
 */
export function readCreateInput(context: IExecuteFunctions, itemIndex: number): RecallInput {
	const request = readRecallRequest(context, itemIndex, executionClock.now());
	return { ...readJobInput(context, itemIndex), request };
}

/**
 * Reads the parameters of Get.
 *
 * @throws BadInput
 */
export function readGetRecallInput(
	context: IExecuteFunctions,
	itemIndex: number,
): KnownRecallInput {
	const id = parametersOf(context, itemIndex)(recallId, readWord);
	return { ...readJobInput(context, itemIndex), id };
}

function readJobInput(context: IExecuteFunctions, itemIndex: number): JobInput {
	const parameter = parametersOf(context, itemIndex);
	return {
		wait: parameter(waitForVideo, readBoolean),
		download: parameter(downloadVideo, readBoolean),
		options: readJobOptions(optionsOf(context, itemIndex), VIDEO_WORDS),
	};
}

/**
 * Reads what to recall, and refuses what Motive would refuse.
 *
 * @see https://developer.gomotive.com/reference/create-a-video-recall-request
 */
function readRecallRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	now: number,
): RecallRequest {
	const parameter = parametersOf(context, itemIndex);
	const kind = parameter(recallFrom, readChoice);
	const picked = parameter(kind === 'vehicle' ? recallVehicleField : recallAssetField, readPicked);
	const moment = parameter(startTime, (value, field) =>
		readMoment(value, field, context.getTimezone()),
	);
	if (moment > now + CLOCK_TOLERANCE_MS)
		throw new BadInput(
			'Start Time is in the future: only what was recorded already can be recalled',
		);
	const type = parameter(recallType, readChoice);
	const cameras = parameter(cameraPositions, readChoices);
	return {
		source: { kind, picked },
		startTime: new Date(moment).toISOString(),
		duration: parameter(durations[type], readChoice),
		recallType: type,
		positions: cameras.includes(ALL_CAMERAS) ? [] : cameras,
	};
}

import type { IExecuteFunctions } from 'n8n-workflow';

import { isWord } from '../../motive/parse';
import { RECALL_POSITIONS } from '../../motive/positions';
import { firstOf } from '../../motive/text';
import { readJobOptions, type JobOptionWords } from '../../parameters/jobOptions';
import { readMoment } from '../../parameters/moment';
import {
	BadInput,
	readBoolean,
	readChoice,
	readList,
	readPicked,
	readText,
	type Picked,
} from '../../parameters/readers';
import type { JobInput } from '../../runs/job';
import { executionClock } from '../../transport/executionClock';

/** What the options are about, and their defaults. */
export const VIDEO_WORDS: JobOptionWords = {
	title: 'Video',
	file: 'video',
	files: 'videos',
	timeout: 900,
	pollInterval: 30,
};

/** The lengths that Motive records, in minutes. */
export const DURATIONS = { regular: [1, 2, 3], timelapse: [5, 10, 15, 30, 45, 60] } as const;

/** What is recalled. */
export interface RecallRequest {
	source: { kind: 'vehicle' | 'asset'; picked: Picked };
	/** ISO 8601, UTC. */
	startTime: string;
	/** Minutes. */
	duration: number;
	recallType: keyof typeof DURATIONS;
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
	const id = readText(context.getNodeParameter('recallId', itemIndex), 'Recall ID').trim();
	if (!isWord(id)) throw new BadInput('Recall ID must be one word such as 8f0c1a');
	return { ...readJobInput(context, itemIndex), id };
}

function readJobInput(context: IExecuteFunctions, itemIndex: number): JobInput {
	const waitForVideo = context.getNodeParameter('waitForVideo', itemIndex, false);
	const downloadVideo = context.getNodeParameter('downloadVideo', itemIndex, true);
	return {
		wait: readBoolean(waitForVideo, 'Wait for Video'),
		download: readBoolean(downloadVideo, 'Download Video'),
		options: readJobOptions(context, itemIndex, VIDEO_WORDS),
	};
}

/**
 * Reads what to recall, and refuses what Motive would refuse.
 * @see https://developer.gomotive.com/reference/create-a-video-recall-request
 */
function readRecallRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	now: number,
): RecallRequest {
	const value = (name: string, fallback?: string): unknown =>
		context.getNodeParameter(name, itemIndex, fallback);
	const kind = readChoice(value('recallFrom'), ['vehicle', 'asset'], 'Recall From');
	const picked =
		kind === 'vehicle'
			? readPicked(value('vehicleId'), 'Vehicle', ['list', 'id', 'number'])
			: readPicked(value('assetId'), 'Asset', ['list', 'id']);
	const moment = readMoment(value('startTime'), 'Start Time', context.getTimezone());
	if (moment > now)
		throw new BadInput(
			'Start Time is in the future: only what was recorded already can be recalled',
		);
	const recallType = readChoice(value('recallType'), ['regular', 'timelapse'], 'Recall Type');
	const duration = Number(value('duration'));
	const durations: readonly number[] = DURATIONS[recallType];
	if (!durations.includes(duration)) {
		throw new BadInput(
			`Duration of a ${recallType} recall must be one of ${durations.join(', ')} minutes`,
		);
	}
	return {
		source: { kind, picked },
		startTime: new Date(moment).toISOString(),
		duration,
		recallType,
		positions: readRecallPositions(context.getNodeParameter('cameraPositions', itemIndex, [])),
	};
}

function readRecallPositions(value: unknown): readonly string[] {
	const names = readList(value);
	const known: readonly string[] = RECALL_POSITIONS;
	const wrong = names.find((name) => !known.includes(name));
	if (wrong !== undefined) {
		throw new BadInput(
			`Camera Positions has “${firstOf(wrong, 40)}”, but the positions are: ${known.join(', ')}`,
		);
	}
	return names;
}

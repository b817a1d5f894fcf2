import type { IExecuteFunctions } from 'n8n-workflow';

import { readMoment } from '../../parameters/readMoment';
import {
	BadInput,
	readChoice,
	readList,
	readPicked,
	readText,
	type Picked,
} from '../../parameters/readers';

/** The lengths that Motive records, in minutes. */
export const DURATIONS = { regular: [1, 2, 3], timelapse: [5, 10, 15, 30, 45, 60] } as const;

/** The positions that a recall can ask for. */
const RECALL_POSITIONS = [
	'driver_facing',
	'front_facing',
	'front_narrow_facing',
	'rear',
	'side_left',
	'side_right',
] as const;

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

/**
 * Reads what to recall, and refuses what Motive would refuse.
 *
 * @throws BadInput
 * @see https://developer.gomotive.com/reference/create-a-video-recall-request
 */
export function readRecallRequest(
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

/** Reads `recallId`. */
export function readRecallId(context: IExecuteFunctions, itemIndex: number): string {
	return readText(context.getNodeParameter('recallId', itemIndex), 'Recall ID');
}

function readRecallPositions(value: unknown): readonly string[] {
	const names = readList(value);
	const known: readonly string[] = RECALL_POSITIONS;
	const wrong = names.find((name) => !known.includes(name));
	if (wrong !== undefined) {
		throw new BadInput(
			`Camera Positions has “${wrong.slice(0, 40)}”, but the positions are: ${known.join(', ')}`,
		);
	}
	return names;
}

import type { IExecuteFunctions } from 'n8n-workflow';

import type { EventMedium } from '../../motive/eventMedia';
import { readJobOptions, type JobOptionWords } from '../../parameters/jobOptions';
import { readMoment } from '../../parameters/moment';
import {
	BadInput,
	readBoolean,
	readList,
	readOptions,
	readWholeNumber,
} from '../../parameters/readers';
import type { JobInput } from '../../runs/job';

/** What the options are about, and their defaults. */
export const MEDIA_WORDS: JobOptionWords = {
	title: 'Media',
	file: 'file',
	files: 'pictures and videos',
	timeout: 900,
	pollInterval: 30,
};

const MEDIA_TYPES = ['image', 'video'] as const;

/** Which safety event is meant. Motive gives events out by day and vehicle only, not by id. */
export interface WantedEvent {
	id: number;
	/** When it happened (ms). */
	time: number;
	vehicleId?: number;
}

/** What Get Media is asked for. */
export interface EventMediaInput extends JobInput {
	event: WantedEvent;
	types: ReadonlyArray<EventMedium['type']>;
}

/**
 * Reads the parameters of Get Media.
 *
 * @throws BadInput
 */
export function readGetMediaInput(context: IExecuteFunctions, itemIndex: number): EventMediaInput {
	const value = (name: string, fallback?: unknown): unknown =>
		context.getNodeParameter(name, itemIndex, fallback);
	const { vehicleId } = readOptions(context, itemIndex);
	return {
		event: {
			id: readWholeNumber(value('eventId'), 'Event ID'),
			time: readMoment(value('eventTime'), 'Event Time', context.getTimezone()),
			...(vehicleId !== undefined && { vehicleId: readWholeNumber(vehicleId, 'Vehicle ID') }),
		},
		types: readTypes(value('mediaTypes', [...MEDIA_TYPES])),
		wait: readBoolean(value('waitForMedia', false), 'Wait for Media'),
		download: readBoolean(value('downloadMedia', true), 'Download Media'),
		options: readJobOptions(context, itemIndex, MEDIA_WORDS),
	};
}

function readTypes(value: unknown): EventMediaInput['types'] {
	const names = readList(value);
	const types = MEDIA_TYPES.filter((type) => names.includes(type));
	if (types.length === 0 || types.length < names.length)
		throw new BadInput(`Media Types must be some of: ${MEDIA_TYPES.join(', ')}`);
	return types;
}

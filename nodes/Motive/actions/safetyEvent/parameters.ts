import type { IExecuteFunctions } from 'n8n-workflow';

import type { EventMedium } from '../../motive/eventMedia';
import { readJobOptions } from '../../parameters/jobOptions';
import { readMoment } from '../../parameters/moment';
import { readChoices } from '../../parameters/choices';
import {
	optionsOf,
	parametersOf,
	readBoolean,
	readWholeNumber,
	type ReadParameter,
} from '../../parameters/readers';
import type { JobInput } from '../../runs/job';
import {
	downloadMedia,
	eventId,
	eventTime,
	MEDIA_WORDS,
	mediaTypes,
	vehicleIdOption,
	waitForMedia,
} from './fields';

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
 * Reads which safety event is meant.
 *
 * @throws BadInput
 */
export function readWantedEvent(
	context: IExecuteFunctions,
	parameter: ReadParameter,
	option: ReadParameter,
): WantedEvent {
	const vehicleId = option(vehicleIdOption, (value, field) =>
		value === '' ? undefined : readWholeNumber(value, field),
	);
	return {
		id: parameter(eventId, readWholeNumber),
		time: parameter(eventTime, (value, field) => readMoment(value, field, context.getTimezone())),
		...(vehicleId !== undefined && { vehicleId }),
	};
}

/**
 * Reads the parameters of Get Media.
 *
 * @throws BadInput
 */
export function readGetMediaInput(context: IExecuteFunctions, itemIndex: number): EventMediaInput {
	const parameter = parametersOf(context, itemIndex);
	const option = optionsOf(context, itemIndex);
	return {
		event: readWantedEvent(context, parameter, option),
		types: parameter(mediaTypes, readChoices),
		wait: parameter(waitForMedia, readBoolean),
		download: parameter(downloadMedia, readBoolean),
		options: readJobOptions(option, MEDIA_WORDS),
	};
}

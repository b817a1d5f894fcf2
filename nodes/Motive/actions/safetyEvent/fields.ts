import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { EventMedium } from '../../motive/eventMedia';
import {
	binaryPropertyOption,
	concurrencyOption,
	includeUrlOption,
	optionsField,
	pollIntervalOption,
	shownWhen,
	timeoutOption,
	whenUnavailableOption,
	type JobOptionWords,
} from '../../parameters/jobOptions';
import type { ChoiceField } from '../../parameters/choices';

/** What the options are about, and their defaults. */
export const MEDIA_WORDS: JobOptionWords = {
	title: 'Media',
	file: 'file',
	files: 'pictures and videos',
	timeout: 900,
	pollInterval: 30,
};

/** The vehicle of the event. */
export const vehicleIdOption: INodeProperties = {
	displayName: 'Vehicle ID',
	name: 'vehicleId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1040021',
	description:
		'ID of the vehicle of the event. In large fleets the event is then found with fewer requests.',
};

/** Whether an event that was taken back ends the workflow. */
export const onlyIfStandsOption: INodeProperties = {
	displayName: 'Only If It Stands',
	name: 'onlyIfStands',
	type: 'boolean',
	default: false,
	description:
		'Whether to put out nothing when Motive has taken the event back, so that the workflow ends there',
};

const whenWaiting: IDisplayOptions['show'] = { '/waitForMedia': [true] };

/** Which event. */
export const eventId: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3328319',
	description: 'ID of the safety event, as the trigger or Get Many gives it',
};

/** When it began. */
export const eventTime: INodeProperties = {
	displayName: 'Event Time',
	name: 'eventTime',
	type: 'dateTime',
	default: '',
	required: true,
	description:
		'When the event began, as the trigger or Get Many gives it, for example 2026-07-02T18:28:11Z. Motive finds events by their day.',
};

/** What to fetch. */
export const mediaTypes: ChoiceField<EventMedium['type']> = {
	displayName: 'Media Types',
	name: 'mediaTypes',
	type: 'multiOptions',
	options: [
		{ name: 'Images', value: 'image', description: 'Stills, where the dashcam made some' },
		{ name: 'Videos', value: 'video', description: 'What each camera recorded around the event' },
	],
	default: ['image', 'video'],
	required: true,
	description: 'What to fetch',
};

/** Whether to wait until everything is uploaded. */
export const waitForMedia: INodeProperties = {
	displayName: 'Wait for Media',
	name: 'waitForMedia',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the pictures and videos are ready. Dashcams upload when they have a connection, mostly within some minutes.',
};

/** Whether to download the pictures and videos. */
export const downloadMedia: INodeProperties = {
	displayName: 'Download Media',
	name: 'downloadMedia',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the pictures and videos into the output as files, once they are ready',
};

const timeout = timeoutOption(MEDIA_WORDS);

/** How long to wait, and for what. */
const mediaTimeoutOption: INodeProperties = {
	...timeout,
	description: `${timeout.description}. An event of which the dashcam has sent nothing within 12 minutes is given up sooner. Set more than ${MEDIA_WORDS.timeout} to wait for late uploads.`,
};

/** The options of Get Media. */
export const mediaOptions = optionsField([
	concurrencyOption,
	includeUrlOption(MEDIA_WORDS),
	shownWhen(pollIntervalOption(MEDIA_WORDS), whenWaiting),
	binaryPropertyOption,
	shownWhen(mediaTimeoutOption, whenWaiting),
	vehicleIdOption,
	shownWhen(whenUnavailableOption(MEDIA_WORDS), whenWaiting),
]);

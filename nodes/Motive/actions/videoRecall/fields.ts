import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { positionName, RECALL_POSITIONS } from '../../motive/positions';
import {
	binaryPropertyOption,
	bodyJsonOption,
	concurrencyOption,
	includeUrlOption,
	optionsField,
	pollIntervalOption,
	shownWhen,
	timeoutOption,
	whenUnavailableOption,
	type JobOptionWords,
} from '../../parameters/jobOptions';
import { assetPicker, vehiclePicker } from '../../parameters/pickers';
import type { Choice, ChoiceField } from '../../parameters/choices';

/** What the options are about, and their defaults. */
export const VIDEO_WORDS: JobOptionWords = {
	title: 'Video',
	file: 'video',
	files: 'videos',
	timeout: 900,
	pollInterval: 30,
};

const only = (name: string, value: string): IDisplayOptions => ({ show: { [name]: [value] } });

/** What carries the cameras. */
export const recallFrom: ChoiceField<'asset' | 'vehicle'> = {
	displayName: 'Recall From',
	name: 'recallFrom',
	type: 'options',
	options: [
		{ name: 'Asset', value: 'asset' },
		{ name: 'Vehicle', value: 'vehicle' },
	],
	default: 'vehicle',
	required: true,
	description: 'What carries the cameras',
};

/** The vehicle, where that is what carries the cameras. */
export const recallVehicleField = vehiclePicker({
	description: 'The vehicle whose cameras recorded the video',
	modes: ['list', 'id', 'number'],
	displayOptions: only('recallFrom', 'vehicle'),
});

/** The asset, where that is what carries the cameras. */
export const recallAssetField = assetPicker({
	description: 'The asset whose cameras recorded the video',
	modes: ['list', 'id'],
	displayOptions: only('recallFrom', 'asset'),
});

/** When the video begins. */
export const startTime: INodeProperties = {
	displayName: 'Start Time',
	name: 'startTime',
	type: 'dateTime',
	default: '',
	required: true,
	description:
		'When the video begins, in the time zone of the workflow unless it names another. Cameras keep their footage from about 30 hours to 7 days.',
};

/** How the video is made. */
export const recallType: ChoiceField<'regular' | 'timelapse'> = {
	displayName: 'Recall Type',
	name: 'recallType',
	type: 'options',
	options: [
		{ name: 'Regular', value: 'regular', description: 'Every second as it was recorded' },
		{ name: 'Timelapse', value: 'timelapse', description: 'A longer time, shown faster' },
	],
	default: 'regular',
	required: true,
};

/** How long the video is, or the time that it covers, by the type of the recall. */
export const durations: Record<'regular' | 'timelapse', ChoiceField<number>> = {
	regular: {
		displayName: 'Duration',
		name: 'duration',
		type: 'options',
		options: [1, 2, 3].map(minutes),
		default: 1,
		required: true,
		description: 'Smart dashcams give 1 minute at most',
		displayOptions: only('recallType', 'regular'),
	},
	timelapse: {
		displayName: 'Duration',
		name: 'duration',
		type: 'options',
		options: [5, 10, 15, 30, 45, 60].map(minutes),
		default: 5,
		required: true,
		description: 'How much recorded time the timelapse covers',
		displayOptions: only('recallType', 'timelapse'),
	},
};

/** The choice that stands for every camera. */
export const ALL_CAMERAS = 'all';

/** Which cameras. */
export const cameraPositions: ChoiceField = {
	displayName: 'Camera Positions',
	name: 'cameraPositions',
	type: 'multiOptions',
	options: [
		{ name: 'All Cameras', value: ALL_CAMERAS, description: 'Every camera that there is' },
		...RECALL_POSITIONS.map((value) => ({ name: positionName(value), value })),
	],
	default: [ALL_CAMERAS],
	description: 'Which cameras to recall; all of them if none is chosen',
};

/** What to recall: vehicle or asset, from when, for how long, and which cameras. */
export const recallFields: INodeProperties[] = [
	recallFrom,
	recallVehicleField,
	recallAssetField,
	startTime,
	recallType,
	durations.regular,
	durations.timelapse,
	cameraPositions,
];

/** By what Motive knows the recall. */
export const recallId: INodeProperties = {
	displayName: 'Recall ID',
	name: 'recallId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 8f0c1a',
	description: 'ID of the video recall: what Create gave as its ID',
};

/** Whether to wait for the videos. */
export const waitForVideo: INodeProperties = {
	displayName: 'Wait for Video',
	name: 'waitForVideo',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until the videos are ready. This usually takes 10 to 12 minutes.',
};

/** Whether to download the videos. */
export const downloadVideo: INodeProperties = {
	displayName: 'Download Video',
	name: 'downloadVideo',
	type: 'boolean',
	default: true,
	description: 'Whether to put the videos into the output as files, once they are ready',
};

const whenWaiting: IDisplayOptions['show'] = { '/waitForVideo': [true] };

const waitOptions = (fileField: INodeProperties): INodeProperties[] => [
	concurrencyOption,
	includeUrlOption(VIDEO_WORDS),
	shownWhen(pollIntervalOption(VIDEO_WORDS), whenWaiting),
	fileField,
	shownWhen(timeoutOption(VIDEO_WORDS), whenWaiting),
	shownWhen(whenUnavailableOption(VIDEO_WORDS), whenWaiting),
];

/** The options of Create. */
export const createOptions = optionsField([
	bodyJsonOption,
	...waitOptions(shownWhen(binaryPropertyOption, whenWaiting)),
]);

/** The options of Get. */
export const getRecallOptions = optionsField(waitOptions(binaryPropertyOption));

function minutes(value: number): Choice<number> {
	return { name: value === 1 ? '1 Minute' : `${value} Minutes`, value };
}

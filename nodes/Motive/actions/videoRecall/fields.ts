import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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
} from '../../parameters/jobOptions';
import { assetPicker, vehiclePicker } from '../../parameters/pickers';
import { DURATIONS, VIDEO_WORDS } from './parameters';

const only = (name: string, value: string): IDisplayOptions => ({ show: { [name]: [value] } });

/** What to recall: vehicle or asset, from when, for how long, and which cameras. */
export const recallFields: INodeProperties[] = [
	{
		displayName: 'Recall From',
		name: 'recallFrom',
		type: 'options',
		options: [
			{ name: 'Asset', value: 'asset' },
			{ name: 'Vehicle', value: 'vehicle' },
		],
		default: 'vehicle',
		description: 'What carries the cameras',
	},
	vehiclePicker({
		description: 'The vehicle whose cameras recorded the video',
		modes: ['list', 'id', 'number'],
		displayOptions: only('recallFrom', 'vehicle'),
	}),
	assetPicker({
		description: 'The asset whose cameras recorded the video',
		modes: ['list', 'id'],
		displayOptions: only('recallFrom', 'asset'),
	}),
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the video begins. Cameras keep their footage from about 30 hours to 7 days.',
	},
	{
		displayName: 'Recall Type',
		name: 'recallType',
		type: 'options',
		options: [
			{ name: 'Regular', value: 'regular', description: 'Every second as it was recorded' },
			{ name: 'Timelapse', value: 'timelapse', description: 'A longer time, shown faster' },
		],
		default: 'regular',
	},
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'options',
		options: minuteOptions(DURATIONS.regular),
		default: 1,
		description: 'Smart dashcams give 1 minute at most',
		displayOptions: only('recallType', 'regular'),
	},
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'options',
		options: minuteOptions(DURATIONS.timelapse),
		default: 5,
		description: 'How much recorded time the timelapse covers',
		displayOptions: only('recallType', 'timelapse'),
	},
	{
		displayName: 'Camera Positions',
		name: 'cameraPositions',
		type: 'multiOptions',
		options: [
			{ name: 'Driver Facing', value: 'driver_facing' },
			{ name: 'Front Facing', value: 'front_facing' },
			{ name: 'Front Narrow Facing', value: 'front_narrow_facing' },
			{ name: 'Rear', value: 'rear' },
			{ name: 'Side Left', value: 'side_left' },
			{ name: 'Side Right', value: 'side_right' },
		],
		default: [],
		description: 'Which cameras to recall; all of them if none is chosen',
	},
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

const waitOptions = [
	concurrencyOption,
	includeUrlOption(VIDEO_WORDS),
	shownWhen(pollIntervalOption(VIDEO_WORDS), whenWaiting),
	binaryPropertyOption,
	shownWhen(timeoutOption(VIDEO_WORDS), whenWaiting),
	shownWhen(whenUnavailableOption(VIDEO_WORDS), whenWaiting),
];

/** The options of Create. */
export const createOptions = optionsField([bodyJsonOption, ...waitOptions]);

/** The options of Get. */
export const getRecallOptions = optionsField(waitOptions);

function minuteOptions(durations: readonly number[]): INodePropertyOptions[] {
	return durations.map((minutes) => ({
		name: minutes === 1 ? '1 Minute' : `${minutes} Minutes`,
		value: minutes,
	}));
}

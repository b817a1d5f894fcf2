import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

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
import { AUTOMATIC } from '../../motive/imageCapture';
import { ALL_POSITIONS, IMAGE_WORDS } from './parameters';

const ALL_CHOICE = {
	name: 'All Cameras',
	value: ALL_POSITIONS,
	description: 'Every position; those without a camera are left out',
};

const OMNICAM_CHOICES = [
	{ name: 'Rear', value: 'rear', description: 'Omnicam looking back' },
	{ name: 'Side Left', value: 'side_left', description: 'Omnicam on the left side' },
	{ name: 'Side Right', value: 'side_right', description: 'Omnicam on the right side' },
];

const only = (captureFrom: 'asset' | 'vehicle'): IDisplayOptions => ({
	show: { captureFrom: [captureFrom] },
});

/** What to take pictures of: vehicle or asset, and which of its cameras. */
export const sourceFields: INodeProperties[] = [
	{
		displayName: 'Capture From',
		name: 'captureFrom',
		type: 'options',
		options: [
			{ name: 'Asset', value: 'asset', description: 'A trailer or other equipment with Omnicams' },
			{ name: 'Vehicle', value: 'vehicle', description: 'A truck, van or car' },
		],
		default: 'vehicle',
		description: 'What carries the cameras',
	},
	vehiclePicker({
		description: 'The vehicle whose cameras take the pictures',
		modes: ['list', 'id', 'number'],
		displayOptions: only('vehicle'),
	}),
	assetPicker({
		description: 'The asset whose cameras take the pictures',
		modes: ['list', 'id'],
		displayOptions: only('asset'),
	}),
	{
		displayName: 'Positions',
		name: 'positions',
		type: 'multiOptions',
		options: [
			ALL_CHOICE,
			{
				name: 'Driver Facing',
				value: 'driver_facing',
				description: 'Dashcam looking at the driver',
			},
			{
				name: 'Front Facing',
				value: 'front_facing',
				description: 'Dashcam looking at the road ahead',
			},
			...OMNICAM_CHOICES,
		],
		default: ['front_facing'],
		required: true,
		description: 'Which cameras take a picture, one picture each',
		displayOptions: only('vehicle'),
	},
	{
		displayName: 'Positions',
		name: 'positions',
		type: 'multiOptions',
		options: [ALL_CHOICE, ...OMNICAM_CHOICES],
		default: ['rear'],
		required: true,
		description: 'Which cameras take a picture, one picture each',
		displayOptions: only('asset'),
	},
];

/** By which words Motive knows the capture. */
export const captureKeyFields: INodeProperties[] = [
	{
		displayName: 'Request ID',
		name: 'requestId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 90312',
		description: 'ID of the image capture: what Start gave as request_id',
	},
	{
		displayName: 'Camera Type',
		name: 'cameraType',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description: 'Asks for the dashcam, and for the Omnicam if there is no such capture',
			},
			{
				name: 'Dashcam',
				value: 'dashcam',
				description: 'Front facing and driver facing pictures',
			},
			{ name: 'Omnicam', value: 'omnicam', description: 'Side and rear pictures' },
		],
		default: AUTOMATIC,
		description:
			'Kind of camera: what Start gave as camera_type. An expression can give any other value.',
	},
];

/** Whether to wait for the picture. */
export const waitForImage: INodeProperties = {
	displayName: 'Wait for Image',
	name: 'waitForImage',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the pictures are ready. Otherwise the item goes on as it is, also without a picture.',
};

/** Whether to download the picture. */
export const downloadImage: INodeProperties = {
	displayName: 'Download Image',
	name: 'downloadImage',
	type: 'boolean',
	default: true,
	description: 'Whether to put the pictures into the output as files, once they are ready',
};

const includeLocation: INodeProperties = {
	displayName: 'Include Location',
	name: 'includeLocation',
	type: 'boolean',
	default: false,
	description:
		'Whether to add where the vehicle is: its newest location, one more request for each vehicle',
};

const outputMode: INodeProperties = {
	displayName: 'Output',
	name: 'outputMode',
	type: 'options',
	options: [
		{
			name: 'One Item per Image',
			value: 'image',
			description: 'Best for sending or storing each picture',
		},
		{
			name: 'One Item per Input Item',
			value: 'source',
			description:
				'All pictures of a vehicle or asset together, in fields named after the positions',
		},
	],
	default: 'image',
	description: 'How the pictures are put into items',
};

const includeUrl = includeUrlOption(IMAGE_WORDS);
const pollInterval = pollIntervalOption(IMAGE_WORDS);
const timeout = timeoutOption(IMAGE_WORDS);
const whenUnavailable = whenUnavailableOption(IMAGE_WORDS);

/** The options of Capture. */
export const captureOptions = optionsField([
	bodyJsonOption,
	concurrencyOption,
	includeUrl,
	includeLocation,
	pollInterval,
	outputMode,
	shownWhen(binaryPropertyOption, { '/downloadImage': [true] }),
	timeout,
	whenUnavailable,
]);

/** The options of Start. */
export const startOptions = optionsField([bodyJsonOption, concurrencyOption, includeUrl]);

const whenWaiting: IDisplayOptions['show'] = { '/waitForImage': [true] };

/** The options of Get. */
export const getOptions = optionsField([
	concurrencyOption,
	includeUrl,
	includeLocation,
	shownWhen(pollInterval, whenWaiting),
	binaryPropertyOption,
	shownWhen(timeout, whenWaiting),
	shownWhen(whenUnavailable, whenWaiting),
]);

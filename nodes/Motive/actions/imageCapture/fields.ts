import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { positionName } from '../../motive/positions';
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
import { AUTOMATIC } from '../../motive/imageCapture';
import { assetPicker, vehiclePicker } from '../../parameters/pickers';
import type { Choice, ChoiceField } from '../../parameters/choices';

/** What the options are about, and their defaults. */
export const IMAGE_WORDS: JobOptionWords = {
	title: 'Image',
	file: 'picture',
	files: 'pictures',
	timeout: 180,
	pollInterval: 10,
};

/** The choice that stands for every position. */
export const ALL_POSITIONS = 'all';

const ALL_CHOICE = {
	name: 'All Cameras',
	value: ALL_POSITIONS,
	description: 'Every position; those without a camera are left out',
};

const OMNICAM_CHOICES = [
	position('rear', 'Omnicam looking back'),
	position('side_left', 'Omnicam on the left side'),
	position('side_right', 'Omnicam on the right side'),
];

const only = (captureFrom: 'asset' | 'vehicle'): IDisplayOptions => ({
	show: { captureFrom: [captureFrom] },
});

/** What carries the cameras. */
export const captureFrom: ChoiceField<'asset' | 'vehicle'> = {
	displayName: 'Capture From',
	name: 'captureFrom',
	type: 'options',
	options: [
		{ name: 'Asset', value: 'asset', description: 'A trailer or other equipment with Omnicams' },
		{ name: 'Vehicle', value: 'vehicle', description: 'A truck, van or car' },
	],
	default: 'vehicle',
	required: true,
	description: 'What carries the cameras',
};

/** The vehicle, where that is what carries the cameras. */
export const vehicleField = vehiclePicker({
	description: 'The vehicle whose cameras take the pictures',
	modes: ['list', 'id', 'number'],
	displayOptions: only('vehicle'),
});

/** The asset, where that is what carries the cameras. */
export const assetField = assetPicker({
	description: 'The asset whose cameras take the pictures',
	modes: ['list', 'id'],
	displayOptions: only('asset'),
});

/** Which cameras of a vehicle. */
export const vehiclePositions: ChoiceField = {
	displayName: 'Positions',
	name: 'positions',
	type: 'multiOptions',
	options: [
		ALL_CHOICE,
		position('driver_facing', 'Dashcam looking at the driver'),
		position('front_facing', 'Dashcam looking at the road ahead'),
		...OMNICAM_CHOICES,
	],
	default: ['front_facing'],
	required: true,
	description: 'Which cameras take a picture, one picture each',
	displayOptions: only('vehicle'),
};

/** Which cameras of an asset. */
export const assetPositions: ChoiceField = {
	displayName: 'Positions',
	name: 'positions',
	type: 'multiOptions',
	options: [ALL_CHOICE, ...OMNICAM_CHOICES],
	default: ['rear'],
	required: true,
	description: 'Which cameras take a picture, one picture each',
	displayOptions: only('asset'),
};

/** What to take pictures of: vehicle or asset, and which of its cameras. */
export const sourceFields: INodeProperties[] = [
	captureFrom,
	vehicleField,
	assetField,
	vehiclePositions,
	assetPositions,
];

/** The kind of camera that a known capture was made with. */
export const cameraType: ChoiceField = {
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
};

/** The number under which Motive knows a capture. */
export const requestId: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 90312',
	description: 'ID of the image capture: what Start gave as request_id',
};

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

/** Whether to say where the vehicle is. */
export const includeLocation: INodeProperties = {
	displayName: 'Include Location',
	name: 'includeLocation',
	type: 'boolean',
	default: false,
	description:
		'Whether to add where the vehicle is: its newest location, one more request for each vehicle',
};

/** How the pictures are put into items. */
export const outputMode: ChoiceField<'image' | 'source'> = {
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
	{
		...binaryPropertyOption,
		// With one item per input item the fields are named after the positions.
		displayOptions: { show: { '/downloadImage': [true] }, hide: { outputMode: ['source'] } },
	},
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

function position(value: string, description: string): Choice<string> {
	return { name: positionName(value), value, description };
}

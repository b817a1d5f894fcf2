import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { assetPicker, vehiclePicker } from '../../parameters/pickers';
import type { OptionWords } from '../../parameters/options';

/** Positions that a vehicle's cameras can have, in the order in which `all` asks for them. */
export const VEHICLE_POSITIONS = [
	'front_facing',
	'driver_facing',
	'side_left',
	'side_right',
	'rear',
] as const;

/** Positions that an asset's cameras can have, in the order in which `all` asks for them. */
export const ASSET_POSITIONS = ['side_left', 'side_right', 'rear'] as const;

/** The choice that stands for every position. */
export const ALL_POSITIONS = 'all';

const ALL_OPTION = {
	name: 'All Cameras',
	value: ALL_POSITIONS,
	description: 'Every position; those without a camera are left out',
};

const OMNICAM_OPTIONS = [
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
			ALL_OPTION,
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
			...OMNICAM_OPTIONS,
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
		options: [ALL_OPTION, ...OMNICAM_OPTIONS],
		default: ['rear'],
		required: true,
		description: 'Which cameras take a picture, one picture each',
		displayOptions: only('asset'),
	},
];

/** What the options of the image captures are about, and their defaults. */
export const PICTURE_WORDS: OptionWords = {
	file: 'picture',
	files: 'pictures',
	title: 'Image',
	timeout: 180,
	pollInterval: 10,
};

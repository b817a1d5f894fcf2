import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { assetPicker, vehiclePicker } from '../pickers';

/** Positions that a vehicle's cameras can have, in the order in which `all` asks for them. */
export const VEHICLE_POSITIONS = ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear'] as const;

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

/** What to take pictures of: vehicle or asset, and which of its cameras. */
export function sourceFields(displayOptions: IDisplayOptions): INodeProperties[] {
	const only = (captureFrom: string): IDisplayOptions => ({
		show: { ...displayOptions.show, captureFrom: [captureFrom] },
	});
	return [
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
			displayOptions,
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
				{ name: 'Driver Facing', value: 'driver_facing', description: 'Dashcam looking at the driver' },
				{ name: 'Front Facing', value: 'front_facing', description: 'Dashcam looking at the road ahead' },
				...OMNICAM_OPTIONS,
			],
			default: ['front_facing'],
			required: true,
			description: 'Which cameras take a picture. Each one is a request of its own.',
			displayOptions: only('vehicle'),
		},
		{
			displayName: 'Positions',
			name: 'positions',
			type: 'multiOptions',
			options: [ALL_OPTION, ...OMNICAM_OPTIONS],
			default: ['rear'],
			required: true,
			description: 'Which cameras take a picture. Each one is a request of its own.',
			displayOptions: only('asset'),
		},
	];
}

/** Whether to fetch the picture itself. */
export function downloadField(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Download Image',
		name: 'downloadImage',
		type: 'boolean',
		default: true,
		description: 'Whether to put the picture into the output as a file, as soon as it is ready',
		displayOptions,
	};
}

/** Every option there is; each operation shows those that apply to it, in this (alphabetical) order. */
const OPTIONS = {
	bodyJson: {
		displayName: 'Additional Request Body Fields',
		name: 'bodyJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "external_reference": "claim-77" }',
		description:
			'JSON object merged over the request that starts the capture. A field set to null is left out of the request.',
	},
	concurrency: {
		displayName: 'Concurrent Requests',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
		default: 10,
		description: 'How many requests may be under way at the same time',
	},
	includeUrl: {
		displayName: 'Include Image URL',
		name: 'includeUrl',
		type: 'boolean',
		default: true,
		description:
			'Whether the output has the link to the picture. Until it expires, anyone who has the link can see the picture.',
	},
	pollInterval: {
		displayName: 'Longest Polling Interval',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Most seconds between two looks at the same capture. The first looks are closer together.',
	},
	outputMode: {
		displayName: 'Output',
		name: 'outputMode',
		type: 'options',
		options: [
			{ name: 'One Item per Image', value: 'image', description: 'Best for sending or storing each picture' },
			{
				name: 'One Item per Input Item',
				value: 'source',
				description: 'All pictures of a vehicle or asset together, in fields named after the positions',
			},
		],
		default: 'image',
		description: 'How the pictures are put into items',
	},
	binaryProperty: {
		displayName: 'Put Output File in Field',
		name: 'binaryProperty',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output field to put the file in',
	},
	timeout: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 180,
		description: 'Seconds to wait for the pictures, counted from the start of the operation',
	},
	whenUnavailable: {
		displayName: 'When Image Is Not Available',
		name: 'whenUnavailable',
		type: 'options',
		options: [
			{ name: 'Output the Item', value: 'output', description: 'The item goes on without a picture, with its state and status' },
			{ name: 'Throw an Error', value: 'error', description: "The item fails, as set under On Error in the node's settings" },
		],
		default: 'error',
		description: 'What to do when the capture failed or the time is up',
	},
} as const satisfies Record<string, INodeProperties>;

/** Name of an option of the image capture operations. */
export type OptionName = keyof typeof OPTIONS;

/** The collection of the given options; `shownWhen` limits single ones further. */
export function optionsField(
	displayOptions: IDisplayOptions,
	names: readonly OptionName[],
	shownWhen: Partial<Record<OptionName, IDisplayOptions>> = {},
): INodeProperties {
	const all = Object.keys(OPTIONS) as OptionName[];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: all
			.filter((name) => names.includes(name))
			.map((name): INodeProperties => {
				const shown = shownWhen[name];
				return { ...OPTIONS[name], ...(shown && { displayOptions: shown }) };
			}),
		displayOptions,
	};
}

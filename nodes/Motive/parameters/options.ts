import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { readChoice, readJsonObject, readPositive, readText } from './readers';
import type { BatchOptions } from '../runs/job';

/** What the options are about. */
export interface OptionWords {
	file: 'picture' | 'video' | 'file';
	/** All of them, in words. */
	files: string;
	title: 'Image' | 'Video' | 'Media';
	/** Seconds. */
	timeout: number;
	/** Seconds. */
	pollInterval: number;
}

/** Every option there is; each operation shows those that apply to it, in this (alphabetical) order. */
const optionsOf = ({ file, files, title, timeout, pollInterval }: OptionWords) =>
	({
		bodyJson: {
			displayName: 'Additional Request Body Fields',
			name: 'bodyJson',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. { "external_reference": "claim-77" }',
			description:
				'Fields to add to the request to Motive, as a JSON object. They replace those of the same name; null leaves a field out.',
		},
		concurrency: {
			displayName: 'Concurrent Requests',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
			default: 10,
			description:
				'How many requests may be under way at the same time. Lower it when Motive gets too many.',
		},
		includeUrl: {
			displayName: `Include ${title} URL`,
			name: 'includeUrl',
			type: 'boolean',
			default: true,
			description: `Whether the output has the link to the ${file}. Until it expires, anyone who has the link can see the ${file}.`,
		},
		includeLocation: {
			displayName: 'Include Location',
			name: 'includeLocation',
			type: 'boolean',
			default: false,
			description:
				'Whether to add where the vehicle is: its newest location, one more request for each vehicle',
		},
		pollInterval: {
			displayName: 'Longest Polling Interval',
			name: 'pollInterval',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: pollInterval,
			description: `Most seconds between two looks whether a ${file} is there. The first looks are closer together.`,
		},
		outputMode: {
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
			default: timeout,
			description: `Seconds to wait for the ${files}, counted from the start of the operation`,
		},
		vehicleId: {
			displayName: 'Vehicle ID',
			name: 'vehicleId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1040021',
			description:
				'ID of the vehicle of the event. In large fleets the event is then found with fewer requests.',
		},
		whenUnavailable: {
			displayName: `When ${title} Is Not Available`,
			name: 'whenUnavailable',
			type: 'options',
			options: [
				{
					name: 'Output the Item',
					value: 'output',
					description: `The item goes on without a ${file}, with its state and status`,
				},
				{
					name: 'Throw an Error',
					value: 'error',
					description: "The item fails, as set under On Error in the node's settings",
				},
			],
			default: 'error',
			description: `What to do when there is no ${file} in the end, or the time is up`,
		},
	}) as const satisfies Record<string, INodeProperties>;

/** Name of an option. */
export type OptionName = keyof ReturnType<typeof optionsOf>;

/** When single options are shown. */
export type ShownWhen = Partial<Record<OptionName, IDisplayOptions>>;

/** The collection of the given options; `shownWhen` limits single ones further. */
export function workOptions(
	words: OptionWords,
	names: readonly OptionName[],
	shownWhen: ShownWhen = {},
): INodeProperties {
	const options = optionsOf(words);
	const all = Object.keys(options) as OptionName[];
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
				return { ...options[name], ...(shown && { displayOptions: shown }) };
			}),
	};
}

/** The options of an operation on Motive's work, with their defaults; times in milliseconds. */
export interface WorkOptions extends BatchOptions {
	binaryProperty: string;
	whenUnavailable: 'error' | 'output';
	includeUrl: boolean;
	extraBody: JsonObject;
}

/**
 * Reads `options`; those that the user left alone have their defaults.
 *
 * @throws BadInput
 */
export function readWorkOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	words: OptionWords,
): WorkOptions {
	const options: JsonObject = { ...context.getNodeParameter('options', itemIndex, {}) };
	return {
		binaryProperty: readText(
			options['binaryProperty'] ?? 'data',
			'Put Output File in Field',
			': enter a name such as data',
		),
		whenUnavailable: readChoice(
			options['whenUnavailable'] ?? 'error',
			['error', 'output'],
			`When ${words.title} Is Not Available`,
		),
		timeout: readPositive(options['timeout'] ?? words.timeout, 'Timeout') * 1_000,
		pollInterval:
			readPositive(options['pollInterval'] ?? words.pollInterval, 'Longest Polling Interval') *
			1_000,
		includeUrl: options['includeUrl'] !== false,
		concurrency: Math.ceil(readPositive(options['concurrency'] ?? 10, 'Concurrent Requests')),
		extraBody: readJsonObject(options['bodyJson'] ?? {}, 'Additional Request Body Fields'),
	};
}

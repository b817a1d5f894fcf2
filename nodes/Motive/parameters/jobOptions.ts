import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import {
	readBoolean,
	readChoice,
	readJsonObject,
	readOptions,
	readPositive,
	readText,
} from './readers';

/** The options that every operation on jobs has, with their defaults; times in milliseconds. */
export interface JobOptions {
	binaryProperty: string;
	whenUnavailable: 'error' | 'output';
	timeout: number;
	/** Longest time between two polls of the same job. */
	pollInterval: number;
	includeUrl: boolean;
	/** Most requests under way at the same time. */
	concurrency: number;
	/** Fields that the user adds to the body of the request that starts the job. */
	extraBody: JsonObject;
}

/** What the options of one kind of job are about, and their defaults. */
export interface JobOptionWords {
	/** How labels speak of the files, for example `Video`. */
	title: string;
	/** How descriptions speak of one of them. */
	file: string;
	/** And of all of them. */
	files: string;
	/** Seconds. */
	timeout: number;
	/** Seconds. */
	pollInterval: number;
}

/** The collection of options, shown under the usual heading. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	};
}

/** An option that is only shown in some cases. */
export function shownWhen(option: INodeProperties, show: IDisplayOptions['show']): INodeProperties {
	return { ...option, ...(show && { displayOptions: { show } }) };
}

/** Name of the field of the file. */
export const binaryPropertyOption: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryProperty',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
};

/** Fields that nobody but the user knows. */
export const bodyJsonOption: INodeProperties = {
	displayName: 'Additional Request Body Fields',
	name: 'bodyJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "external_reference": "claim-77" }',
	description:
		'Fields to add to the request to Motive, as a JSON object. They replace those of the same name; null leaves a field out.',
};

/** How busy the node may be. */
export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrent Requests',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	default: 10,
	description:
		'How many requests may be under way at the same time. Lower it when Motive gets too many.',
};

/** Whether links are in the output. */
export function includeUrlOption({ title, file }: JobOptionWords): INodeProperties {
	return {
		displayName: `Include ${title} URL`,
		name: 'includeUrl',
		type: 'boolean',
		default: true,
		description: `Whether the output has the link to the ${file}. Until it expires, anyone who has the link can see the ${file}.`,
	};
}

/** How often Motive is asked. */
export function pollIntervalOption({ file, pollInterval }: JobOptionWords): INodeProperties {
	return {
		displayName: 'Longest Polling Interval',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: pollInterval,
		description: `Maximum seconds between two checks for a ${file}. The first checks are closer together.`,
	};
}

/** How long to wait. */
export function timeoutOption({ files, timeout }: JobOptionWords): INodeProperties {
	return {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: timeout,
		description: `Seconds to wait for the ${files}, counted from the start of the operation`,
	};
}

/** What happens when waiting was in vain. */
export function whenUnavailableOption({ title, file }: JobOptionWords): INodeProperties {
	return {
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
	};
}

/**
 * Reads the options of an operation on jobs; those that the user left alone have their defaults.
 *
 * @throws BadInput
 */
export function readJobOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	{ title, timeout, pollInterval }: JobOptionWords,
): JobOptions {
	const options = readOptions(context, itemIndex);
	return {
		binaryProperty: readText(
			options['binaryProperty'] ?? 'data',
			'Put Output File in Field',
			': enter a name such as data',
		),
		whenUnavailable: readChoice(
			options['whenUnavailable'] ?? 'error',
			['error', 'output'],
			`When ${title} Is Not Available`,
		),
		timeout: readPositive(options['timeout'] ?? timeout, 'Timeout') * 1_000,
		pollInterval:
			readPositive(options['pollInterval'] ?? pollInterval, 'Longest Polling Interval') * 1_000,
		includeUrl: readBoolean(options['includeUrl'] ?? true, `Include ${title} URL`),
		concurrency: Math.ceil(readPositive(options['concurrency'] ?? 10, 'Concurrent Requests')),
		extraBody: readJsonObject(options['bodyJson'] ?? {}, 'Additional Request Body Fields'),
	};
}

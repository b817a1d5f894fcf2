import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { BadInput } from './badInput';
import { readChoice, type ChoiceField } from './choices';
import {
	readBoolean,
	readJsonObject,
	readNotNegative,
	readPositive,
	readText,
	type ReadParameter,
} from './readers';

/** The options that every operation on jobs has, with their defaults; times in milliseconds. */
export interface JobOptions {
	binaryProperty: string;
	whenUnavailable: 'error' | 'output';
	timeout: number;
	/** Longest time between two polls of the same job. */
	pollInterval: number;
	includeUrl: boolean;
	/** Most requests under way at the same time; 0 for as many as Motive bears. */
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
	typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 0 },
	default: 0,
	description:
		'The most requests that may be under way at the same time. With 0, as many as Motive is seen to bear.',
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
		displayName: 'Longest Polling Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: pollInterval,
		description: `The longest time between two checks for a ${file}. The first checks are closer together.`,
	};
}

/** How long to wait. */
export function timeoutOption({ files, timeout }: JobOptionWords): INodeProperties {
	return {
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: timeout,
		description: `How long to wait for the ${files}, counted from the moment they were asked for`,
	};
}

/** What happens when waiting was in vain. */
export function whenUnavailableOption({
	title,
	file,
}: JobOptionWords): ChoiceField<'error' | 'output'> {
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
 * Reads the options of an operation on jobs.
 *
 * @throws BadInput
 */
export function readJobOptions(option: ReadParameter, words: JobOptionWords): JobOptions {
	return {
		binaryProperty: option(binaryPropertyOption, readFieldName),
		whenUnavailable: option(whenUnavailableOption(words), readChoice),
		timeout: option(timeoutOption(words), readPositive) * 1_000,
		pollInterval: option(pollIntervalOption(words), readPositive) * 1_000,
		includeUrl: option(includeUrlOption(words), readBoolean),
		concurrency: Math.ceil(option(concurrencyOption, readNotNegative)),
		extraBody: option(bodyJsonOption, readJsonObject),
	};
}

/** A file in a field of one of these names would be lost: JavaScript has its own idea of them. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype'];

/**
 * Reads the name of the field for the file.
 *
 * @throws BadInput
 */
export function readFieldName(value: unknown, field: INodeProperties): string {
	const name = readText(value, field);
	if (!RESERVED_NAMES.includes(name)) return name;
	throw new BadInput(`${field.displayName} cannot be “${name}”: enter another name such as data`);
}

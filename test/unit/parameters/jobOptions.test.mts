import { describe, expect, it } from 'vitest';

import {
	includeUrlOption,
	pollIntervalOption,
	readJobOptions,
	timeoutOption,
	whenUnavailableOption,
} from '../../../nodes/Motive/parameters/jobOptions.ts';
import { optionsOf, parametersOf, readText } from '../../../nodes/Motive/parameters/readers.ts';
import { contextWith } from './context.mts';

const words = {
	title: 'Image',
	file: 'picture',
	files: 'pictures',
	timeout: 180,
	pollInterval: 15,
};
const read = (options: unknown) => readJobOptions(optionsOf(contextWith({ options }), 0), words);

describe('The options of a job', () => {
	it.each([undefined, {}, 'text', { timeout: '', pollInterval: null }])(
		'have their defaults in %j',
		(options) => {
			expect(read(options)).toEqual({
				binaryProperty: 'data',
				whenUnavailable: 'error',
				timeout: 180_000,
				pollInterval: 15_000,
				includeUrl: true,
				concurrency: 0,
				extraBody: {},
			});
		},
	);

	it('take what is set, also as text; there is no half of a request', () => {
		const options = {
			...{ binaryProperty: ' photo ', whenUnavailable: 'output', timeout: '60' },
			...{ pollInterval: 2.5, includeUrl: 'no', concurrency: 2.5, bodyJson: '{ "claim": 77 }' },
		};
		expect(read(options)).toEqual({
			binaryProperty: 'photo',
			whenUnavailable: 'output',
			timeout: 60_000,
			pollInterval: 2_500,
			includeUrl: false,
			concurrency: 3,
			extraBody: { claim: 77 },
		});
	});

	it.each(['__proto__', 'constructor', 'prototype'])('refuse the field %s', (name) => {
		expect(() => read({ binaryProperty: name })).toThrow(
			`Put Output File in Field cannot be “${name}”: enter another name such as data`,
		);
	});
});

describe('The labels of the options', () => {
	const fieldsOf = () =>
		[includeUrlOption, pollIntervalOption, timeoutOption, whenUnavailableOption].map((option) =>
			option(words),
		);

	it('name the kind of file and the unit', () => {
		expect(fieldsOf().map(({ displayName, type }) => [displayName, type])).toEqual([
			['Include Image URL', 'boolean'],
			['Longest Polling Interval (Seconds)', 'number'],
			['Timeout (Seconds)', 'number'],
			['When Image Is Not Available', 'options'],
		]);
	});

	it('come with a description of the files, and no time is below a second', () => {
		for (const { description } of fieldsOf()) expect(description).toMatch(/picture/);
		const [, pollInterval, timeout] = fieldsOf();
		for (const field of [pollInterval, timeout])
			expect(field?.typeOptions).toEqual({ minValue: 1 });
	});

	it('let the user choose between an item and an error', () => {
		const { options } = whenUnavailableOption(words);
		expect(options.map(({ name }) => name)).toEqual(['Output the Item', 'Throw an Error']);
		expect(options.map(({ description }) => description)).toEqual([
			expect.stringContaining('picture'),
			expect.stringContaining('On Error'),
		]);
	});
});

describe('A parameter', () => {
	const field = {
		displayName: 'Some Name',
		name: 'some',
		type: 'string',
		default: 'usual',
	} as const;
	const readSome = (value: unknown, required = false) =>
		parametersOf(contextWith({ some: value }), 0)({ ...field, required }, readText);

	it.each(['', null, undefined])('has its default for %j, unless it is required', (nothing) => {
		expect(readSome(nothing)).toBe('usual');
		expect(() => readSome(nothing, true)).toThrow('Some Name is empty');
	});

	it('is read with the name of its field', () => {
		expect(readSome('text')).toBe('text');
		expect(readSome('text', true)).toBe('text');
		expect(parametersOf(contextWith({}), 0)({ ...field, required: true }, readText)).toBe('usual');
	});
});

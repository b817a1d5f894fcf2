import { describe, expect, it } from 'vitest';

import { readJobOptions } from '../../../nodes/Motive/parameters/jobOptions.ts';
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

import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	readCaptureInput,
	readGetInput,
	readStartInput,
} from '../../../../nodes/Motive/actions/imageCapture/parameters.ts';
import { BadInput } from '../../../../nodes/Motive/parameters/badInput.ts';

/** The parameters of one item. Like n8n, it returns the fallback for those that are missing, not for those that are empty. */
function contextOf(parameters: Record<string, unknown>): IExecuteFunctions {
	const getNodeParameter = (name: string, _itemIndex: number, fallback?: unknown) =>
		name in parameters ? parameters[name] : fallback;
	return { getNodeParameter } as unknown as IExecuteFunctions;
}

const KNOWN = { requestId: 90312, cameraType: 'dashcam' };
const SOURCE = { captureFrom: 'vehicle', vehicleId: 7, assetId: 8, positions: ['rear'] };

const readGet = (parameters: Record<string, unknown>) =>
	readGetInput(contextOf({ ...KNOWN, ...parameters }), 0);
const readCapture = (parameters: Record<string, unknown>) =>
	readCaptureInput(contextOf({ ...SOURCE, ...parameters }), 0);

const requestId = (value: unknown) => readGet({ requestId: value }).requestId;
const cameraType = (value: unknown) => readGet({ cameraType: value }).cameraType;
const positions = (value: unknown, kind: 'vehicle' | 'asset' = 'vehicle') =>
	readCapture({ captureFrom: kind, positions: value }).positions;
const options = (value: unknown) => readCapture({ options: value }).options;

describe('The request ID', () => {
	it.each([90312, '90312', ' 90312 '])('reads %j', (value) => {
		expect(requestId(value)).toBe(90312);
	});

	it('knows every positive int32, and no other number', () => {
		expect(requestId(2_147_483_647)).toBe(2_147_483_647);
		for (const wrong of [2_147_483_648, 0, -1, 1.5, '2147483648', 'abc', '', null, {}]) {
			expect(() => requestId(wrong)).toThrow('Request ID must be a number such as 90312, but is ');
		}
	});
});

describe('The camera type', () => {
	it.each([
		['dashcam', 'dashcam'],
		[' omnicam\n', 'omnicam'],
		['DASHCAM', 'dashcam'],
		['Dash Cam', 'dashcam'],
		['Automatic', 'auto'],
		['', 'auto'],
		[null, 'auto'],
		['ai_dashcam_plus', 'ai_dashcam_plus'],
		['Automatic', 'auto'],
		['', 'auto'],
		[null, 'auto'],
	])('reads %j', (value, word) => {
		expect(cameraType(value)).toBe(word);
	});

	it.each([' ', '..', 'a/b', 'AI dashcam', 'dashcam?x', '%2e', ['dashcam']])(
		'cannot read %j',
		(value) => {
			expect(() => cameraType(value)).toThrow(
				'Camera Type must be one word such as dashcam, but is',
			);
		},
	);

	it('is never more than one part of a path', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webPath()), (value) => {
				try {
					const word = cameraType(value);
					expect(new URL(`https://x/v1/${word}/7`).pathname).toBe(`/v1/${word}/7`);
				} catch (error) {
					expect(error).toBeInstanceOf(BadInput);
				}
			}),
		);
	});
});

describe('The source', () => {
	const read = (parameters: Record<string, unknown>) =>
		readCaptureInput(contextOf({ positions: ['rear'], ...parameters }), 0).source;

	it.each([
		[
			{
				captureFrom: 'vehicle',
				vehicleId: { mode: 'list', value: '7' },
				assetId: { mode: 'list', value: '8' },
			},
			{ kind: 'vehicle', id: 7 },
		],
		[
			{ captureFrom: 'vehicle', vehicleId: { mode: 'number', value: 'T-118' } },
			{ kind: 'vehicle', number: 'T-118' },
		],
		[
			{
				captureFrom: 'asset',
				vehicleId: { mode: 'list', value: '7' },
				assetId: { mode: 'id', value: 8 },
			},
			{ kind: 'asset', id: 8 },
		],
		[
			{ captureFrom: 'vehicle', vehicleId: 7 },
			{ kind: 'vehicle', id: 7 },
		],
	])('reads %j', (parameters, source) => {
		expect(read(parameters)).toEqual(source);
	});

	it.each([
		[{ captureFrom: 'driver' }, 'Capture From must be one of: Asset, Vehicle, but is “driver”'],
		[{ captureFrom: 'vehicle' }, 'Vehicle is empty'],
		[
			{ captureFrom: 'asset', assetId: { mode: 'number', value: '8' } },
			'Asset must be picked From List, By ID, but is “number”',
		],
	])('cannot read %j', (parameters, message) => {
		expect(() => read(parameters)).toThrow(message);
	});
});

describe('The positions', () => {
	it.each([
		[['front_facing'], ['front_facing']],
		[
			['rear', 'front_facing', 'rear'],
			['rear', 'front_facing'],
		],
		['rear, side_left', ['rear', 'side_left']],
		[
			['Rear', 'REAR', 'Side Left'],
			['rear', 'side_left'],
		],
	])('reads %j, each once and in this order', (value, names) => {
		expect(positions(value)).toEqual({ names, onlyWhereAvailable: false });
	});

	it('reads all cameras as those that this kind can have', () => {
		const all = ['front_facing', 'driver_facing', 'side_left', 'side_right', 'rear'];
		expect(positions(['all'])).toEqual({ names: all, onlyWhereAvailable: true });
		expect(positions(['rear', 'all']).names).toEqual(all);
		expect(positions('all', 'asset')).toEqual({
			names: ['side_left', 'side_right', 'rear'],
			onlyWhereAvailable: true,
		});
	});

	it.each([[[]], [''], [' , '], [null], [undefined]])('finds %j empty', (value) => {
		expect(() => positions(value)).toThrow('Positions is empty');
	});

	it.each([[[null]], [['rear', null]], [{}], [true]])('does not read %j', (value) => {
		expect(() => positions(value)).toThrow(
			/^Positions (has an entry without a value|must be texts)/,
		);
	});

	it('says which cameras there are', () => {
		expect(() => positions(['rear', 'front_facing'], 'asset')).toThrow(
			'Positions has “front_facing”, but asset cameras are: All Cameras, Rear, Side Left, Side Right',
		);
		expect(() => positions(['roof'])).toThrow('Positions has “roof”, but vehicle cameras are:');
	});
});

describe('The options', () => {
	const defaults = {
		binaryProperty: 'data',
		outputMode: 'image',
		whenUnavailable: 'error',
		timeout: 180_000,
		pollInterval: 10_000,
		includeLocation: false,
		includeUrl: true,
		concurrency: 0,
		extraBody: {},
	};

	it.each([undefined, {}])('has its defaults for %j', (value) => {
		expect(options(value)).toEqual(defaults);
	});

	it.each(Object.keys({ ...defaults, bodyJson: {} }))(
		'has the default for %s when an expression gives nothing',
		(name) => {
			for (const value of [null, undefined, ''])
				expect(options({ [name]: value })).toEqual(defaults);
		},
	);

	it('reads all of them', () => {
		const given = {
			binaryProperty: ' photo ',
			outputMode: 'One Item per Input Item',
			whenUnavailable: 'OUTPUT',
			timeout: '60',
			pollInterval: 2.5,
			includeLocation: true,
			includeUrl: 'no',
			concurrency: 2.2,
			bodyJson: '{ "quality": "high" }',
		};
		expect(options(given)).toEqual({
			binaryProperty: 'photo',
			outputMode: 'source',
			whenUnavailable: 'output',
			timeout: 60_000,
			pollInterval: 2_500,
			includeLocation: true,
			includeUrl: false,
			concurrency: 3,
			extraBody: { quality: 'high' },
		});
	});

	it.each([
		[{ binaryProperty: ' ' }, 'Put Output File in Field is empty: enter a text such as data'],
		[{ outputMode: 'zip' }, 'Output must be one of: One Item per Image, One Item per Input Item'],
		[
			{ whenUnavailable: 'ignore' },
			'When Image Is Not Available must be one of: Output the Item, Throw an Error',
		],
		[{ binaryProperty: '__proto__' }, 'Put Output File in Field cannot be “__proto__”'],
		[{ timeout: 0 }, 'Timeout (Seconds) must be a number greater than 0, but is “0”'],
		[
			{ pollInterval: 'often' },
			'Longest Polling Interval (Seconds) must be a number greater than 0, but is “often”',
		],
		[{ concurrency: -1 }, 'Concurrent Requests must be a number that is not below 0, but is “-1”'],
		[
			{ bodyJson: '[1]' },
			'Additional Request Body Fields must be a JSON object such as { "name": "value" }',
		],
	])('cannot read %j', (value, message) => {
		expect(() => options(value)).toThrow(message);
	});
});

describe('What is waited for and downloaded', () => {
	it('is the image with Capture, unless it is not to be downloaded', () => {
		expect(readCapture({})).toMatchObject({ wait: true, download: true });
		expect(readCapture({ downloadImage: false })).toMatchObject({ wait: true, download: false });
	});

	it('is nothing with Start, whatever is left of other parameters', () => {
		const start = readStartInput(
			contextOf({ ...SOURCE, waitForImage: true, downloadImage: true }),
			0,
		);
		expect(start).toMatchObject({ wait: false, download: false });
	});

	it('is with Get what the user says', () => {
		expect(readGet({})).toMatchObject({ wait: false, download: true });
		expect(readGet({ waitForImage: true, downloadImage: false })).toMatchObject({
			wait: true,
			download: false,
		});
		expect(readGet({ waitForImage: 'yes', downloadImage: 0 })).toMatchObject({
			wait: true,
			download: false,
		});
		expect(() => readGet({ waitForImage: 'perhaps' })).toThrow(
			'Wait for Image must be true or false, but is “perhaps”',
		);
	});
});

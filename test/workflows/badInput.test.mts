import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { from, POST, useMotiveWorld, vehicleByNumber, vehicleById } from './motive.mts';

const world = useMotiveWorld();

type Case = [what: string, parameters: INodeParameters, message: string];

async function expectRefusal(
	operation: string,
	parameters: INodeParameters,
	message: string,
): Promise<void> {
	const run = await world.run(operation, { ...from('T-118'), ...parameters });
	expect(run.error?.message).toContain(message);
	expect(run.status).toBe('error');
	expect(world.simulator.requests).toEqual([]);
}

const wrongId = 'Request ID must be a number such as 90312, but is ';
const wrongType = 'Camera Type must be one word';

describe('Get sends no request', () => {
	it.each<Case>([
		['without a request ID', { requestId: '={{ "" }}' }, wrongId],
		['for a request ID of zero', { requestId: 0 }, wrongId],
		['for a negative request ID', { requestId: -5 }, wrongId],
		['for half a request ID', { requestId: 1.5 }, wrongId],
		['for a request ID in words', { requestId: 'canceled' }, wrongId],
		['for a request ID that leads elsewhere', { requestId: '5/../../vehicles' }, wrongId],
		['for a request ID in another notation', { requestId: '0x10' }, wrongId],
		['for a request ID beyond int32', { requestId: 2_147_483_648 }, wrongId],
		[
			'for a request ID that an expression does not find',
			{ requestId: '={{ $json.nothing }}' },
			wrongId,
		],
		[
			'for a camera type that leads elsewhere',
			{ requestId: 5, cameraType: '../vehicles' },
			wrongType,
		],
	])('%s', async (_, parameters, message) => expectRefusal('get', parameters, message));
});

describe('Capture sends no request', () => {
	it.each<Case>([
		['without a vehicle', { vehicleId: vehicleById('={{ "" }}') }, 'Vehicle is empty'],
		[
			'for a vehicle ID that is none',
			{ vehicleId: vehicleById('={{ -5 }}') },
			'Vehicle ID must be a number such as 1040021, but is “-5”',
		],
		[
			'for a vehicle number of spaces',
			{ vehicleId: vehicleByNumber('  ') },
			'Vehicle Number is empty',
		],
		[
			'without an asset',
			{ captureFrom: 'asset', assetId: vehicleById('={{ "" }}') },
			'Asset is empty',
		],
		[
			'for anything but vehicles and assets',
			{ ...from('TRL-204'), captureFrom: '={{ "driver" }}', positions: ['rear'] },
			'Capture From must be one of: Asset, Vehicle, but is “driver”',
		],
		['without positions', { positions: '={{ [] }}' }, 'Positions is empty'],
		[
			'for a position that does not exist',
			{ positions: ['={{ "roof" }}'] },
			'Positions has “roof”',
		],
		[
			'for a dashcam on an asset',
			{ ...from('TRL-204'), positions: ['front_facing'] },
			'but asset cameras are: All Cameras, Rear, Side Left, Side Right',
		],
		[
			'for fields that are not JSON',
			{ options: { bodyJson: '{ "a": ' } },
			'Additional Request Body Fields must be a JSON object',
		],
		[
			'for fields that are a list',
			{ options: { bodyJson: '[1]' } },
			'Additional Request Body Fields must be a JSON object',
		],
		[
			'without a name for the file',
			{ options: { binaryProperty: ' ' } },
			'Put Output File in Field is empty',
		],
		[
			'for a timeout of zero',
			{ options: { timeout: 0 } },
			'Timeout (Seconds) must be a number greater than 0',
		],
		[
			'for an interval in words',
			{ options: { pollInterval: 'often' } },
			'Longest Polling Interval (Seconds) must be a number',
		],
		[
			'for no concurrent requests',
			{ options: { concurrency: -1 } },
			'Concurrent Requests must be a number',
		],
		[
			'for an unknown output',
			{ options: { outputMode: '={{ "zip" }}' } },
			'Output must be one of: One Item per Image, One Item per Input Item, but is “zip”',
		],
		[
			'for an unknown end',
			{ options: { whenUnavailable: '={{ "ignore" }}' } },
			'When Image Is Not Available must be one of',
		],
	])('%s', async (_, parameters, message) => expectRefusal('capture', parameters, message));
});

it('One wrong item keeps every other from being started, when one failure stops the node', async () => {
	const run = await world.run(
		'capture',
		{ vehicleId: vehicleById('={{ $json.id }}') },
		{ items: [{ json: { id: 1040021 } }, { json: { id: -5 } }] },
	);
	expect(run.error?.message).toBe(
		'Vehicle ID must be a number such as 1040021, but is “-5”. To pick it by its name, choose From List [item 1]',
	);
	expect(run.error?.context).toMatchObject({ itemIndex: 1 });
	expect(world.simulator.requests).toEqual([]);
});

it('One wrong item fails alone when the node goes on', async () => {
	const run = await world.run(
		'capture',
		{ vehicleId: vehicleById('={{ $json.id }}') },
		{
			items: [{ json: { id: -5 } }, { json: { id: 1040021 } }],
			node: { onError: 'continueRegularOutput' },
		},
	);
	expect(run.items).toMatchObject([
		{
			json: {
				error:
					'Vehicle ID must be a number such as 1040021, but is “-5”. To pick it by its name, choose From List',
			},
			pairedItem: { item: 0 },
		},
		{ json: { state: 'ready' }, pairedItem: { item: 1 } },
	]);
	expect(world.simulator.received(POST)).toHaveLength(1);
});

it('Nothing is sent when every item is wrong', async () => {
	const run = await world.run(
		'capture',
		{ vehicleId: vehicleById('={{ "" }}') },
		{ node: { onError: 'continueRegularOutput' } },
	);
	expect(run.items).toEqual([
		{
			json: { error: 'Vehicle is empty: choose one from the list or enter its ID' },
			pairedItem: { item: 0 },
		},
	]);
	expect(world.simulator.requests).toEqual([]);
});

it('A credential that n8n cannot read is not taken for a Motive that is out of reach', async () => {
	const run = await world.run('capture', from('T-118'), {
		onCredentialRead: () => {
			throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
		},
	});
	expect(run.error).toMatchObject({
		message: 'n8n could not read the Motive credential',
		description: 'Nothing was sent to Motive. n8n says: “connect ECONNREFUSED 127.0.0.1:5432”',
	});
	expect(world.simulator.requests).toEqual([]);
});

describe('A credential with a wrong Base URL', () => {
	const credentials = { motiveApi: { apiKey: 'key', baseUrl: 'api.gomotive.com' } };
	const error =
		'The Base URL of the Motive credential is not a web address: https:// is missing in front';

	it('is named as what is wrong', async () => {
		const run = await world.run('capture', from('T-118'), { credentials });
		expect(run.error).toMatchObject({
			message: error,
			description:
				'Open the credential and correct the Base URL. It usually is https://api.gomotive.com.',
		});
	});

	it('fails every item when the node goes on', async () => {
		const items = [{ json: { id: 1 } }, { json: { id: 2 } }];
		const run = await world.run('capture', from('T-118'), {
			credentials,
			items,
			node: { onError: 'continueRegularOutput' },
		});
		expect(run.items).toEqual([
			{ json: { error }, pairedItem: { item: 0 } },
			{ json: { error }, pairedItem: { item: 1 } },
		]);
	});
});

it.each(['often', -1, '60/min'])(
	'A credential with the Requests per Minute “%s” is named as what is wrong',
	async (requestsPerMinute) => {
		const credentials = {
			motiveApi: { apiKey: 'key', baseUrl: world.simulator.url, requestsPerMinute },
		};
		const run = await world.run('capture', from('T-118'), { credentials });
		expect(run.error).toMatchObject({
			message: 'The Requests per Minute of the Motive credential is not a number greater than 0',
			description:
				'Open the credential and correct the Requests per Minute. Leave it at 0 if Motive has named no limit.',
		});
		expect(world.simulator.requests).toEqual([]);
	},
);

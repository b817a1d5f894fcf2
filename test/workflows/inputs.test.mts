/** What expressions, agents, databases and old exports put into parameters, and what people paste into credentials. */
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { defaultFleet, type Device } from '../simulator/fleet.mts';
import { isRecord } from '../simulator/values.mts';
import {
	from,
	IMAGE,
	LOOKUP,
	POLL,
	POST,
	useMotiveWorld,
	vehicleById,
	vehicleByNumber,
} from './motive.mts';

/** Written in composed Unicode: one character for ü. */
const composed: Device = {
	kind: 'vehicle',
	id: 1040099,
	name: 'Zürich 7'.normalize('NFC'),
	status: 'active',
	cameras: ['front_facing'],
};

const CREATE = 'POST /v1/video_recall_requests';

const world = useMotiveWorld({ fleet: [...defaultFleet, composed] });

/** An expression that gives this value. */
const expression = (value: unknown) =>
	value === undefined ? '={{ undefined }}' : `={{ ${JSON.stringify(value)} }}`;

/** Lets go through what comes after a row of a table that has only values. */
const each = <T,>(...values: T[]): Array<[T]> => values.map((value) => [value]);

const positionsAsked = () =>
	world.simulator.received(POST).map(({ body }) => (isRecord(body) ? body['position'] : undefined));

async function capture(parameters: INodeParameters) {
	return await world.run('capture', { ...from('T-118'), ...parameters });
}

async function safetyEvents(filters: INodeParameters, rest: INodeParameters = { returnAll: true }) {
	return await world.run('getAll', { resource: 'safetyEvent', filters, ...rest });
}

const typesIn = ({ items }: Awaited<ReturnType<typeof safetyEvents>>) =>
	[...new Set(items.map(({ json }) => json['type']))].sort();

describe('A switch', () => {
	const on = each<unknown>('true', 'TRUE', ' True ', 1, '1', 'yes', 'On');
	const off = each<unknown>('false', 'False', 0, '0', 'no', 'OFF');

	it.each(on)('is on as %j', async (value) => {
		await world.run('start', from('T-118'));
		const parameters = { requestId: 90301, waitForImage: expression(value) };
		const { items } = await world.run('get', parameters);
		expect(items).toMatchObject([{ json: { state: 'ready' }, binary: { data: {} } }]);
	});

	it.each(off)('is off as %j', async (value) => {
		const { items } = await capture({ downloadImage: expression(value) });
		expect(items).toMatchObject([{ json: { state: 'ready' } }]);
		expect(world.simulator.received(IMAGE)).toEqual([]);
	});

	it('that asks for all results does so as text', async () => {
		const { items } = await safetyEvents({}, { returnAll: expression('true') });
		expect(items.length).toBeGreaterThan(400);
	});

	it.each(off)('keeps the link out of everything as %j', async (value) => {
		const run = await capture({ options: { includeUrl: expression(value) } });
		expect(run.items).toHaveLength(1);
		expect(run.stored).not.toContain('X-Amz-Signature');
	});

	it.each(each<unknown>('maybe', 2, [], {}, 'nil'))(
		'that says %j is refused by name',
		async (value) => {
			const run = await capture({ options: { includeUrl: expression(value) } });
			expect(run.error?.message).toMatch(/^Include Image URL must be true or false, but is “/);
			expect(world.simulator.requests).toEqual([]);
		},
	);
});

describe('A list', () => {
	it.each(
		each<unknown>(
			['crash', 'hard_brake'],
			'crash, hard_brake',
			'["crash","hard_brake"]',
			'Crash,Hard Brake',
			['CRASH', 'hard-brake'],
		),
	)('of types is read from %j', async (types) => {
		expect(typesIn(await safetyEvents({ types: expression(types) }))).toEqual([
			'crash',
			'hard_brake',
		]);
	});

	it.each(each<unknown>('rear', ['rear'], '["rear"]', 'Rear', ' REAR ', '[ "Rear" ]'))(
		'of positions is read from %j',
		async (positions) => {
			await capture({ positions: expression(positions) });
			expect(positionsAsked()).toEqual(['rear']);
		},
	);

	it.each(each('front_facing', 'Front Facing', 'Front_Facing', 'front-facing', 'FRONT FACING'))(
		'of positions knows the camera “%s”',
		async (position) => {
			await capture({ positions: expression([position, 'Side Left']) });
			expect(positionsAsked()).toEqual(['front_facing', 'side_left']);
		},
	);

	it('of positions knows All Cameras by its label', async () => {
		await capture({ positions: expression('All Cameras') });
		expect(positionsAsked()).toHaveLength(5);
	});

	it.each([
		[{ driverIds: expression('[20011, "20013"]') }, 'driver_id', [20011, 20013] as unknown[]],
		[{ vehicleIds: expression('1040022') }, 'vehicle_id', [1040022]],
		[{ severities: expression('High, Not Given') }, 'severity', ['high', null]],
	])('as %j is a filter', async (filters, field, values) => {
		const { items } = await safetyEvents(filters);
		expect(new Set(items.map(({ json }) => json[field]))).toEqual(new Set(values));
	});
});

describe('A filter', () => {
	const nothing = '={{ $json.driver?.id }}';
	const cases: Array<[string, string]> = [
		['driverIds', 'Driver Names or IDs'],
		['from', 'From'],
		['severities', 'Severities'],
		['types', 'Types'],
		['until', 'Until'],
		['updatedAfter', 'Updated After'],
		['vehicleIds', 'Vehicle Names or IDs'],
	];

	it.each(cases)('(%s) whose expression finds nothing is refused by name', async (name, label) => {
		for (const value of [nothing, '={{ null }}']) {
			const run = await safetyEvents({ [name]: value });
			expect(run.error?.message).toMatch(new RegExp(`^${label} `));
		}
		expect(world.simulator.requests).toEqual([]);
	});

	it.each([
		['driverIds', 'Driver Names or IDs'],
		['types', 'Types'],
		['severities', 'Severities'],
	])('(%s) with nothing among its values is refused by name', async (name, label) => {
		for (const value of [['20011', null], '["20011",null]', ',', [{ id: 20011 }], '["2']) {
			const run = await safetyEvents({ [name]: expression(value) });
			expect(run.error?.message).toMatch(new RegExp(`^${label} `));
		}
		expect(world.simulator.requests).toEqual([]);
	});

	it('that was left empty does not count', async () => {
		const empty = { driverIds: '', from: '', severities: [], types: [], vehicleIds: [] };
		expect((await safetyEvents(empty)).items.length).toBeGreaterThan(400);
	});

	it('for status is chosen by its label', async () => {
		const parameters = { resource: 'vehicle', filters: { status: expression('Deactivated') } };
		const { items } = await world.run('getAll', parameters);
		expect(items.map(({ json }) => json['number'])).toEqual(['T-127']);
	});
});

describe('An option that is empty', () => {
	const options = [
		'binaryProperty',
		'bodyJson',
		'concurrency',
		'includeLocation',
		'includeUrl',
		'outputMode',
		'pollInterval',
		'timeout',
		'whenUnavailable',
	];

	it.each(each<unknown>('', null, undefined))('as %j has its default', async (value) => {
		const empty = Object.fromEntries(options.map((name) => [name, expression(value)]));
		const run = await capture({ options: empty });
		expect(run.error).toBeUndefined();
		expect(run.items).toMatchObject([{ json: { state: 'ready' }, binary: { data: {} } }]);
		expect(run.stored).toContain('X-Amz-Signature');
	});
});

describe('A choice', () => {
	it('is taken by its label', async () => {
		const options = { outputMode: expression('One item per input item') };
		const both = {
			captureFrom: expression('Vehicle'),
			assetId: vehicleById(55301),
			positions: ['front_facing'],
		};
		const run = await capture({ ...both, options });
		expect(run.items).toMatchObject([{ binary: { front_facing: {} } }]);
	});

	it('of camera type is taken in any case', async () => {
		await world.run('start', from('T-118'));
		const { items } = await world.run('get', {
			requestId: 90301,
			cameraType: expression('DashCam'),
		});
		expect(items).toMatchObject([{ json: { request_id: 90301 } }]);
		expect(world.simulator.received(POLL)[0]?.path).toContain('/dashcam/');
	});

	it('of a length is taken as text', async () => {
		const recall = { recallType: expression('Timelapse'), duration: expression('5 Minutes') };
		await world.run('create', {
			resource: 'videoRecall',
			recallFrom: 'vehicle',
			vehicleId: vehicleByNumber('T-118'),
			startTime: '2026-07-01T08:00:00Z',
			...recall,
		});
		expect(world.simulator.received(CREATE)).toMatchObject([
			{ body: { duration: 5, recall_type: 'timelapse' } },
		]);
	});
});

describe('A moment', () => {
	it.each([
		['2026-07-01 12:00:00+00'],
		['2026-07-01T14:00:00+02:00[Europe/Berlin]'],
		['2026-07-01T14:00:00[Europe/Berlin]'],
		['1782907200'],
		['1782907200000'],
		['={{ 1782907200 }}'],
		['={{ new Date("2026-07-01T12:00:00Z") }}'],
		['={{ $now }}'],
		['={{ $now.setZone("Asia/Tokyo") }}'],
		['={{ $now.toISO() }}'],
	])('is read from %s', async (eventTime) => {
		const parameters = { resource: 'safetyEvent', eventId: 1, eventTime };
		const run = await world.run('getMedia', parameters);
		expect(run.error?.message).toBe('Motive lists no safety event 1 around 2026-07-01');
	});

	it.each([
		['={{ ({ a: 1 }) }}', '{"a":1}'],
		['yesterday', 'yesterday'],
	])('is not read from %s, and the text says what was given', async (eventTime, shown) => {
		const run = await world.run('getMedia', { resource: 'safetyEvent', eventId: 1, eventTime });
		expect(run.error?.message).toBe(
			`Event Time must be a date and time such as 2026-07-01T12:00:00Z, but is “${shown}”`,
		);
		expect(world.simulator.requests).toEqual([]);
	});

	it('that is now counts as past, also where the clock of n8n is slow', async () => {
		const recall = (startTime: string) =>
			world.run('create', {
				resource: 'videoRecall',
				recallFrom: 'vehicle',
				vehicleId: vehicleByNumber('T-118'),
				recallType: 'regular',
				duration: 1,
				startTime,
			});
		const run = await recall('2026-07-01T12:30:00Z');
		expect(run.error?.message).toContain('Start Time is in the future');
		expect(world.simulator.requests).toEqual([]);
		// By the clock of n8n it is in the future.
		await recall('2026-07-01T12:01:00Z');
		expect(world.simulator.received(CREATE)).toMatchObject([
			{ body: { start_time: '2026-07-01T12:01:00.000Z' } },
		]);
	});
});

describe('A vehicle', () => {
	const decomposed = composed.name.normalize('NFD');

	it('is found by a number in decomposed Unicode', async () => {
		const run = await capture({ vehicleId: vehicleByNumber(decomposed) });
		expect(run.items).toMatchObject([{ json: { vehicle: { id: composed.id } } }]);
	});

	it('is found where the lookup gives its ID as text', async () => {
		const asText = (body: answers.JsonObject) => ({
			vehicle: { ...(isRecord(body['vehicle']) && body['vehicle']), id: '1040021' },
		});
		world.simulator.faults.add({ on: LOOKUP, answer: answers.edit(asText) });
		const run = await capture({ vehicleId: vehicleByNumber('T-118') });
		expect(run.items).toMatchObject([{ json: { state: 'ready' } }]);
		expect(world.simulator.received(POST)).toMatchObject([{ body: { vehicle_id: 1040021 } }]);
	});

	it.each<[string, INodeParameters[string]]>([
		['as plain text', 'T-118'],
		['by an expression for the whole picker', '={{ "T-118" }}'],
		['under By ID', vehicleById('T-118')],
		['where the list was', { __rl: true, mode: 'list', value: '={{ " T-118 " }}' }],
		['by the label of the way to pick', { __rl: true, mode: 'By Number', value: 'T-118' }],
	])('is found by its number %s', async (_, vehicleId) => {
		const run = await capture({ vehicleId });
		expect(run.items).toMatchObject([{ json: { vehicle: { id: 1040021 } } }]);
	});

	it('is found for an agent that was told nothing of IDs', async () => {
		const text = await world.inTime(
			async () =>
				await world.engine.runTool({
					parameters: {
						resource: 'imageCapture',
						operation: 'capture',
						vehicleId: { __rl: true, mode: 'id', value: "={{ $fromAI('Vehicle', ``, 'string') }}" },
					},
					args: { Vehicle: 'T-118' },
				}),
		);
		expect(JSON.parse(text)).toMatchObject([{ vehicle_id: 1040021 }]);
	});

	it('that has no number is refused by name', async () => {
		const run = await capture({ vehicleId: vehicleById('={{ null }}') });
		expect(run.error?.message).toMatch(/^Vehicle is empty/);
		expect(world.simulator.requests).toEqual([]);
	});
});

it('The name of an asset under By ID is refused with the way to choose it', async () => {
	const run = await capture({ captureFrom: 'asset', assetId: vehicleById('TRL-204') });
	expect(run.error?.message).toBe(
		'Asset ID must be a number such as 55301, but is “TRL-204”. To pick it by its name, choose From List',
	);
	expect(world.simulator.requests).toEqual([]);
});

it.each(each('__proto__', 'constructor', 'prototype'))(
	'The file field %s is refused by name',
	async (binaryProperty) => {
		const run = await capture({ options: { binaryProperty } });
		expect(run.error?.message).toMatch(/^Put Output File in Field cannot be “/);
		expect(world.simulator.requests).toEqual([]);
	},
);

it('Items have their own timeouts', async () => {
	world.simulator.setLatency({ kind: 'never' });
	const run = await world.run(
		'capture',
		{ ...from('T-118'), options: { timeout: '={{ $json.t }}' } },
		{
			items: [{ json: { t: 4 } }, { json: { t: '40' } }],
			node: { onError: 'continueRegularOutput' },
		},
	);
	expect(run.items.map(({ json }) => json['error'])).toEqual([
		expect.stringMatching(/after 4 seconds/),
		expect.stringMatching(/after 40 seconds/),
	]);
	expect(run.took).toBeGreaterThanOrEqual(40_000);
});

describe('A credential', () => {
	const runWith = async (motiveApi: ICredentialDataDecryptedObject) =>
		await world.run('capture', from('T-118'), { credentials: { motiveApi } });

	it.each([
		['a line break behind it', (text: string) => `${text}\n`],
		['a zero-width space behind it', (text: string) => `${text}\u200b`],
		['a byte order mark before it', (text: string) => `\ufeff${text}`],
		['a no-break space and a tab around it', (text: string) => `\u00a0${text}\t`],
		['a line break in the middle', (text: string) => `${text.slice(0, 8)}\r\n${text.slice(8)}`],
	])('works with %s', async (_, pasted) => {
		const { apiKey, url } = world.simulator;
		const run = await runWith({ apiKey: pasted(apiKey), baseUrl: pasted(url) });
		expect(run.items).toMatchObject([{ json: { state: 'ready' } }]);
		expect(world.simulator.received(POST)[0]?.headers['x-api-key']).toBe(apiKey);
	});

	it.each([
		['api.gomotive.com', 'is not a web address: https:// is missing in front'],
		['  ', 'is empty'],
		['ftp://api.gomotive.com', 'is not a web address'],
		['https://api.gomotive.com/v1', 'has “/v1” too much at its end'],
		['https://api.gomotive.com/v1/companies/', 'has “/v1/companies” too much at its end'],
		['https://app.gomotive.com/#/fleet', 'is more than the address of the API'],
	])('with the Base URL “%s” is refused in words', async (baseUrl, reason) => {
		const run = await runWith({ apiKey: 'key', baseUrl });
		expect(run.error).toMatchObject({
			message: `The Base URL of the Motive credential ${reason}`,
			description:
				'Open the credential and correct the Base URL. It usually is https://api.gomotive.com.',
		});
	});

	it.each([0, '', '90'])('with the Requests per Minute “%s” works', async (perMinute) => {
		const { apiKey, url } = world.simulator;
		const run = await runWith({ apiKey, baseUrl: url, requestsPerMinute: perMinute });
		expect(run.items).toMatchObject([{ json: { state: 'ready' } }]);
	});
});

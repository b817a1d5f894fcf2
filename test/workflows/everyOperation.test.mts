import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { Motive } from '../../nodes/Motive/Motive.node.ts';
import { firstRequestId, from, IMAGE, useMotiveWorld, vehicleById } from './motive.mts';

const world = useMotiveWorld({ recallLatency: { kind: 'constant', ms: 60_000 } });

const picked = { __rl: true, mode: 'id' };
const recall = {
	recallFrom: 'vehicle',
	vehicleId: vehicleById(1_040_021),
	startTime: '2026-07-01T08:00:00Z',
	recallType: 'regular',
	duration: 1,
	cameraPositions: ['front_facing'],
};

/** Parameters with which each operation succeeds; some need something that has to be made first. */
const calls: Record<string, INodeParameters | (() => Promise<INodeParameters>)> = {
	'asset.get': { assetId: { ...picked, value: '55301' } },
	'asset.getAll': {},
	'driver.get': { driverId: { ...picked, value: '20011' } },
	'driver.getAll': {},
	'imageCapture.capture': from('T-118'),
	'imageCapture.get': async () => {
		await run('imageCapture.start', from('T-118'));
		return { cameraType: 'dashcam', requestId: firstRequestId, waitForImage: true };
	},
	'imageCapture.start': from('T-118'),
	'incidentReport.create': { event: { id: 3328319, type: 'hard_brake' } },
	'safetyEvent.get': async () => await newestEvent(),
	'safetyEvent.getAll': {},
	'safetyEvent.getMedia': async () => ({ ...(await newestEvent()), waitForMedia: true }),
	'speedingEvent.getAll': {},
	'vehicle.get': { vehicleId: vehicleById(1_040_021) },
	'vehicle.getAll': {},
	'vehicle.getLocation': { vehicleId: vehicleById(1_040_021) },
	'videoRecall.create': { ...recall, waitForVideo: true },
	'videoRecall.get': async () => {
		await run('videoRecall.create', recall);
		return { recallId: '8f0c1a', waitForVideo: true };
	},
	'videoRecall.getQuota': {},
};

function named(key: string): INodeParameters {
	const [resource = '', operation = ''] = key.split('.');
	return { resource, operation };
}

async function run(key: string, parameters: INodeParameters) {
	return await world.inTime(
		async () => await world.engine.runNode({ parameters: { ...named(key), ...parameters } }),
	);
}

/** The parameters that name the newest safety event. */
async function newestEvent(): Promise<INodeParameters> {
	const { items } = await run('safetyEvent.getAll', { limit: 1 });
	const { id, start_time: eventTime } = z
		.object({ id: z.number(), start_time: z.string() })
		.parse(items[0]?.json);
	return { eventId: id, eventTime };
}

async function parametersFor(key: string): Promise<INodeParameters> {
	const call = calls[key];
	return (typeof call === 'function' ? await call() : call) ?? {};
}

const choice = z.object({ value: z.string(), action: z.string().optional() });

/** Every operation of the node, as `resource.operation`. */
function everyOperation(): string[] {
	return new Motive().description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) => {
			const [resource] = z.array(z.string()).parse(displayOptions?.show?.['resource']);
			return z
				.array(choice)
				.parse(options)
				.map(({ value }) => `${resource ?? ''}.${value}`);
		})
		.sort();
}

/** What the editor shows of an operation before the first run. */
const schema = z
	.object({ type: z.literal('object'), properties: z.record(z.unknown()) })
	.passthrough();

function schemaOf(key: string): z.infer<typeof schema> {
	const file = new URL(
		`../../nodes/Motive/__schema__/v1.0.0/${key.replace('.', '/')}.json`,
		import.meta.url,
	);
	return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The schemas only name types. null, for what is not known, fits all of them. */
const ajv = new Ajv({ allErrors: true, keywords: ['version'] });

/** What in an item contradicts its schema. */
function contradictions(promised: z.infer<typeof schema>, json: unknown): string[] {
	const known: unknown = JSON.parse(
		JSON.stringify(json),
		(_, value: unknown) => value ?? undefined,
	);
	ajv.validate(promised, known);
	return (ajv.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

it('The table of calls has every operation', () => {
	expect(Object.keys(calls).sort()).toEqual(everyOperation());
});

it.each(Object.keys(calls))('%s gives what the editor shows before the first run', async (key) => {
	const { error, items } = await run(key, await parametersFor(key));
	expect(error).toBeUndefined();
	const promised = schemaOf(key);
	const given = new Set(items.flatMap(({ json }) => Object.keys(json)));
	expect(Object.keys(promised.properties).filter((name) => !given.has(name))).toEqual([]);
	expect(items.flatMap(({ json }) => contradictions(promised, json))).toEqual([]);
	for (const { pairedItem } of items) expect([pairedItem].flat()).toEqual([{ item: 0 }]);
});

/** Agents get no files from tools, and this one has nothing else to give. */
const ONLY_FILES = 'incidentReport.create';

it.each(Object.keys(calls).filter((key) => key !== ONLY_FILES))(
	'%s gives an agent JSON, and downloads nothing',
	async (key) => {
		const parameters = { ...named(key), ...(await parametersFor(key)) };
		const text = await world.inTime(async () => await world.engine.runTool({ parameters }));
		expect(z.array(z.record(z.unknown())).min(1).parse(JSON.parse(text))[0]).not.toEqual({});
		expect([...world.simulator.received(IMAGE), ...world.simulator.received('GET video')]).toEqual(
			[],
		);
	},
);

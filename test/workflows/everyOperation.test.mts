import { readFileSync } from 'node:fs';

import type { INodeParameters } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { Motive } from '../../nodes/Motive/Motive.node.ts';
import { from, IMAGE, useMotiveWorld, vehicleById } from './motive.mts';

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

/** Parameters with which each operation succeeds; some need something to be there before. */
const calls: Record<string, INodeParameters | (() => Promise<INodeParameters>)> = {
	'asset.get': { assetId: { ...picked, value: '55301' } },
	'asset.getAll': {},
	'imageCapture.capture': from('T-118'),
	'imageCapture.get': async () => {
		await run('imageCapture.start', from('T-118'));
		return { cameraType: 'dashcam', requestId: 90_301, waitForImage: true };
	},
	'imageCapture.start': from('T-118'),
	'safetyEvent.getAll': {},
	'safetyEvent.getMedia': async () => {
		const { items } = await run('safetyEvent.getAll', { limit: 1 });
		const { id, start_time: eventTime } = z
			.object({ id: z.number(), start_time: z.string() })
			.parse(items[0]?.json);
		return { eventId: id, eventTime, waitForMedia: true };
	},
	'speedingEvent.getAll': {},
	'vehicle.get': { vehicleId: vehicleById(1_040_021) },
	'vehicle.getAll': {},
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

interface Schema {
	type: string;
	properties?: Record<string, Schema> | undefined;
	items?: Schema | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
	z.object({ type: z.string(), properties: z.record(schema).optional(), items: schema.optional() }),
);

function schemaOf(key: string): Schema {
	const file = new URL(
		`../../nodes/Motive/__schema__/v1.0.0/${key.replace('.', '/')}.json`,
		import.meta.url,
	);
	return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const jsonType = (value: unknown) =>
	Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

/** What a value has that its schema denies. */
function contradictions(
	{ type, properties = {}, items }: Schema,
	value: unknown,
	path: string,
): string[] {
	if (value === null || value === undefined) return [];
	const actual = jsonType(value);
	if (actual !== type && !(type === 'number' && actual === 'integer'))
		return [`${path} is ${actual}, not ${type}`];
	if (Array.isArray(value))
		return value.flatMap((each) => (items ? contradictions(items, each, `${path}[]`) : []));
	return Object.entries(properties).flatMap(([key, inner]) =>
		contradictions(inner, (value as Record<string, unknown>)[key], `${path}.${key}`),
	);
}

test('The table of calls has every operation', () => {
	expect(Object.keys(calls).sort()).toEqual(everyOperation());
});

test.each(Object.keys(calls))(
	'%s gives what the editor shows before the first run',
	async (key) => {
		const { error, items } = await run(key, await parametersFor(key));
		expect(error).toBeUndefined();
		const promised = schemaOf(key);
		const given = new Set(items.flatMap(({ json }) => Object.keys(json)));
		// Only where the option asks for it.
		given.add('location');
		expect(Object.keys(promised.properties ?? {}).filter((name) => !given.has(name))).toEqual([]);
		expect(items.flatMap(({ json }) => contradictions(promised, json, key))).toEqual([]);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	},
);

test.each(Object.keys(calls))('%s gives an agent JSON, and downloads nothing', async (key) => {
	const parameters = { ...named(key), ...(await parametersFor(key)) };
	const text = await world.inTime(async () => await world.engine.runTool({ parameters }));
	expect(z.array(z.record(z.unknown())).min(1).parse(JSON.parse(text))[0]).not.toEqual({});
	expect([...world.simulator.received(IMAGE), ...world.simulator.received('GET video')]).toEqual(
		[],
	);
});

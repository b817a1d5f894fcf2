import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import * as shapes from '../simulator/shapes.mts';
import { useMotiveWorld } from './motive.mts';

const SAFETY = 'GET /v2/driver_performance_events';
const SPEEDING = 'GET /v1/speeding_events';

const world = useMotiveWorld();

async function getMany(resource: string, parameters: INodeParameters = {}) {
	return await world.run('getAll', { resource, ...parameters });
}

async function safetyEvents(filters: INodeParameters): Promise<Array<INodeExecutionData['json']>> {
	return (await getMany('safetyEvent', { filters, returnAll: true })).items.map(({ json }) => json);
}

/** The different values of a field. */
function valuesOf(rows: Array<INodeExecutionData['json']>, field: string): unknown[] {
	return [...new Set(rows.map((row) => row[field]))];
}

/** Runs the node in a workflow with this time zone. */
async function runIn(timezone: string, parameters: INodeParameters) {
	const rest = { typeVersion: 1, position: [0, 0] as [number, number] };
	const start = {
		...rest,
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		parameters: {},
	};
	const node = { ...rest, id: 'node', name: 'Motive', type: 'n8n-nodes-motive.motive', parameters };
	const connections = { Start: { main: [[{ node: 'Motive', type: 'main' as const, index: 0 }]] } };
	const workflow = { nodes: [start, node], connections, settings: { timezone } };
	return await world.inTime(async () => await world.engine.runWorkflow(workflow));
}

const queryOf = (index: number) => world.simulator.requests[index]?.query;
const paging = { per_page: '100', page_no: '1' };

describe('Safety Event → Get Many', () => {
	it('gives the newest 50 as rows of a table, with one request', async () => {
		const { items } = await getMany('safetyEvent');
		expect(items).toHaveLength(50);
		const row = z.strictObject({
			id: z.number(),
			type: z.string(),
			severity: z.string().nullable(),
			start_time: z.string().datetime(),
			location: z.string().nullable(),
			vehicle_id: z.number(),
			vehicle_number: z.string().startsWith('T-1'),
			driver_id: z.number().nullable(),
			driver_name: z.string().nullable(),
			coaching_status: z.string(),
		});
		const item = z.strictObject({
			json: row,
			pairedItem: z.strictObject({ item: z.literal(0) }),
		});
		for (const each of items) item.parse(each);
		expect(world.simulator.requests).toHaveLength(1);
	});

	it('reads every page for Return All, in the order of Motive', async () => {
		const { items } = await getMany('safetyEvent', { returnAll: true });
		const times = items.map(({ json }) => json['start_time'] as string);
		expect(items.length).toBeGreaterThan(400);
		expect(times).toEqual([...times].sort().reverse());
		expect(new Set(items.map(({ json }) => json['id'])).size).toBe(items.length);
		expect(world.simulator.received(SAFETY)).toHaveLength(Math.ceil(items.length / 100));
	});

	it('writes null where Motive writes nothing, or “nil”', async () => {
		const rows = await safetyEvents({});
		expect(valuesOf(rows, 'location')).toContain(null);
		expect(valuesOf(rows, 'location')).not.toContain('nil');
		expect(valuesOf(rows, 'driver_id')).toContain(null);
	});

	it('gives everything that Motive says when it is not simplified', async () => {
		const { items } = await getMany('safetyEvent', { simplify: false, limit: 1 });
		expect(items[0]?.json).toMatchObject({
			m_gps_lat: [37.41, 37.42],
			vehicle: { make: 'Kenworth' },
		});
	});

	it('keeps to a time range to the second, though Motive takes days', async () => {
		const range = { from: '2026-06-20T10:00:00Z', until: '2026-06-21T22:00:00Z' };
		const times = valuesOf(await safetyEvents(range), 'start_time').map(String);
		expect(times.length).toBeGreaterThan(15);
		expect(times.filter((time) => time < range.from || time > range.until)).toEqual([]);
		expect(queryOf(0)).toEqual({ start_date: '2026-06-19', end_date: '2026-06-22', ...paging });

		const everything = await safetyEvents({});
		const inRange = everything
			.map((row) => row['start_time'] as string)
			.filter((time) => time >= range.from && time <= range.until);
		expect(times).toEqual(inRange);
	});

	it.each<[string, INodeParameters, INodeParameters, string, unknown[]]>([
		['of one type', { types: ['crash'] }, { event_types: 'crash' }, 'type', ['crash']],
		['of several types', { types: ['crash', 'tailgating'] }, {}, 'type', ['crash', 'tailgating']],
		[
			'of a type that is not listed',
			{ types: 'unsafe_parking' },
			{ event_types: 'unsafe_parking' },
			'type',
			['unsafe_parking'],
		],
		['of some severities', { severities: ['high', 'none'] }, {}, 'severity', ['high', null]],
		[
			'of a vehicle',
			{ vehicleIds: ['1040022'] },
			{ 'vehicle_ids[]': '1040022' },
			'vehicle_id',
			[1040022],
		],
		[
			'of some drivers',
			{ driverIds: '20011,20013' },
			{ 'driver_ids[]': ['20011', '20013'] },
			'driver_id',
			[20011, 20013],
		],
	])(
		'gives those %s, whatever Motive makes of the filter',
		async (_, filters, query, field, values) => {
			const all = await getMany('safetyEvent', { returnAll: true, simplify: false });
			const sent = world.simulator.requests.length;
			const rows = await safetyEvents(filters);
			expect(rows.length).toBeGreaterThan(5);
			expect(new Set(valuesOf(rows, field))).toEqual(new Set(values));
			expect(queryOf(sent)).toEqual({ ...query, ...paging });

			const driver_performance_events = all.items.map(({ json }) => json);
			world.simulator.faults.add({
				on: SAFETY,
				answer: answers.edit(() => ({ driver_performance_events, total: 1 })),
			});
			expect(await safetyEvents(filters)).toEqual(rows);
		},
	);

	it('asks Motive for what changed since a moment, because the events do not say when they changed', async () => {
		const rows = await safetyEvents({ updatedAfter: '2026-07-01T00:00:00Z' });
		expect(rows.length).toBeGreaterThan(5);
		expect(rows.length).toBeLessThan(60);
		expect(queryOf(0)).toEqual({ updated_after: '2026-07-01T00:00:00.000Z', ...paging });
	});

	it('looks for as many as Limit on as few pages as it takes', async () => {
		const filters = { severities: ['critical'] };
		const { items } = await getMany('safetyEvent', { limit: 30, filters });
		expect(items.map(({ json }) => json)).toEqual((await safetyEvents(filters)).slice(0, 30));
		expect(world.simulator.requests).toHaveLength(2 + 5);
	});

	it('takes a moment without a time zone as one of the workflow’s', async () => {
		const filters = { from: '2026-06-30T00:00:00', until: '2026-06-30' };
		const parameters = { resource: 'safetyEvent', operation: 'getAll', returnAll: true, filters };
		const run = await runIn('Asia/Tokyo', parameters);
		const times = run.items.map(({ json }) => json['start_time'] as string);
		expect(times.length).toBeGreaterThan(10);
		expect(
			times.filter((time) => time < '2026-06-29T15:00:00Z' || time >= '2026-06-30T15:00:00Z'),
		).toEqual([]);
	});

	it('takes times of Motive’s without a time zone as times of the workflow’s', async () => {
		const filters = { from: '2026-06-30T00:00:00', until: '2026-06-30' };
		const parameters = { resource: 'safetyEvent', operation: 'getAll', returnAll: true, filters };
		const idsIn = (run: Run) => run.items.map(({ json }) => json['id']);
		const expected = idsIn(await runIn('Asia/Tokyo', parameters));
		world.simulator.faults.add({ on: SAFETY, answer: shapes.localTimes('Asia/Tokyo') });
		expect(expected.length).toBeGreaterThan(10);
		expect(idsIn(await runIn('Asia/Tokyo', parameters))).toEqual(expected);
	});

	it('goes on when Motive asks to wait, and after it failed for a moment', async () => {
		world.simulator.faults.add({
			on: SAFETY,
			times: 1,
			answer: answers.error(429, 'slow down', { 'retry-after': '20' }),
		});
		world.simulator.faults.add({ on: SAFETY, times: 1, answer: answers.html(502) });
		const run = await getMany('safetyEvent', { returnAll: true });
		expect(run.items.length).toBeGreaterThan(400);
		expect(run.took).toBeGreaterThan(20_000);
	});

	it('has patience as long as Motive answers, and not much longer', async () => {
		// Two waits, each shorter than its patience, but together longer.
		world.simulator.faults.add({
			on: SAFETY,
			times: 1,
			answer: answers.error(429, 'slow down', { 'retry-after': '100' }),
		});
		world.simulator.faults.add({ on: SAFETY, times: 1 });
		world.simulator.faults.add({
			on: SAFETY,
			times: 1,
			answer: answers.error(429, 'slow down', { 'retry-after': '100' }),
		});
		const patient = await getMany('safetyEvent', { returnAll: true });
		expect(patient.items.length).toBeGreaterThan(400);
		expect(patient.took).toBeGreaterThanOrEqual(200_000);

		world.simulator.faults.add({ on: SAFETY, answer: answers.error(429) });
		const run = await getMany('safetyEvent', { returnAll: true });
		expect(run.error).toMatchObject({
			message: 'Too many requests for Motive right now (list of safety events)',
			description: expect.stringMatching(
				/^The node waited and tried again for some minutes\./,
			) as string,
		});
		expect(run.took).toBeLessThan(200_000);
	});

	it('ends at once when the execution is stopped', async () => {
		world.simulator.faults.add({ on: SAFETY, answer: answers.error(429) });
		const parameters = { resource: 'safetyEvent', operation: 'getAll' };
		const run = await world.inTime(
			async () => await world.engine.runNode({ parameters, cancelAfter: 5_000 }),
		);
		expect(run.status).toBe('canceled');
		expect(run.took).toBeLessThan(7_000);
	});

	it('says why Motive refuses', async () => {
		const run = await getMany('safetyEvent', {
			filters: { from: '2026-04-01T00:00:00Z', until: '2026-06-30T00:00:00Z' },
		});
		expect(run.error?.message).toBe(
			'Motive refused the list of safety events: Date range cannot be greater than 30 days',
		);
	});

	it('says when the answer is no list', async () => {
		world.simulator.faults.add({ on: SAFETY, answer: answers.edit(() => ({ data: [] })) });
		const run = await getMany('safetyEvent');
		expect(run.error?.message).toMatch(
			/^The answer to \/v2\/driver_performance_events is not a list/,
		);
	});
});

describe('Speeding Event → Get Many', () => {
	it('gives rows of a table, over several pages', async () => {
		const { items } = await getMany('speedingEvent', { returnAll: true });
		expect(items.length).toBeGreaterThan(250);
		expect(Object.keys(items[0]?.json ?? {})).toEqual([
			'id',
			'severity',
			'start_time',
			'duration',
			'max_over_speed_in_kph',
			'min_posted_speed_limit_in_kph',
			'vehicle_id',
			'vehicle_number',
			'driver_id',
			'driver_name',
		]);
	});

	it('filters what Motive does not', async () => {
		const filters = {
			vehicleIds: ['1040021'],
			driverIds: '20011',
			severities: ['high'],
			from: '2026-06-15T12:00:00Z',
		};
		const { items } = await getMany('speedingEvent', { filters, returnAll: true, simplify: false });
		expect(items.length).toBeGreaterThan(0);
		for (const { json } of items) {
			expect(json).toMatchObject({
				vehicle: { id: 1040021 },
				driver: { id: 20011 },
				metadata: { severity: 'high' },
			});
			expect(json['start_time']).toSatisfy((time: string) => time >= filters.from);
		}
		expect(queryOf(0)).toEqual({
			'vehicle_ids[]': '1040021',
			'driver_ids[]': '20011',
			start_date: '2026-06-15',
			...paging,
		});
	});

	it('understands entries with and without wrappers', async () => {
		const { items } = await getMany('speedingEvent', { limit: 3 });
		const wrapped = z.object({
			speeding_events: z.array(z.object({ speeding_event: z.record(z.unknown()) })),
		});
		const flat = (body: answers.JsonObject) => ({
			...body,
			speeding_events: wrapped.parse(body).speeding_events.map((row) => row.speeding_event),
		});
		world.simulator.faults.add({ on: SPEEDING, answer: answers.edit(flat) });
		expect((await getMany('speedingEvent', { limit: 3 })).items).toEqual(items);
	});
});

it('The choice of drivers for the filters has active ones first', async () => {
	const parameters = { resource: 'safetyEvent', operation: 'getAll' };
	const options = await world.inTime(
		async () => await world.engine.loadOptions('getDrivers', { parameters }),
	);
	expect(options[0]).toEqual({
		name: 'Ana Reyes · D-12 · ana.reyes@haulage.example',
		value: '20012',
	});
	expect(options.at(-1)?.name).toMatch(/^Kim Adeyemi .* · deactivated$/);
});

it('The choice of vehicles for the filters has active ones first', async () => {
	const parameters = { resource: 'safetyEvent', operation: 'getAll' };
	const options = await world.inTime(
		async () => await world.engine.loadOptions('getVehicles', { parameters }),
	);
	expect(options[0]).toEqual({
		name: 'T-118 · Sam Doe · 2021 Kenworth T680',
		value: '1040021',
	});
	expect(options.at(-1)?.name).toMatch(/ · deactivated$/);
});

it('An agent gets events as JSON', async () => {
	const parameters = {
		resource: 'safetyEvent',
		operation: 'getAll',
		filters: { types: "={{ $fromAI('Types', 'event types', 'string') }}" },
		limit: 2,
	};
	const text = await world.inTime(
		async () => await world.engine.runTool({ parameters, args: { Types: 'crash' } }),
	);
	const rows = JSON.parse(text) as Array<INodeExecutionData['json']>;
	expect(rows.map((row) => row['type'])).toEqual(['crash', 'crash']);
});

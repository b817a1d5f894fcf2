import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { runStart, secondsAt, useMotiveWorld, vehicleItems } from './motive.mts';

const LIST = 'GET /v2/driver_performance_events';
const HOUR = 3_600_000;

const world = useMotiveWorld();

/** Gets an event that began at the start of the run, once it was dealt with as a test wants. */
async function get(deal: (id: number) => void = () => undefined, more: INodeParameters = {}) {
	const at = runStart.getTime();
	return await world.inTime(async () => {
		const id = world.simulator.events.happen({ at, fields: { type: 'crash' } });
		deal(id);
		const named = { eventId: String(id), eventTime: runStart.toISOString() };
		const parameters = { resource: 'safetyEvent', operation: 'get', ...named, ...more };
		return await world.engine.runNode({ parameters });
	});
}

const lastAsked = () => secondsAt(world.simulator.received(LIST).at(-1)?.at ?? NaN);

describe('Get of a safety event', () => {
	it('gives the event, which stands', async () => {
		const run = await get();
		expect(run.items).toMatchObject([
			{ json: { type: 'crash', vehicle_number: 'T-118', stands: true }, pairedItem: { item: 0 } },
		]);
		expect(lastAsked()).toBeLessThan(1);
	});

	it('gives all that Motive says where that is wanted', async () => {
		const run = await get(undefined, { simplify: false });
		expect(run.items).toMatchObject([{ json: { vehicle: { number: 'T-118' }, stands: true } }]);
	});

	it('says that an event was taken back', async () => {
		let withdrawn = 0;
		const run = await get((id) => {
			withdrawn = id;
			world.simulator.events.withdraw(id);
		});
		expect(run.error).toBeUndefined();
		expect(run.items).toEqual([
			{ json: { id: withdrawn, stands: false }, pairedItem: { item: 0 } },
		]);
	});

	it('ends the workflow there where only events are wanted that stand', async () => {
		const options = { onlyIfStands: true };
		const withdraw = (id: number) => world.simulator.events.withdraw(id);
		expect((await get(withdraw, { options })).items).toEqual([]);
		expect((await get(undefined, { options })).items).toMatchObject([{ json: { stands: true } }]);
	});

	it('says what the review has made of an event', async () => {
		const run = await get((id) => world.simulator.events.change(id, { type: 'near_miss' }));
		expect(run.items).toMatchObject([{ json: { type: 'near_miss', stands: true } }]);
	});

	it('does not take an event for taken back that is not listed yet', async () => {
		world.simulator.events.lists.listedAfterMs = 20_000;
		const run = await get();
		expect(run.items).toMatchObject([{ json: { type: 'crash', stands: true } }]);
	});

	it('finds events that have no media', async () => {
		world.simulator.eventMedia.leaveOut = true;
		const run = await get();
		expect(run.items).toMatchObject([{ json: { stands: true } }]);
	});

	it('reads the list of a day once for all events of that day, whatever their vehicles', async () => {
		const start = runStart.getTime();
		const wished = [
			{ device: 'T-118', at: start - 11 * HOUR },
			{ device: 'T-119', at: start - HOUR },
			{ device: 'T-120', at: start },
		];
		const run = await world.inTime(async () => {
			const items = wished.map((wish) => ({
				json: {
					id: world.simulator.events.happen(wish),
					time: new Date(wish.at).toISOString(),
					vehicle: vehicleItems(wish.device)[0]?.json['id'] ?? null,
				},
			}));
			const parameters = {
				resource: 'safetyEvent',
				operation: 'get',
				eventId: '={{ $json.id }}',
				eventTime: '={{ $json.time }}',
				options: { vehicleId: '={{ $json.vehicle }}' },
			};
			return await world.engine.runNode({ parameters, items });
		});
		expect(run.items.map(({ json }) => json['vehicle_number'])).toEqual(
			wished.map(({ device }) => device),
		);
		expect(world.simulator.received(LIST).map(({ query }) => query)).toMatchObject([
			{
				start_date: '2026-06-30',
				end_date: '2026-07-02',
				'vehicle_ids[]': ['1040021', '1040022', '1040023'],
			},
		]);
	});

	it.each([
		[403, 'Motive does not allow this (safety event'],
		[404, 'Motive has no list of safety events'],
	])('does not take HTTP %d for an event that was taken back', async (status, message) => {
		world.simulator.faults.add({ on: LIST, answer: { status } });
		const run = await get();
		expect(run.error?.message).toContain(message);
	});

	it('leads to the Base URL where the whole list is missing', async () => {
		world.simulator.faults.add({ on: LIST, answer: { status: 404 } });
		const run = await get();
		expect(run.error?.description).toContain('Check the Base URL of the credential');
	});

	it('stops at once when the execution is stopped', async () => {
		world.simulator.events.lists.listedAfterMs = HOUR;
		const run = await world.inTime(
			async () =>
				await world.engine.runNode({
					parameters: {
						resource: 'safetyEvent',
						operation: 'get',
						eventId: '77',
						eventTime: runStart.toISOString(),
					},
					cancelAfter: 12_000,
				}),
		);
		expect(run.status).toBe('canceled');
		expect(lastAsked()).toBeLessThanOrEqual(12);
	});
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { parseEvent } from '../../../nodes/Motive/motive/event.ts';
import { startEngine, type Engine, type NodeOptions } from '../../engine/engine.mts';
import type { PollingOptions } from '../../engine/polling.mts';
import { inVirtualTime } from '../../engine/virtualTime.mts';
import { error } from '../../simulator/answers.mts';
import { startSimulator, type Simulator } from '../../simulator/simulator.mts';
import { signedIn } from '../signedIn.mts';

const LIST = 'GET /v2/driver_performance_events';
const HOUR = 3_600_000;

let engine: Engine;
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
	engine = await startEngine({
		nodeType: 'n8n-nodes-motive.motivePollingTrigger',
		credentials: { motiveApi: { apiKey: simulator.apiKey, baseUrl: simulator.url } },
	});
});
afterEach(() => {
	simulator.reset();
});
afterAll(async () => {
	await simulator.stop();
});

type Changes = Partial<NodeOptions> & Pick<PollingOptions, 'isDurable' | 'budget'>;

/** A published workflow in a fleet to which only what the test lets happen has happened. */
async function start({ parameters, ...rest }: Changes = {}) {
	simulator.events.lists.usual = false;
	const run = { ...rest, parameters: { ...parameters } };
	const polling = engine.startPolling(run);
	return {
		...polling,
		/** The IDs of the events of each run. */
		ids: () => polling.runs.map((items) => items.map(({ json }) => json['id'])),
		/** Chooses other parameters and publishes the workflow again. */
		change: async (changes: INodeParameters) => {
			run.parameters = { ...run.parameters, ...changes };
			await polling.publish();
		},
	};
}

async function publish(changes: Changes = {}) {
	const polling = await start(changes);
	await polling.publish();
	return polling;
}

const happen = (...[wish]: Parameters<Simulator['events']['happen']>) =>
	simulator.events.happen(wish);
const hoursAgo = (hours: number) => Date.now() - hours * HOUR;

async function inTime<T>(body: () => Promise<T>): Promise<T> {
	return await inVirtualTime(body, { held: () => simulator.held });
}

async function pass(ms: number): Promise<void> {
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

describe('publishing a workflow', () => {
	it('remembers what is there and starts nothing', async () => {
		await start();
		happen();
		const polling = await publish();
		await polling.poll();
		expect(polling.runs).toEqual([]);
		expect(polling.errors).toEqual([]);
	});

	it('is refused with all that the user needs to know when the key is wrong', async () => {
		const polling = await start({
			credentials: { motiveApi: { apiKey: 'wrong', baseUrl: simulator.url } },
		});
		await expect(polling.publish()).rejects.toThrow(
			/^Motive did not accept the credential \(list of safety events\)\. Check the API key/,
		);
		expect(polling.state.staticData).toEqual({});
	});

	it.each([
		[{ event: 'crash' }, 'Trigger On must be one of: safetyEvent, safetyEventMedia, speedingEvent'],
		[{ options: { lookBackHours: 0 } }, 'Look Back (Hours) must be'],
		[{ options: { lookBackHours: 673 } }, 'Look Back (Hours) must be'],
	])('is refused when %j makes no sense', async (parameters, message) => {
		const polling = await start({ parameters });
		await expect(polling.publish()).rejects.toThrow(message);
		expect(simulator.requests).toEqual([]);
	});
});

describe('a new event', () => {
	it('starts the workflow with the record as it is listed, and the event next to it', async () => {
		const polling = await publish();
		const id = happen({ at: Date.parse('2026-07-02T18:28:11Z'), fields: { location: 'nil' } });
		simulator.events.lists.listedAfterMs = 0;
		await polling.change({ options: { lookBackHours: 672 } });
		const later = happen({ fields: { location: 'San Jose, CA', lat: 37.41, lon: -121.92 } });
		await polling.poll();
		expect(polling.ids()).toEqual([[later]]);
		expect(id).not.toBe(later);
		const { event, ...record } = polling.runs[0]?.[0]?.json ?? {};
		expect(record).toMatchObject({ id: later, type: 'hard_brake', vehicle: { number: 'T-118' } });
		expect(Object.keys(record)).not.toContain('action');
		expect(event).toEqual({
			action: 'driver_performance_event_created',
			id: later,
			type: 'hard_brake',
			severity: 'high',
			occurred_at: record['start_time'],
			vehicle: { id: 1040021, number: 'T-118' },
			driver: { id: 20011, name: 'Sam Doe' },
			location: 'San Jose, CA',
			lat: 37.41,
			lon: -121.92,
		});
	});
});

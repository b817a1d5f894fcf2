import { randomUUID } from 'node:crypto';

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
	// Every trigger is another node: what one remembers of events must not reach the next test.
	const run = { ...rest, node: { id: randomUUID() }, parameters: { ...parameters } };
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
		[
			{ event: 'crash' },
			'Trigger On must be one of: Safety Event, Safety Event Media Ready, Speeding Event',
		],
		[{ options: { lookBackHours: 0 } }, 'Look Back (Hours) must be'],
		[{ options: { lookBackHours: 673 } }, 'Look Back (Hours) must be'],
		[{ filters: { vehicle: '={{ null }}' } }, 'Vehicle is empty'],
	])('is refused when %j makes no sense', async (parameters, message) => {
		const polling = await start({ parameters });
		await expect(polling.publish()).rejects.toThrow(message);
		expect(simulator.requests).toEqual([]);
	});
});

describe('a new event', () => {
	it('starts the workflow with the record as it is listed, and the event next to it', async () => {
		const polling = await publish();
		const id = happen({ fields: { location: 'San Jose, CA', lat: 37.41, lon: -121.92 } });
		await polling.poll();
		expect(polling.ids()).toEqual([[id]]);
		const { event, ...record } = polling.runs[0]?.[0]?.json ?? {};
		expect(record).toMatchObject({ id, type: 'hard_brake', vehicle: { number: 'T-118' } });
		expect(record).not.toHaveProperty('action');
		expect(event).toEqual({
			action: 'driver_performance_event_created',
			id,
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

	it.each([
		['safetyEvent', 'safety', 'driver_performance_event_created'],
		['safetyEventMedia', 'safety', 'driver_performance_event_updated'],
		['speedingEvent', 'speeding', 'speeding_event_created'],
	] as const)('%s says the same as the webhook of %s events', async (event, kind, action) => {
		simulator.eventMedia.transcodeMs = 0;
		const polling = await publish({ parameters: { event } });
		const fields = kind === 'safety' ? { location: 'San Jose, CA' } : {};
		const id = happen({ kind, device: 'T-119', fields });
		await polling.poll();
		const payload = await simulator.events.payload(id, action);
		const polled = polling.runs[0]?.[0]?.json['event'] as IDataObject;
		// Lists of speeding events say where they were by coordinates, their webhooks by name.
		const { location, lat, lon } = polled;
		const place = kind === 'speeding' ? { location, lat, lon } : {};
		expect(polled).toEqual({ ...parseEvent(payload), ...place });
		expect(polled['type']).toBe(kind === 'speeding' ? 'speeding' : 'hard_brake');
	});

	it('is noticed when the camera uploads it hours late', async () => {
		const polling = await publish();
		const now = happen();
		await polling.poll();
		const late = happen({ at: hoursAgo(23) });
		const tooLate = happen({ at: hoursAgo(25) });
		await polling.poll();
		expect(polling.ids()).toEqual([[now], [late]]);
		expect(tooLate).toBeGreaterThan(late);
	});

	it('comes once, however long it is listed and in whatever order', async () => {
		const polling = await publish();
		const ids = [happen({ at: hoursAgo(1) }), happen()];
		await polling.poll();
		simulator.events.lists.first = 'oldest';
		await polling.poll();
		const next = happen({ at: hoursAgo(2) });
		await polling.poll();
		expect(polling.ids()).toEqual([ids, [next]]);
	});

	it('comes once though it is missing from the list for a while', async () => {
		const polling = await publish();
		const [one] = [happen(), happen({ device: 'T-119' })];
		await polling.poll();
		simulator.faults.add({
			on: LIST,
			times: 1,
			answer: { body: { driver_performance_events: [], total: 0 } },
		});
		await polling.poll();
		await polling.poll();
		expect(polling.runs).toHaveLength(1);
		expect(polling.ids()[0]).toContain(one);
	});

	it('comes with all others of a burst, oldest first', async () => {
		const polling = await publish();
		const ids = Array.from({ length: 250 }, (_, index) => happen({ at: hoursAgo(index / 100) }));
		await polling.poll();
		expect(polling.ids()).toEqual([ids.toReversed()]);
		await polling.poll();
		expect(polling.runs).toHaveLength(1);
	});

	it.each([
		['in the static data of the workflow', false],
		['in a place of its own for each poll', true],
	])(
		'comes once when two polls overlap, where n8n keeps the memory %s',
		async (_place, isDurable) => {
			await inTime(async () => {
				const polling = await publish({ isDurable });
				await polling.poll();
				const id = happen();
				simulator.faults.add({ on: LIST, times: 1, delay: 20_000 });
				const slow = polling.poll();
				await pass(5_000);
				await polling.poll();
				await slow;
				expect(polling.ids()).toEqual([[id]]);
				await polling.poll();
				expect(polling.ids()).toEqual([[id]]);
			});
		},
	);

	it('is found by OAuth2 as well', async () => {
		const polling = await publish({
			credentials: { motiveOAuth2Api: signedIn(simulator, ['driver_performance_events.read']) },
			parameters: { authentication: 'oAuth2' },
		});
		const id = happen();
		simulator.oauth.expireAccessTokens();
		await polling.poll();
		expect(polling.ids()).toEqual([[id]]);
	});

	it('is looked for by whole days, as Motive takes no others', async () => {
		await inTime(async () => {
			const polling = await publish();
			await polling.poll();
			const queries = simulator.received(LIST).map(({ query }) => query);
			expect(queries.at(-1)).toEqual({
				start_date: '2026-06-30',
				end_date: '2026-07-02',
				page_no: '1',
				per_page: '100',
			});
		});
	});
});

describe('media of a safety event', () => {
	it('start the workflow once a link is there, and not before', async () => {
		await inTime(async () => {
			Object.assign(simulator.eventMedia, { linksOnRequest: true, transcodeMs: 600_000 });
			const polling = await publish({ parameters: { event: 'safetyEventMedia' } });
			const id = happen();
			for (let minutes = 0; minutes < 30; minutes += 5) {
				await polling.poll();
				await pass(300_000);
			}
			expect(polling.ids()).toEqual([[id]]);
			expect(polling.runs[0]?.[0]?.json).toMatchObject({
				camera_media: { available: true },
				event: { action: 'driver_performance_event_updated' },
			});
			expect(simulator.received(LIST)[0]?.query).toMatchObject({ media_required: 'true' });
		});
	});

	it('start nothing a second time where new events are looked for', async () => {
		await inTime(async () => {
			const polling = await publish();
			const id = happen();
			for (let minutes = 0; minutes < 30; minutes += 5) {
				await polling.poll();
				await pass(300_000);
			}
			expect(polling.ids()).toEqual([[id]]);
		});
	});

	it('that were there before start nothing', async () => {
		simulator.eventMedia.transcodeMs = 0;
		await start();
		happen();
		const polling = await publish({ parameters: { event: 'safetyEventMedia' } });
		await polling.poll();
		expect(polling.runs).toEqual([]);
	});
});

describe('an outage of Motive', () => {
	it('is shown, marks nothing as seen, and loses nothing', async () => {
		await inTime(async () => {
			const polling = await publish();
			const kept = polling.state.staticData;
			const id = happen();
			simulator.faults.add({ on: LIST, answer: error(503, 'Down for maintenance') });
			await polling.poll();
			expect(polling.runs).toEqual([]);
			expect(polling.errors).toMatchObject([
				{
					message: 'Motive could not answer (HTTP 503, list of safety events)',
					description: expect.stringMatching(
						/^This usually passes\. n8n asks again at the next of the Poll Times\. .*“Down for maintenance”$/,
					) as unknown,
				},
			]);
			expect(polling.state.staticData).toEqual(kept);
			simulator.faults.clear();
			await polling.poll();
			expect(polling.ids()).toEqual([[id]]);
		});
	});

	it('that passes is not noticed', async () => {
		await inTime(async () => {
			const polling = await publish();
			const id = happen();
			simulator.faults.add({ on: LIST, times: 2, answer: error(502) });
			await polling.poll();
			expect(polling.ids()).toEqual([[id]]);
			expect(polling.errors).toEqual([]);
		});
	});

	it('in the middle of the list changes nothing, so that no page is forgotten', async () => {
		await inTime(async () => {
			const polling = await publish();
			const ids = Array.from({ length: 120 }, (_, index) => happen({ at: hoursAgo(index / 100) }));
			simulator.faults.add({ on: LIST, skip: 1, times: 9, answer: error(500) });
			await polling.poll();
			expect(polling.runs).toEqual([]);
			simulator.faults.clear();
			await polling.poll();
			expect(polling.ids()).toEqual([ids.toReversed()]);
		});
	});

	it('ends a poll before n8n gives it up', async () => {
		await inVirtualTime(
			async ({ elapsed }) => {
				const polling = await publish({ budget: 36_000 });
				simulator.faults.add({ on: LIST, connection: 'hang' });
				const before = elapsed();
				await polling.poll();
				expect(elapsed() - before).toBeLessThanOrEqual(36_000);
				expect(polling.errors).toMatchObject([
					{ message: 'No answer came from Motive (list of safety events)' },
				]);
			},
			{ held: () => simulator.held },
		);
	});
});

describe('publishing again', () => {
	it('loses nothing and brings nothing twice, whatever came in between', async () => {
		const polling = await publish();
		const before = happen();
		await polling.poll();
		const between = happen();
		await polling.change({});
		const after = happen();
		await polling.poll();
		expect(polling.ids()).toEqual([[before], [between], [after]]);
	});

	it('is what a restart of n8n does, with what it has kept', async () => {
		const polling = await publish();
		const before = happen();
		await polling.poll();
		const again = await start();
		again.state.staticData = polling.state.staticData;
		const between = happen();
		await again.publish();
		await again.poll();
		expect(polling.ids()).toEqual([[before]]);
		expect(again.ids()).toEqual([[between]]);
	});

	it('after a week looks back no further than usual', async () => {
		await inTime(async () => {
			const polling = await publish();
			polling.unpublish();
			const ids = [];
			for (let day = 0; day < 7; day++) {
				await pass(24 * HOUR);
				ids.push(happen({ at: hoursAgo(1) }));
			}
			await polling.publish();
			expect(polling.ids()).toEqual([ids.slice(-1)]);
		});
	});

	it('with another kind of event begins anew', async () => {
		const polling = await publish();
		happen({ kind: 'speeding' });
		await polling.change({ event: 'speedingEvent' });
		await polling.poll();
		expect(polling.runs).toEqual([]);
		const id = happen({ kind: 'speeding' });
		await polling.poll();
		expect(polling.ids()).toEqual([[id]]);
	});

	it('with other filters lets nothing through that was listed before', async () => {
		const polling = await publish({ parameters: { filters: { severity: ['critical'] } } });
		for (let index = 0; index < 30; index++) happen();
		await polling.poll();
		await polling.change({ filters: {} });
		await polling.poll();
		expect(polling.runs).toEqual([]);
		const id = happen();
		await polling.poll();
		expect(polling.ids()).toEqual([[id]]);
	});

	it('with other filters does not lose what came in between', async () => {
		const polling = await publish({ parameters: { filters: { severity: ['critical'] } } });
		happen();
		await polling.poll();
		const between = happen();
		await polling.change({ filters: { severity: ['high'] } });
		expect(polling.ids()).toEqual([[between]]);
	});

	it('with a longer look-back lets nothing through that was older', async () => {
		const polling = await publish();
		happen({ at: hoursAgo(30) });
		await polling.poll();
		await polling.change({ options: { lookBackHours: 48 } });
		const late = happen({ at: hoursAgo(40) });
		await polling.poll();
		expect(polling.ids()).toEqual([[late]]);
	});
});

describe('filters', () => {
	it.each([
		[{ severity: ['critical'] }, ['T-119']],
		[{ eventType: ['crash'] }, ['T-120']],
		[{ eventType: 'Hard Brake', severity: 'High' }, ['T-118']],
		[{ vehicle: 't-118, 1040023' }, ['T-118', 'T-120']],
		[{}, ['T-118', 'T-119', 'T-120']],
	])('%j let through %j', async (filters, vehicles) => {
		const polling = await publish({ parameters: { filters } });
		happen({ at: hoursAgo(3) });
		happen({ device: 'T-119', at: hoursAgo(2), fields: { metadata: { severity: 'critical' } } });
		happen({ device: 'T-120', at: hoursAgo(1), fields: { type: 'crash' } });
		await polling.poll();
		const found = polling.runs.flat().map(({ json }) => json['vehicle'] as IDataObject);
		expect(found.map(({ number }) => number)).toEqual(vehicles);
	});
});

describe('the memory', () => {
	it('is as large as what is in the window', async () => {
		await inTime(async () => {
			const polling = await publish();
			const size = () => JSON.stringify(polling.state.staticData).length;
			const sizes = [];
			for (let day = 0; day < 20; day++) {
				for (let index = 0; index < 50; index++) happen();
				await polling.poll();
				sizes.push(size());
				await pass(24 * HOUR);
			}
			expect(Math.max(...sizes.slice(2))).toBeLessThanOrEqual(1.1 * (sizes[1] ?? 0));
		});
	});

	it('has nothing of a run that n8n could not start, where n8n keeps both together', async () => {
		const polling = await publish({ isDurable: true });
		// Of the poll at publication n8n keeps nothing there.
		await polling.poll();
		const id = happen();
		polling.state.canStartRuns = false;
		await polling.poll();
		expect(polling.runs).toEqual([]);
		polling.state.canStartRuns = true;
		await polling.poll();
		await polling.poll();
		expect(polling.ids()).toEqual([[id]]);
	});
});

describe('a list that is too long for the time that n8n gives', () => {
	const fill = (count: number, from = 0) =>
		Array.from({ length: count }, (_, index) => happen({ at: hoursAgo((from + index) / 100) }));

	it('is read in the next polls as well, and nothing is lost', async () => {
		await inTime(async () => {
			const polling = await publish({ budget: 36_000 });
			const ids = fill(500);
			simulator.faults.add({ on: LIST, delay: 8_000 });
			await polling.poll();
			expect(polling.runs[0]?.length).toBeGreaterThan(100);
			expect(polling.runs[0]?.length).toBeLessThan(500);
			await polling.poll();
			await polling.poll();
			expect(polling.ids().flat().sort()).toEqual(ids.sort());
			expect(polling.errors).toEqual([]);
		});
	});

	it('brings nothing of what was there at the beginning', async () => {
		await inTime(async () => {
			await start();
			fill(500);
			simulator.faults.add({ on: LIST, delay: 8_000 });
			const polling = await publish({ budget: 36_000 });
			for (let count = 0; count < 3; count++) await polling.poll();
			expect(polling.runs).toEqual([]);
			const id = happen();
			await polling.poll();
			await polling.poll();
			expect(polling.ids()).toEqual([[id]]);
		});
	});
});

describe('fetching a test event', () => {
	it('gives the newest one that passes the filters, and remembers nothing', async () => {
		const polling = await start({ parameters: { filters: { severity: ['high'] } } });
		simulator.events.lists.first = 'oldest';
		const [, newest] = [happen({ at: hoursAgo(5) }), happen({ at: hoursAgo(1) })];
		happen({ fields: { metadata: { severity: 'low' } } });
		const { items } = await polling.fetchTestEvent();
		expect(items.map(({ json }) => json['id'])).toEqual([newest]);
		expect(items[0]?.json['event']).toMatchObject({ severity: 'high' });
	});

	it('gives the newest one of the week where there is none in the look-back window', async () => {
		const polling = await start();
		const id = happen({ at: hoursAgo(100) });
		const { items } = await polling.fetchTestEvent();
		expect(items.map(({ json }) => json['id'])).toEqual([id]);
	});

	it('says so where there is none', async () => {
		const polling = await start({ parameters: { event: 'speedingEvent' } });
		happen();
		const run = await polling.fetchTestEvent();
		expect(run.error).toMatchObject({
			message: 'Motive has no speeding events of the last 7 days that pass the filters',
			description: expect.stringContaining('Take out a filter') as unknown,
		});
	});
});

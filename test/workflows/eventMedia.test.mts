import type { INodeExecutionData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { NodeOptions } from '../engine/engine.mts';
import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import { credentialsIn, secondsAt, useMotiveWorld } from './motive.mts';

const LIST = 'GET /v2/driver_performance_events';
const VIDEO = 'GET video';
const IMAGE = 'GET image';
const MINUTE = 60_000;

const world = useMotiveWorld();

/** How often the test itself listed the events. */
let listed = 0;

const listedEvent = z.object({
	id: z.number(),
	type: z.string(),
	start_time: z.string(),
	aggregated: z.boolean(),
	vehicle: z.object({ id: z.number(), number: z.string() }),
});

/** The fields of a safety event that tests read. */
type ListedEvent = z.infer<typeof listedEvent>;

/** The safety events of the last weeks, newest first. */
async function events(): Promise<ListedEvent[]> {
	const parameters = { resource: 'safetyEvent', limit: 60, simplify: false };
	const { items } = await world.run('getAll', parameters);
	listed = world.simulator.received(LIST).length;
	return items.map(({ json }) => listedEvent.parse(json));
}

async function eventWhere(matches: (event: ListedEvent) => boolean): Promise<ListedEvent> {
	const event = (await events()).find(matches);
	if (event === undefined) throw new Error('There is no such event');
	return event;
}

/** Hard brakes and hard accelerations mostly have no videos. */
const hasVideos = ({ aggregated, type }: ListedEvent) => !aggregated && !type.startsWith('hard_');

/** An event of one part; those whose id is divisible by three have no stills. */
const single = (event: ListedEvent) => hasVideos(event) && event.id % 3 !== 0;
const withoutStills = (event: ListedEvent) => hasVideos(event) && event.id % 3 === 0;

async function getMedia(
	wanted: ListedEvent[],
	parameters: NodeOptions['parameters'] = {},
	rest: Partial<NodeOptions> = {},
): Promise<Run> {
	const fromItem = { eventId: '={{ $json.id }}', eventTime: '={{ $json.start_time }}' };
	const items = wanted.map(({ id, start_time }) => ({ json: { id, start_time } }));
	return await world.run(
		'getMedia',
		{ resource: 'safetyEvent', ...fromItem, ...parameters },
		{ items, ...rest },
	);
}

/** What Get Media asked of Motive. */
const asked = () => world.simulator.received(LIST).slice(listed);
const times = () => asked().map(({ at }) => secondsAt(at));

const namedMedia = z.object({ media: z.object({ name: z.string() }) });
const nameOf = ({ json }: INodeExecutionData) => namedMedia.safeParse(json).data?.media.name;
const namesOf = ({ items }: Run) => items.map(nameOf);

describe('Get Media', () => {
	it('downloads the pictures and videos of an event, each into an item of its own', async () => {
		const event = await eventWhere(single);
		const run = await getMedia([event]);
		expect(run.error).toBeUndefined();
		expect(namesOf(run)).toEqual([
			'front_facing',
			'driver_facing',
			'front_facing_plain',
			'driver_facing_plain',
			'dual_facing_enhanced',
		]);
		const { id, vehicle } = event;
		expect(run.items[0]).toMatchObject({
			json: {
				id,
				state: 'ready',
				media: { type: 'image', fileName: `${vehicle.number}_front_facing_${String(id)}.jpg` },
			},
			binary: { data: { mimeType: 'image/jpeg' } },
			pairedItem: { item: 0 },
		});
		expect(run.items[2]).toMatchObject({
			json: { media: { type: 'video' } },
			binary: { data: { mimeType: 'video/mp4' } },
		});
		for (const { binary } of run.items) {
			expect((await run.file(binary?.['data'])).length).toBe(binary?.['data']?.bytes);
		}
		const downloads = [...world.simulator.received(IMAGE), ...world.simulator.received(VIDEO)];
		expect(downloads.flatMap((request) => credentialsIn(request))).toEqual([]);
	});

	it('fetches one kind only where only that is wanted', async () => {
		const run = await getMedia([await eventWhere(single)], { mediaTypes: ['image'] });
		expect(namesOf(run)).toEqual(['front_facing', 'driver_facing']);
		expect(world.simulator.received(VIDEO)).toEqual([]);
	});

	it('has the media of every part of an event that is made of several', async () => {
		const run = await getMedia([await eventWhere(({ aggregated }) => aggregated)], {
			mediaTypes: ['video'],
		});
		expect(run.error).toBeUndefined();
		expect(namesOf(run)).toContain('sub_event_2_front_facing_plain');
	});

	it('finds the event by the day it happened on, and by its vehicle where that is known', async () => {
		const event = await eventWhere(single);
		const vehicleId = String(event.vehicle.id);
		await getMedia([event], { options: { vehicleId } });
		const day = event.start_time.slice(0, 10);
		const query = asked()[0]?.query ?? {};
		expect(query).toMatchObject({ 'vehicle_ids[]': vehicleId });
		expect(String(query['start_date']) <= day && day <= String(query['end_date'])).toBe(true);
	});

	it('asks once for the events of the same day', async () => {
		const all = await events();
		const day = all[3]?.start_time.slice(0, 10) ?? '';
		const sameDay = all.filter(({ start_time: time }) => time.startsWith(day)).slice(0, 3);
		const run = await getMedia(sameDay, { mediaTypes: ['video'] });
		expect(run.error).toBeUndefined();
		expect(new Set(run.items.map(({ pairedItem }) => pairedItem)).size).toBeGreaterThan(1);
		expect(asked()).toHaveLength(1);
	});

	it('gives no link where none is wanted', async () => {
		const run = await getMedia([await eventWhere(single)], { options: { includeUrl: false } });
		expect(run.stored).not.toContain('X-Amz-Signature');
		expect(run.items[0]?.binary?.['data']?.mimeType).toBe('image/jpeg');
	});

	it('without a download tells where the files are', async () => {
		const run = await getMedia([await eventWhere(single)], { downloadMedia: false });
		expect(run.items).toHaveLength(5);
		expect(run.items[0]?.json['media']).toMatchObject({
			url: expect.stringContaining('X-Amz-Signature') as string,
		});
		expect(run.items[0]?.binary).toBeUndefined();
	});
});

describe('Media that are not there yet', () => {
	it('leave the item pending, with a hint', async () => {
		const event = await eventWhere(single);
		world.simulator.eventMedia.notBefore = Infinity;
		const run = await getMedia([event]);
		expect(run.items).toMatchObject([
			{ json: { id: event.id, state: 'pending' }, pairedItem: { item: 0 } },
		]);
		expect(run.hints.map(({ message }) => message).join()).toContain(
			`safety event ${String(event.id)}`,
		);
	});

	it('fail the item when the time is up, with words on what to do', async () => {
		const event = await eventWhere(single);
		world.simulator.eventMedia.notBefore = Infinity;
		const run = await getMedia([event], { waitForMedia: true, options: { timeout: 100 } });
		const id = String(event.id);
		expect(run.error?.message).toBe(
			`No media after 100 seconds (safety event ${id}, still pending)`,
		);
		expect(run.error?.description).toContain('Run Get Media again later');
	});

	it('let the item go on when the time is up where that is wanted', async () => {
		const event = await eventWhere(single);
		world.simulator.eventMedia.notBefore = Infinity;
		const options = { timeout: 100, whenUnavailable: 'output' };
		const run = await getMedia([event], { waitForMedia: true, options });
		expect(run.items).toMatchObject([{ json: { state: 'pending' } }]);
	});

	it('fail at once when Motive gives up', async () => {
		const event = await eventWhere(single);
		world.simulator.eventMedia.notBefore = Infinity;
		const failed = (body: unknown): unknown =>
			JSON.parse(JSON.stringify(body).replaceAll('"not started"', '"failed"'));
		world.simulator.faults.add({
			on: LIST,
			answer: answers.edit((body) => failed(body) as answers.JsonObject),
		});
		const run = await getMedia([event], { waitForMedia: true });
		expect(run.error?.message).toBe(
			`Motive could not deliver the media (safety event ${String(event.id)})`,
		);
	});
});

describe('Links that have expired', () => {
	it('are renewed once for all files of the event', async () => {
		const event = await eventWhere(single);
		world.simulator.faults.add({ on: LIST, times: 1, urlSeconds: -5 });
		const run = await getMedia([event]);
		expect(run.error).toBeUndefined();
		expect(run.items.every(({ binary }) => binary?.['data'] !== undefined)).toBe(true);
		expect(asked()).toHaveLength(2);
	});
});

describe('What goes wrong', () => {
	it('with one file fails that file alone', async () => {
		const event = await eventWhere(single);
		world.simulator.faults.add({ on: VIDEO, position: 'driver_facing', answer: { status: 403 } });
		const run = await getMedia(
			[event],
			{ mediaTypes: ['video'] },
			{ node: { onError: 'continueRegularOutput' } },
		);
		const id = String(event.id);
		expect(run.items.map((item) => item.json['error'] ?? nameOf(item))).toEqual([
			'front_facing_plain',
			'dual_facing_enhanced',
			`The host of the video answered HTTP 403 (safety event ${id}, Driver Facing Plain)`,
		]);
	});

	it('is said where an event has no pictures', async () => {
		const run = await getMedia([await eventWhere(withoutStills)], { mediaTypes: ['image'] });
		expect(run.error?.message).toContain('Motive has no pictures of this event');
	});

	it('is said of an event that Motive does not list', async () => {
		const event = await eventWhere(single);
		const run = await getMedia([event], { eventId: '77' });
		const day = event.start_time.slice(0, 10);
		expect(run.error?.message).toBe(`Motive lists no safety event 77 around ${day}`);
		expect(run.error?.description).toContain(
			'Motive takes events back that its review does not confirm',
		);
	});

	it.each([
		['no ID', { eventId: '={{ "" }}' }, 'Event ID must be a number such as 3328319'],
		['no time', { eventTime: '={{ "" }}' }, 'Event Time must be a date and time'],
		['no kind', { mediaTypes: '={{ [] }}' }, 'Media Types is empty: choose at least one'],
		[
			'an unknown kind',
			{ mediaTypes: ['audio'] },
			'Media Types has “audio”, but the choices are: Images, Videos',
		],
		[
			'a wrong vehicle',
			{ options: { vehicleId: 'T-118' } },
			'Vehicle ID must be a number such as 1040021',
		],
	])('is said before any request: %s', async (_, parameters, message) => {
		const run = await getMedia([await eventWhere(single)], parameters);
		expect(run.error?.message).toContain(message);
		expect(asked()).toEqual([]);
	});
});

it('Stopping the execution stops the waiting at once', async () => {
	const event = await eventWhere(single);
	world.simulator.eventMedia.notBefore = Infinity;
	const run = await getMedia([event], { waitForMedia: true }, { cancelAfter: 2 * MINUTE });
	expect(run.status).toBe('canceled');
	expect(Math.max(...times())).toBeLessThanOrEqual(120);
});

it('An agent gets the media as JSON, without files', async () => {
	const event = await eventWhere(single);
	const parameters = {
		resource: 'safetyEvent',
		operation: 'getMedia',
		eventId: "={{ $fromAI('Event_ID', '', 'string') }}",
		eventTime: "={{ $fromAI('Event_Time', '', 'string') }}",
	};
	const args = { Event_ID: String(event.id), Event_Time: event.start_time };
	const text = await world.inTime(async () => await world.engine.runTool({ parameters, args }));
	expect(JSON.parse(text)).toHaveLength(5);
	expect(world.simulator.received(IMAGE)).toEqual([]);
});

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Run } from '../engine/run.mts';
import type { EventWish } from '../simulator/happenings.mts';
import { runStart, secondsAt, useMotiveWorld } from './motive.mts';

const LIST = 'GET /v2/driver_performance_events';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const world = useMotiveWorld();

/** Lets an event happen at the start of a run or before, and gets its media; waits unless told otherwise. */
async function mediaOf(
	wish: EventWish & { ago?: number },
	parameters: INodeParameters = {},
): Promise<Run> {
	const { ago = 0, ...event } = wish;
	const at = runStart.getTime() - ago;
	return await world.inTime(async () => {
		const eventId = String(world.simulator.events.happen({ ...event, at }));
		const eventTime = new Date(at).toISOString();
		return await world.engine.runNode({
			parameters: {
				resource: 'safetyEvent',
				operation: 'getMedia',
				waitForMedia: true,
				eventId,
				eventTime,
				...parameters,
			},
		});
	});
}

/** An event that gets a video as well, unlike the hard brake that an event is otherwise. */
const crash = { fields: { type: 'crash' } };

const stills = ['front_facing', 'driver_facing'];
const videos = ['front_facing_plain', 'driver_facing_plain', 'dual_facing_enhanced'];

const namedMedia = z.object({ media: z.object({ name: z.string() }) });
const nameOf = ({ json }: INodeExecutionData) => namedMedia.safeParse(json).data?.media.name;
const namesOf = ({ items }: Run) => items.map(nameOf);

const listed = () => world.simulator.received(LIST);
const lastAsked = () => secondsAt(listed().at(-1)?.at ?? NaN);
const hintsOf = ({ hints }: Run) => hints.map(({ message }) => message).join();

describe('The list', () => {
	it('is asked for events with media first', async () => {
		const run = await mediaOf({ ...crash, ago: HOUR });
		expect(namesOf(run)).toEqual([...stills, ...videos]);
		expect(listed().map(({ query }) => query['media_required'])).toEqual(['true']);
	});

	it('is asked for all events where that leaves the event out', async () => {
		world.simulator.eventMedia.leaveOut = true;
		const run = await mediaOf(crash, { waitForMedia: false });
		expect(run.items).toMatchObject([{ json: { state: 'pending' } }]);
		expect(listed().map(({ query }) => query['media_required'])).toEqual(['true', undefined]);
	});

	it('may lag behind: the event is waited for', async () => {
		world.simulator.events.lists.listedAfterMs = 20_000;
		world.simulator.eventMedia.transcodeMs = 0;
		const run = await mediaOf(crash);
		expect(run.error).toBeUndefined();
		expect(namesOf(run)).toEqual([...stills, ...videos]);
		expect(lastAsked()).toBeLessThan(26);
	});

	it('is believed after half a minute', async () => {
		world.simulator.events.lists.listedAfterMs = HOUR;
		const run = await mediaOf(crash);
		expect(run.error?.message).toContain('Motive lists no safety event');
		expect(lastAsked()).toBeGreaterThanOrEqual(30);
		expect(lastAsked()).toBeLessThan(36);
	});

	it('is believed at once where nobody waits', async () => {
		world.simulator.events.lists.listedAfterMs = HOUR;
		const run = await mediaOf(crash, { waitForMedia: false });
		expect(run.error?.message).toContain('Motive lists no safety event');
		expect(lastAsked()).toBeLessThan(1);
	});
});

describe('Media', () => {
	it('are waited for, and asked for no more once they are there', async () => {
		world.simulator.eventMedia.transcodeMs = 5 * MINUTE;
		const run = await mediaOf(crash);
		expect(namesOf(run)).toEqual([...stills, ...videos]);
		const late = listed().filter(({ at }) => secondsAt(at) >= 300);
		expect(late).toHaveLength(1);
		expect(lastAsked()).toBeLessThan(331);
	});

	it.each([[['image']], [['image', 'video']]])(
		'of a hard brake are its stills, at once (%j)',
		async (mediaTypes) => {
			const run = await mediaOf({ ago: HOUR }, { mediaTypes });
			expect(namesOf(run)).toEqual(stills);
			expect(listed()).toHaveLength(1);
		},
	);

	it('of a new hard brake are its stills, once a video would have been begun', async () => {
		world.simulator.eventMedia.transcodeMs = 4 * MINUTE;
		const run = await mediaOf({});
		expect(namesOf(run)).toEqual(stills);
		expect(lastAsked()).toBeGreaterThanOrEqual(6 * 60);
		expect(lastAsked()).toBeLessThan(6 * 60 + 31);
	});

	it('of a hard brake are no videos, which is said at once', async () => {
		const run = await mediaOf({ ago: HOUR }, { mediaTypes: ['video'] });
		expect(run.error?.message).toContain('Motive has no videos of this event');
		expect(listed()).toHaveLength(1);
	});

	it('of a hard brake without videos let the item go on where that is wanted', async () => {
		const options = { whenUnavailable: 'output' };
		const run = await mediaOf({ ago: HOUR }, { mediaTypes: ['video'], options });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(run.items[0]?.binary).toBeUndefined();
		expect(listed()).toHaveLength(1);
	});

	it('are the videos where only those are wanted, though stills come first', async () => {
		world.simulator.eventMedia.stillsMs = MINUTE;
		const run = await mediaOf(crash, { mediaTypes: ['video'] });
		expect(namesOf(run)).toEqual(videos);
		expect(lastAsked()).toBeGreaterThanOrEqual(600);
	});

	it('are the stills where only those are wanted, though Motive works on the videos', async () => {
		world.simulator.eventMedia.stillsMs = MINUTE;
		const run = await mediaOf(crash, { mediaTypes: ['image'] });
		expect(namesOf(run)).toEqual(stills);
		expect(lastAsked()).toBeLessThan(91);
	});

	it('are the stills where the time is up before the videos come, with a hint', async () => {
		world.simulator.eventMedia.stillsMs = MINUTE;
		const run = await mediaOf(crash, { options: { timeout: 300 } });
		expect(namesOf(run)).toEqual(stills);
		expect(hintsOf(run)).toContain('Front Facing Plain');
	});
});

describe('Media that will never come', () => {
	it.each([['null'], ['unavailable']] as const)(
		'are given up early (footage %s)',
		async (footage) => {
			world.simulator.eventMedia.footage = footage;
			const run = await mediaOf({ ...crash, ago: HOUR });
			expect(run.error?.message).toContain('Motive could not deliver the media (safety event');
			expect(run.error?.description).toContain('Motive has no pictures or videos of this event.');
			expect(lastAsked()).toBeLessThan(151);
		},
	);

	it('of a new event are given up later, as the camera may still send them', async () => {
		world.simulator.eventMedia.footage = 'unavailable';
		const run = await mediaOf(crash);
		expect(run.error?.message).toContain('Motive could not deliver the media');
		expect(lastAsked()).toBeGreaterThanOrEqual(12 * 60);
		expect(lastAsked()).toBeLessThan(12 * 60 + 31);
	});

	it.each([
		['new', 0],
		['old', HOUR],
	])(
		'of a camera that sent nothing are waited for where Timeout is longer (%s event)',
		async (_, ago) => {
			world.simulator.eventMedia.footage = 'unavailable';
			const run = await mediaOf({ ...crash, ago }, { options: { timeout: 3600 } });
			expect(run.error?.message).toContain('No media after 3600 seconds');
			expect(lastAsked()).toBeGreaterThanOrEqual((59 * MINUTE) / 1_000);
		},
	);

	it('of no camera are given up early, however long Timeout is', async () => {
		world.simulator.eventMedia.footage = 'null';
		const run = await mediaOf({ ...crash, ago: HOUR }, { options: { timeout: 3600 } });
		expect(run.error?.message).toContain('Motive could not deliver the media');
		expect(lastAsked()).toBeLessThan(151);
	});

	it('are delivered where the camera comes back late, within a longer Timeout', async () => {
		world.simulator.eventMedia.notBefore = runStart.getTime() + 40 * MINUTE;
		const run = await mediaOf({ ...crash, ago: 24 * HOUR }, { options: { timeout: 3600 } });
		expect(run.error).toBeUndefined();
		expect(namesOf(run)).toEqual([...stills, ...videos]);
	});

	it('let the item go on where that is wanted', async () => {
		world.simulator.eventMedia.footage = 'null';
		const options = { whenUnavailable: 'output' };
		const run = await mediaOf({ ago: HOUR }, { options });
		expect(run.items).toMatchObject([{ json: { state: 'failed' } }]);
	});
});

describe('Several media of a position', () => {
	it.each([
		['keys', 12 - 3],
		['lists', 12 - 3],
	] as const)(
		'are all delivered under names of their own (%s), and what has no link is told',
		async (more, count) => {
			world.simulator.eventMedia.more = more;
			const run = await mediaOf({ ...crash, ago: HOUR });
			expect(run.error).toBeUndefined();
			const names = namesOf(run);
			expect(new Set(names).size).toBe(count);
			expect(run.items).toHaveLength(count);
			const bytes = await Promise.all(
				run.items.map(async ({ binary }) => (await run.file(binary?.['data'])).toString('hex')),
			);
			expect(new Set(bytes).size).toBe(count);
			expect(hintsOf(run)).toMatch(
				/^Motive gave no link to: safety event \d+ \(Driver Facing 2\)$/,
			);
		},
	);
});

describe('Links for a minute', () => {
	it('are renewed each time that they are needed, and used at once', async () => {
		Object.assign(world.simulator.eventMedia, { urlSeconds: 60, more: 'keys' });
		for (const on of ['GET image', 'GET video'] as const)
			world.simulator.faults.add({ on, delay: 40_000 });
		const run = await mediaOf({ ...crash, ago: HOUR }, { options: { concurrency: 1 } });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(9);
		expect(listed().length).toBeGreaterThan(2);
	});
});

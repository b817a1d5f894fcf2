import { beforeEach, describe, expect, it } from 'vitest';
import { isRecord } from '../../simulator/values.mts';
import { useSimulator } from './harness.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const { clock, client, simulator } = useSimulator();

const kinds = {
	safety: { path: '/v2/driver_performance_events', key: 'driver_performance_event' },
	speeding: { path: '/v1/speeding_events', key: 'speeding_event' },
};

/** The events of a list, out of their wrappers, of all its pages. */
async function listed(kind: keyof typeof kinds = 'safety') {
	const { path, key } = kinds[kind];
	const rows: Array<Record<string, unknown>> = [];
	for (let page = 1; ; page += 1) {
		const { data } = await client().call('GET', `${path}?per_page=100&page_no=${page}`);
		const list: unknown = isRecord(data) ? data[`${key}s`] : undefined;
		if (!Array.isArray(list) || list.length === 0) return rows;
		rows.push(
			...list
				.filter(isRecord)
				.map((row) => row[key])
				.filter(isRecord),
		);
	}
}
const ids = async () => (await listed()).map(({ id }) => id);

describe('an event that a test lets happen', () => {
	beforeEach(() => {
		simulator().events.lists.usual = false;
	});

	it('is a hard brake of T-118 now, unless said otherwise', async () => {
		const id = simulator().events.happen();
		expect(await listed()).toMatchObject([
			{
				id,
				type: 'hard_brake',
				start_time: '2026-07-02T18:00:00Z',
				vehicle: { number: 'T-118' },
				driver: { first_name: 'Sam' },
				metadata: { severity: 'high' },
			},
		]);
		const other = simulator().events.happen({
			device: 'T-121',
			at: clock.now() - HOUR,
			fields: { type: 'crash', metadata: { severity: 'critical' } },
		});
		expect(await listed()).toMatchObject([
			{ id },
			{
				id: other,
				type: 'crash',
				start_time: '2026-07-02T17:00:00Z',
				vehicle: { number: 'T-121' },
				metadata: { severity: 'critical' },
			},
		]);
	});

	it('is one of many, over several pages, in either order', async () => {
		for (let index = 0; index < 250; index += 1)
			simulator().events.happen({ at: clock.now() - index });
		const newest = await ids();
		expect(new Set(newest).size).toBe(250);
		simulator().events.lists.first = 'oldest';
		expect(await ids()).toEqual([...newest].reverse());
	});

	it('is in the list only some time after its webhook', async () => {
		simulator().events.lists.listedAfterMs = 2 * MINUTE;
		const id = simulator().events.happen();
		expect(await simulator().events.payload(id)).toMatchObject({ id });
		clock.forward(2 * MINUTE - 1);
		expect(await ids()).toEqual([]);
		clock.forward(1);
		expect(await ids()).toEqual([id]);
	});

	it('is withdrawn, or becomes something else', async () => {
		const [crash, other] = [
			simulator().events.happen({ fields: { type: 'crash' } }),
			simulator().events.happen({ fields: { type: 'crash' } }),
		];
		simulator().events.withdraw(crash);
		clock.forward(HOUR);
		const since = new Date(clock.now()).toISOString();
		simulator().events.change(other, { type: 'near_miss' });
		expect(await listed()).toMatchObject([{ id: other, type: 'near_miss' }]);
		const { data } = await client().call(
			'GET',
			`/v2/driver_performance_events?updated_after=${since}`,
		);
		expect(data).toHaveProperty('total', 1);
	});

	it('may be one of speeding', async () => {
		const id = simulator().events.happen({ kind: 'speeding', fields: { duration: 77 } });
		expect(await listed()).toEqual([]);
		expect(await listed('speeding')).toMatchObject([{ id, duration: 77 }]);
		expect(await simulator().events.payload(id)).toMatchObject({
			action: 'speeding_event_created',
			id,
			duration: 77,
			current_vehicle: { ID: 1040021, Number: 'T-118' },
		});
	});

	it('is forgotten', async () => {
		simulator().events.happen();
		simulator().events.lists.listedAfterMs = HOUR;
		simulator().reset();
		expect(simulator().events.lists).toEqual({ usual: true, first: 'newest', listedAfterMs: 0 });
		expect(await ids()).not.toContain(9_000_001);
	});
});

describe('the payload of an event', () => {
	it('is told once before and once with its media, under the same id and action', async () => {
		const id = simulator().events.happen();
		const before = await simulator().events.payload(id);
		expect(before).toMatchObject({
			action: 'driver_performance_event_created',
			id,
			type: 'hard_brake',
			current_vehicle: { id: 1040021, number: 'T-118' },
			current_driver: { id: 20011 },
			driver_id: 20011,
			vehicle_id: 1040021,
			camera_media: { available: false, downloadable_images: { front_facing_jpg_url: null } },
		});
		clock.forward(10 * MINUTE);
		const after = await simulator().events.payload(id);
		const { camera_media: media, ...rest } = after;
		expect(rest).toEqual({ ...before, camera_media: undefined });
		expect(media).toHaveProperty('available', true);
		expect(media).toHaveProperty(
			'downloadable_images.front_facing_jpg_url',
			expect.stringMatching(/^http:/),
		);
	});

	it('has links also where lists tell them only on request', async () => {
		simulator().eventMedia.linksOnRequest = true;
		const id = simulator().events.happen({ fields: { type: 'crash' } });
		clock.forward(HOUR);
		expect((await simulator().events.payload(id))['camera_media']).toHaveProperty(
			'downloadable_videos.front_facing_plain_url',
			expect.stringMatching(/^http:/),
		);
	});

	it('is of a change where it says so, or has parts beside its other fields', async () => {
		const id = simulator().events.happen({ fields: { type: 'lane_swerving_event' } });
		const payload = await simulator().events.payload(id);
		expect(payload).toMatchObject({
			action: 'driver_performance_event_updated',
			aggregated: true,
			sub_events: [{ camera_media: {} }, { camera_media: {} }, {}].slice(0, 2 + (id % 2)),
		});
		expect(payload).not.toHaveProperty('sub_event_metadata');
		const action = 'driver_performance_event_updated';
		const other = simulator().events.happen();
		expect(await simulator().events.payload(other, action)).toMatchObject({ action, id: other });
	});

	it('is there of usual events as well', async () => {
		const [event] = await listed();
		expect(await simulator().events.payload(Number(event?.['id']))).toMatchObject({
			id: event?.['id'],
			type: event?.['type'],
			start_time: event?.['start_time'],
		});
		await expect(simulator().events.payload(7)).rejects.toThrow('there is no event 7');
	});
});

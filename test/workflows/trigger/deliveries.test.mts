import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import {
	engineToggle,
	faultCode,
	safetyEvent,
	speedingEvent,
	vehicleLocation,
} from '../../simulator/events.mts';
import type { DeliveryOptions } from '../../simulator/deliveries.mts';
import type { Webhook } from '../../simulator/webhooks.mts';
import { useTriggerWorld } from './triggerWorld.mts';

const world = useTriggerWorld();
const send = async (webhook: Webhook, payload: unknown, options?: DeliveryOptions) =>
	await world.simulator.webhooks.deliver(webhook, payload, options);

describe('a signed delivery', () => {
	it('starts the workflow with the payload as it came, and the event next to it', async () => {
		const { trigger, webhook } = await world.activate();
		const payload = safetyEvent(world.truck);
		const delivery = await send(webhook, payload);
		expect(delivery.status).toBe(200);
		expect(delivery.took).toBeLessThan(1_000);
		expect(trigger.runs).toEqual([
			[
				{
					json: {
						...payload,
						event: {
							action: 'driver_performance_event_created',
							id: 3328319,
							type: 'hard_brake',
							severity: 'high',
							occurred_at: '2026-07-02T18:28:11Z',
							vehicle: { id: 1040021, number: 'T-118' },
							driver: { id: 20011, name: 'Sam Doe' },
							location: 'San Jose, CA',
							lat: 37.41,
							lon: -121.92,
						},
					},
				},
			],
		]);
	});

	it('of several events makes one item for each', async () => {
		const { trigger, webhook } = await world.activate();
		await send(webhook, [safetyEvent(world.truck), speedingEvent(world.truck)]);
		expect(trigger.runs).toHaveLength(1);
		expect(trigger.runs[0]?.map(({ json }) => json['action'])).toEqual([
			'driver_performance_event_created',
			'speeding_event_created',
		]);
	});

	it.each([[['driver_performance_event_created']], [{ action: 'test' }], [[]]])(
		'that is a test message is answered and starts nothing: %j',
		async (message) => {
			const { trigger, webhook } = await world.activate();
			expect((await send(webhook, message)).status).toBe(200);
			expect(trigger.runs).toEqual([]);
		},
	);

	it('is matched to the chosen events, as a webhook made by hand may send others', async () => {
		const { trigger, webhook } = await world.activate();
		expect((await send(webhook, faultCode(world.truck))).status).toBe(200);
		expect(trigger.runs).toEqual([]);
	});

	it.each(['"hello"', '7', 'null', 'not json', ''])(
		'that is no event at all is refused: %s',
		async (body) => {
			const { trigger, webhook } = await world.activate();
			const delivery = await world.simulator.webhooks.redeliver({
				target: webhook,
				body,
				status: 0,
				answer: '',
				took: 0,
			});
			expect(delivery.status).toBe(400);
			expect(trigger.runs).toEqual([]);
		},
	);

	it('keeps an “event” of the payload under another name', async () => {
		const { trigger, webhook } = await world.activate();
		await send(webhook, safetyEvent(world.truck, { event: 'surprise' }));
		expect(trigger.runs[0]?.[0]?.json).toMatchObject({
			motive_event: 'surprise',
			event: { type: 'hard_brake' },
		});
	});
});

describe('a delivery that is not signed as it should be', () => {
	it.each([
		['a wrong signature', '0'.repeat(40)],
		['no signature', null],
		['an empty one', ''],
		['one of another length', 'abc'],
	])('is refused: %s', async (_name, signature) => {
		const { trigger, webhook } = await world.activate();
		const delivery = await send(webhook, safetyEvent(world.truck), { signature });
		expect(delivery).toMatchObject({ status: 401, answer: 'Unauthorized' });
		expect(trigger.runs).toEqual([]);
		expect(trigger.log.at(-1)).toBe(
			'warn: A delivery to the Motive Trigger was refused (401): its signature does not fit the secret',
		);
		expect(trigger.log.join()).not.toContain(webhook.secret);
	});

	it('is refused when it is a test message with the wrong secret, so that Motive tells the user', async () => {
		const { webhook } = await world.activate();
		expect((await send({ ...webhook, secret: 'x'.repeat(20) }, { action: 'test' })).status).toBe(
			401,
		);
	});

	it('is refused while there is no secret', async () => {
		const { trigger, webhook } = await world.activate();
		trigger.state.staticData = {};
		expect((await send(webhook, safetyEvent(world.truck))).status).toBe(401);
		expect(trigger.log.at(-1)).toContain('there is no secret yet');
	});
});

describe('manual registration', () => {
	const secret = '0123456789abcdef0123';

	it('judges by the pasted secret', async () => {
		const trigger = await world.open({
			parameters: { registration: 'manual', webhookSecret: ` ${secret}\n` },
			credentials: {},
		});
		const target = { url: `${trigger.origin}/webhook/webhook-id/webhook`, secret };
		expect((await world.simulator.webhooks.deliver(target, safetyEvent(world.truck))).status).toBe(
			200,
		);
		expect(
			(await world.simulator.webhooks.deliver({ ...target, secret: 'other' }, { action: 'test' }))
				.status,
		).toBe(401);
		expect(trigger.runs).toHaveLength(1);
	});
});

describe('filters', () => {
	const cases: Array<[filters: INodeParameters, vehicles: string[]]> = [
		[{ severity: ['high', 'critical'] }, ['T-118', 'T-119']],
		[{ severity: ['critical'] }, ['T-119']],
		[{ severity: ['none'] }, ['T-120']],
		[{ eventType: ['crash', 'speeding'] }, ['T-119']],
		[{ severity: 'Critical' }, ['T-119']],
		[{ eventType: '["Hard Brake"]' }, ['T-118', 'T-120']],
		[{ vehicle: 't-118, 1040023' }, ['T-118', 'T-120']],
		[{ vehicle: '"T-118", "T,119"' }, ['T-118']],
		[{ vehicle: 'T-118', severity: ['critical'] }, []],
		[{}, ['T-118', 'T-119', 'T-120']],
	];

	it.each(cases)('%j lets through %j', async (filters, vehicles) => {
		const { trigger, webhook } = await world.activate({ parameters: { filters } });
		const unjudged = safetyEvent(world.simulator.device('T-120'), {
			id: 3328320,
			metadata: { severity: 'nil' },
		});
		await send(webhook, [
			safetyEvent(world.truck),
			speedingEvent(world.simulator.device('T-119')),
			unjudged,
		]);
		expect(trigger.runs.flat()).toMatchObject(
			vehicles.map((number) => ({ json: { event: { vehicle: { number } } } })),
		);
	});
});

describe('an event that comes again', () => {
	it('starts nothing a second time', async () => {
		const { trigger, webhook } = await world.activate();
		const first = await send(webhook, safetyEvent(world.truck));
		expect((await world.simulator.webhooks.redeliver(first)).status).toBe(200);
		expect(trigger.runs).toHaveLength(1);
	});

	it('starts nothing even when both come at the same time', async () => {
		const { trigger, webhook } = await world.activate();
		const payload = safetyEvent(world.truck);
		const answers = await Promise.all([send(webhook, payload), send(webhook, payload)]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect(trigger.runs).toHaveLength(1);
	});

	it('starts nothing when the first answer came too late for Motive', async () => {
		const { trigger, webhook } = await world.activate();
		let release: (() => void) | undefined;
		trigger.state.answersAfter = new Promise((resolve) => (release = resolve));
		const late = await send(webhook, safetyEvent(world.truck), { patience: 100 });
		expect(late.status).toBeUndefined();
		release?.();
		await expect.poll(() => trigger.runs).toHaveLength(1);
		expect((await world.simulator.webhooks.redeliver(late)).status).toBe(200);
		expect(trigger.runs).toHaveLength(1);
	});

	it('is taken when n8n could not start the run the first time', async () => {
		const { trigger, webhook } = await world.activate();
		trigger.state.canStartRuns = false;
		const failed = await send(webhook, safetyEvent(world.truck));
		expect(failed.status).toBe(500);
		trigger.state.canStartRuns = true;
		expect((await world.simulator.webhooks.redeliver(failed)).status).toBe(200);
		expect(trigger.runs).toHaveLength(1);
	});

	it('is taken when n8n never decided and Motive gave up waiting', async () => {
		const { trigger, webhook } = await world.activate();
		trigger.state.answersAfter = new Promise(() => undefined);
		const late = await send(webhook, safetyEvent(world.truck), { patience: 100 });
		trigger.state.answersAfter = Promise.resolve();
		expect((await world.simulator.webhooks.redeliver(late)).status).toBe(200);
		expect(trigger.runs).toHaveLength(1);
	});

	it('is news once it has images, and the same again after that', async () => {
		const { trigger, webhook } = await world.activate();
		const withImage = (signature: string) =>
			safetyEvent(world.truck, {
				camera_media: {
					auto_transcode_status: 'not started',
					downloadable_images: { front_facing_jpg_url: `https://s3.example/1.jpg?${signature}` },
				},
			});
		await send(webhook, safetyEvent(world.truck));
		await send(webhook, withImage('a'));
		await send(webhook, withImage('b'));
		expect(trigger.runs).toHaveLength(2);
	});

	it('in a large delivery makes Node.js warn of nothing', async () => {
		const { trigger, webhook } = await world.activate();
		const warnings: Error[] = [];
		const listener = (warning: Error) => warnings.push(warning);
		process.on('warning', listener);
		const events = Array.from({ length: 40 }, (_, id) => safetyEvent(world.truck, { id: id + 1 }));
		await send(webhook, events);
		// Node.js tells of warnings in the next turn.
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', listener);
		expect(warnings).toEqual([]);
		expect(trigger.runs[0]).toHaveLength(40);
	});

	it('reaches every workflow that waits for it', async () => {
		const one = await world.activate({ node: { webhookId: 'one' } });
		const two = await world.activate({ node: { webhookId: 'two' } });
		await send(one.webhook, safetyEvent(world.truck));
		await send(two.webhook, safetyEvent(world.truck));
		expect([one.trigger.runs.length, two.trigger.runs.length]).toEqual([1, 1]);
	});

	it('starts the workflow as often as wanted while someone listens for a test event', async () => {
		const { trigger, webhook } = await world.activate({ isTest: true });
		const first = await send(webhook, safetyEvent(world.truck));
		await world.simulator.webhooks.redeliver(first);
		expect(trigger.runs).toHaveLength(2);
	});

	it('is told from others of the same vehicle', async () => {
		const events = ['engine_toggle_event', 'vehicle_location_updated'];
		const { trigger, webhook } = await world.activate({ parameters: { events } });
		const { truck } = world;
		// An engine event does not say when it happened, so that an equal one may be about another drive.
		for (const trigger of ['on', 'off', 'on'])
			await send(webhook, engineToggle(truck, { trigger }));
		for (const located_at of [
			'2026-07-02T12:00:00Z',
			'2026-07-02T12:01:00Z',
			'2026-07-02T12:00:00Z',
		]) {
			await send(webhook, vehicleLocation(truck, { located_at }));
		}
		expect(trigger.runs.flat().map(({ json }) => json['action'])).toEqual([
			...['engine_toggle_event', 'engine_toggle_event', 'engine_toggle_event'],
			...['vehicle_location_updated', 'vehicle_location_updated'],
		]);
	});
});

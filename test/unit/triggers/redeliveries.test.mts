import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf, RedeliveryMemory } from '../../../nodes/Motive/triggers/redeliveries.ts';
import {
	dutyStatus,
	engineToggle,
	faultCode,
	safetyEvent,
	speedingEvent,
} from '../../simulator/events.mts';
import { defaultFleet, type Device } from '../../simulator/fleet.mts';

const truck = defaultFleet[0] as Device;
const HOUR = 3_600_000;

/** An answer like n8n's response object; `status` undefined: not decided yet. */
class Answer extends EventEmitter {
	destroyed = false;
	statusCode = 200;
	headersSent = false;

	constructor(status?: number) {
		super();
		if (status !== undefined) this.decide(status);
	}

	decide(status: number): void {
		this.statusCode = status;
		this.headersSent = true;
	}

	close(): void {
		this.destroyed = true;
		this.emit('close');
	}
}

describe('RedeliveryMemory', () => {
	it('knows an event after a success, and forgets it when it is too old to come again', () => {
		const memory = new RedeliveryMemory();
		expect(memory.isKnown('a', new Answer(200), 0)).toBe(false);
		expect(memory.isKnown('a', new Answer(200), 7 * HOUR)).toBe(true);
		expect(memory.isKnown('b', new Answer(200), 7 * HOUR)).toBe(false);
		expect(memory.isKnown('a', new Answer(200), 8 * HOUR)).toBe(false);
	});

	it('forgets by the age of an event, whatever the time of day', () => {
		const memory = new RedeliveryMemory();
		memory.isKnown('a', new Answer(200), 100 * HOUR);
		expect(memory.isKnown('a', new Answer(200), 107 * HOUR)).toBe(true);
		expect(memory.isKnown('a', new Answer(200), 108 * HOUR)).toBe(false);
	});

	it('lets go of an answer once it is closed', () => {
		const memory = new RedeliveryMemory();
		const answer = new Answer(200);
		memory.isKnown('a', answer, 0);
		answer.close();
		// What happens to the object later is not about this delivery.
		answer.decide(500);
		expect(memory.isKnown('a', new Answer(200), 60_000)).toBe(true);
	});

	it.each([
		['was a redirect', new Answer(300), false, false],
		['is still open', new Answer(), false, true],
		['was a failure', new Answer(500), false, false],
		['was a failure, and is closed', new Answer(500), true, false],
		['was a success, and is closed', new Answer(200), true, true],
		['never came, and Motive has hung up', new Answer(), true, false],
	])('goes by what became of the answer: it %s', (_name, answer, isClosed, isKnown) => {
		const memory = new RedeliveryMemory();
		memory.isKnown('a', answer, 0);
		if (isClosed) answer.close();
		expect(memory.isKnown('a', new Answer(200), 60_000)).toBe(isKnown);
	});

	it('counts a success that was decided after Motive had hung up', () => {
		const memory = new RedeliveryMemory();
		const answer = new Answer();
		memory.isKnown('a', answer, 0);
		answer.close();
		answer.decide(200);
		expect(memory.isKnown('a', new Answer(200), 60_000)).toBe(true);
	});

	it('listens once for the end of a delivery, however many events are in it', () => {
		const memory = new RedeliveryMemory();
		const answer = new Answer();
		for (let event = 0; event < 250; event++) memory.isKnown(String(event), answer, 0);
		expect(answer.listenerCount('close')).toBe(1);
		answer.decide(500);
		answer.close();
		expect(memory.isKnown('249', new Answer(200), 60_000)).toBe(false);
	});

	it('never grows beyond its bound, and forgets the oldest first', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string(), { maxLength: 60 }),
				fc.integer({ min: 1, max: 20 }),
				(events, largest) => {
					const memory = new RedeliveryMemory(largest);
					events.forEach((event, moment) => {
						memory.isKnown(event, new Answer(200), moment);
						expect(memory.size).toBeLessThanOrEqual(largest);
					});
					const last = events.at(-1);
					if (last !== undefined)
						expect(memory.isKnown(last, new Answer(200), events.length)).toBe(true);
				},
			),
		);
	});

	it('tells every redelivery from every new event, as long as all fit in', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(30)), (events) => {
				const memory = new RedeliveryMemory();
				const seen = new Set<number>();
				for (const event of events) {
					expect(memory.isKnown(String(event), new Answer(200), 0)).toBe(seen.has(event));
					seen.add(event);
				}
			}),
		);
	});
});

describe('identityOf', () => {
	it('is the action and the id of what is created once, whatever else changes', () => {
		const created = identityOf(safetyEvent(truck));
		expect(identityOf(safetyEvent(truck, { coaching_status: 'coachable' }))).toBe(created);
		expect(identityOf(safetyEvent(truck, { id: 1 }))).not.toBe(created);
		expect(identityOf(speedingEvent(truck, { id: 3328319 }))).not.toBe(created);
	});

	it('is another once there are images or videos, and the same under other links to them', () => {
		const withMedia = (links: object) =>
			identityOf(safetyEvent(truck, { camera_media: { downloadable_images: links } }));
		const first = withMedia({ front_facing_jpg_url: 'https://s3.example/1.jpg?signature=a' });
		expect(first).not.toBe(identityOf(safetyEvent(truck)));
		expect(withMedia({ front_facing_jpg_url: 'https://s3.example/1.jpg?signature=b' })).toBe(first);
		expect(withMedia({ driver_facing_jpg_url: 'https://s3.example/1.jpg' })).not.toBe(first);
	});

	it('is the same in whatever order the images are', () => {
		const withImages = (...names: string[]) => {
			const links = names.map((name) => [`${name}_jpg_url`, 'https://s3.example/1.jpg']);
			const camera_media = { downloadable_images: Object.fromEntries(links) as object };
			return identityOf(safetyEvent(truck, { camera_media }));
		};
		expect(withImages('front_facing', 'rear')).toBe(withImages('rear', 'front_facing'));
	});

	it('is all there is of an update, so that no update is taken for another', () => {
		const update = (changes: object) =>
			identityOf(safetyEvent(truck, { action: 'driver_performance_event_updated', ...changes }));
		expect(update({})).toBe(update({}));
		expect(update({ coaching_status: 'coachable' })).not.toBe(update({}));
	});

	it('differs between the states of a driver, who keeps the id', () => {
		expect(identityOf(dutyStatus({ updated_at: '2026-07-02T07:00:00Z' }))).not.toBe(
			identityOf(dutyStatus()),
		);
		expect(identityOf(dutyStatus())).toBe(identityOf(dutyStatus()));
	});

	it('does not exist where nothing tells one event from the next', () => {
		expect(identityOf(engineToggle(truck))).toBeUndefined();
		expect(identityOf(dutyStatus({ updated_at: 'nil' }))).toBeUndefined();
		expect(identityOf({})).toBeUndefined();
		expect(identityOf({ action: 'speeding_event_created', type: 'posted' })).toBeUndefined();
		expect(identityOf(faultCode(truck))).toBeDefined();
	});

	it('never throws', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) =>
				['string', 'undefined'].includes(typeof identityOf(payload)),
			),
		);
	});
});

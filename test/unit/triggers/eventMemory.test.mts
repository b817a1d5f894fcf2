import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	compare,
	parseMemory,
	withAdded,
	type EventMemory,
	type ListedEvent,
	type Reading,
} from '../../../nodes/Motive/triggers/eventMemory.ts';

const HOUR = 3_600_000;
const LOOK_BACK = 24 * HOUR;

/** What n8n has of a memory. */
const kept = (memory: EventMemory) => parseMemory(JSON.parse(JSON.stringify(memory)));

function reading(changes: Partial<Reading<ListedEvent>> = {}): Reading<ListedEvent> {
	const { now = 0 } = changes;
	return { kind: 'safetyEvent', from: now - LOOK_BACK, now, events: [], nextPage: 1, ...changes };
}

/** An event of a fleet: when it began, how late Motive listed it, and whether it says when it began. */
const happening = fc.record({
	at: fc.integer({ min: 0, max: 96 }),
	lateBy: fc.integer({ min: 0, max: 40 }),
	isTimed: fc.boolean(),
});

interface Listed extends ListedEvent {
	listedAt: number;
}

/** The events of a fleet by the hour. */
function fleetOf(happenings: Array<{ at: number; lateBy: number; isTimed: boolean }>): Listed[] {
	return happenings.map(({ at, lateBy, isTimed }, index) => ({
		key: String(index),
		at: isTimed ? at * HOUR : undefined,
		listedAt: (at + lateBy) * HOUR,
	}));
}

/** Polls at these hours, each time in another order, and returns what came out of each poll. */
function pollAll(fleet: Listed[], hours: number[], pageSize = Infinity): string[][] {
	let memory: EventMemory | undefined;
	return hours.map((hour, turn) => {
		const now = hour * HOUR;
		const listed = fleet.filter(({ listedAt }) => listedAt <= now);
		const ordered = turn % 2 === 0 ? listed : listed.toReversed();
		const begin = Number.isFinite(pageSize) ? ((memory?.page ?? 1) - 1) * pageSize : 0;
		const events = ordered.slice(begin, begin + pageSize);
		const isWhole = begin + pageSize >= ordered.length;
		const nextPage = isWhole ? 1 : (memory?.page ?? 1) + 1;
		const result = compare(reading({ now, events, nextPage }), memory);
		memory = kept(result.memory);
		return result.fresh.map(({ key }) => key);
	});
}

const hoursOfPolls = fc
	.uniqueArray(fc.integer({ min: 0, max: 140 }), { minLength: 1, maxLength: 30 })
	.map((hours) => hours.sort((one, other) => one - other));

describe('new events', () => {
	it('come once at most, whenever and in whatever order the list is read', () => {
		fc.assert(
			fc.property(fc.array(happening), hoursOfPolls, (happenings, hours) => {
				const out = pollAll(fleetOf(happenings), hours).flat();
				expect(new Set(out).size).toBe(out.length);
			}),
		);
	});

	it('come for certain when they are listed after the first poll and read within the window', () => {
		fc.assert(
			fc.property(fc.array(happening), hoursOfPolls, (happenings, hours) => {
				const fleet = fleetOf(happenings);
				const out = new Set(pollAll(fleet, hours).flat());
				const [first = 0] = hours;
				for (const { key, at, listedAt } of fleet) {
					const poll = hours.find((hour) => hour * HOUR >= listedAt);
					if (listedAt <= first * HOUR || poll === undefined) expect(out).not.toContain(key);
					else expect(out.has(key)).toBe(at === undefined || at >= poll * HOUR - LOOK_BACK);
				}
			}),
		);
	});

	it('come once at most even where a poll reads only some pages', () => {
		fc.assert(
			fc.property(
				fc.array(happening),
				hoursOfPolls,
				fc.integer({ min: 1, max: 5 }),
				(happenings, hours, pageSize) => {
					const timed = happenings.map((each) => ({ ...each, isTimed: true }));
					const out = pollAll(fleetOf(timed), hours, pageSize).flat();
					expect(new Set(out).size).toBe(out.length);
				},
			),
		);
	});

	it('are in the order in which they began', () => {
		const events = [3, 1, 2].map((hour) => ({ key: String(hour), at: hour * HOUR }));
		const { memory } = compare(reading(), undefined);
		const { fresh } = compare(reading({ now: 4 * HOUR, events }), memory);
		expect(fresh.map(({ key }) => key)).toEqual(['1', '2', '3']);
	});
});

describe('the memory', () => {
	it('has no event that began before the window, and no other than those that were listed', () => {
		fc.assert(
			fc.property(fc.array(happening), hoursOfPolls, (happenings, hours) => {
				const fleet = fleetOf(happenings);
				let memory: EventMemory | undefined;
				for (const hour of hours) {
					const now = hour * HOUR;
					const events = fleet.filter(({ listedAt }) => listedAt <= now);
					({ memory } = compare(reading({ now, events }), memory));
					for (const [key, at] of Object.entries(memory.seen)) {
						expect(at).toBeGreaterThanOrEqual(now - LOOK_BACK);
						expect(events.map((event) => event.key)).toContain(key);
					}
				}
			}),
		);
	});

	it('takes any ID for an ID', () => {
		const keys = ['__proto__', 'constructor', '1e3', 'null', ''];
		const events = keys.map((key) => ({ key, at: 0 }));
		const { memory } = compare(reading(), undefined);
		const first = compare(reading({ events }), memory);
		expect(first.fresh.map(({ key }) => key)).toEqual(keys);
		expect(compare(reading({ events }), kept(first.memory)).fresh).toEqual([]);
	});

	it('begins anew with another kind of event', () => {
		const { memory } = compare(reading(), undefined);
		const events = [{ key: '1', at: 0 }];
		expect(compare(reading({ kind: 'speedingEvent', events }), memory).fresh).toEqual([]);
	});

	it('keeps the events of a window that has grown since for known', () => {
		const { memory } = compare(reading(), undefined);
		const events = [-LOOK_BACK - 1, -LOOK_BACK].map((at) => ({ key: String(at), at }));
		const { fresh } = compare(reading({ from: -2 * LOOK_BACK, events }), memory);
		expect(fresh.map(({ at }) => at)).toEqual([-LOOK_BACK]);
	});

	it('has events that are missing from the list for a while, as long as they are in the window', () => {
		const events = [{ key: '1', at: 0 }];
		const first = compare(reading({ events }), undefined);
		const second = compare(reading({ now: LOOK_BACK }), first.memory);
		expect(second.memory.seen).toEqual({ 1: 0 });
		expect(compare(reading({ now: LOOK_BACK, events }), second.memory).fresh).toEqual([]);
		expect(compare(reading({ now: LOOK_BACK + 1 }), second.memory).memory.seen).toEqual({});
	});

	it('lets nothing out before the list was read to its end once', () => {
		const first = compare(reading({ nextPage: 2 }), undefined).memory;
		const events = [{ key: '1', at: 0 }];
		const second = compare(reading({ events, nextPage: 3 }), first);
		expect(second).toMatchObject({ fresh: [], memory: { isComplete: false, page: 3 } });
		const third = compare(reading(), second.memory).memory;
		expect(third.isComplete).toBe(true);
		expect(compare(reading({ nextPage: 2 }), third).memory.isComplete).toBe(true);
	});

	it('is read as it was kept; what older versions did not keep is as it was then', () => {
		const whole = { kind: 'safetyEvent', since: 0, seen: { a: 1 }, page: 4, isComplete: false };
		expect(parseMemory(whole)).toEqual(whole);
		for (const page of [undefined, '4'])
			expect(parseMemory({ ...whole, page, isComplete: undefined })).toEqual({
				...whole,
				page: 1,
				isComplete: true,
			});
		for (const piece of [{ kind: 7 }, { since: '0' }, { seen: [] }, { kind: 7, since: '0' }])
			expect(parseMemory({ ...whole, ...piece })).toBeUndefined();
	});

	it('does not count what n8n has kept in pieces', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const memory = parseMemory(value);
				expect(memory === undefined || typeof memory.kind === 'string').toBe(true);
			}),
		);
		expect(parseMemory({ kind: 'safetyEvent', since: 0 })).toBeUndefined();
		expect(parseMemory({ kind: 'safetyEvent', since: 0, seen: { a: 1, b: 'x' } })?.seen).toEqual({
			a: 1,
		});
	});

	it('is added to, unless there is none or it is about another kind of event', () => {
		const { memory } = compare(reading({ events: [{ key: '1', at: 0 }] }), undefined);
		const later = reading({ now: HOUR, events: [{ key: '2', at: HOUR }], nextPage: 3 });
		const { memory: added } = compare(later, memory);
		expect(withAdded(memory, added)).toEqual({
			...{ kind: 'safetyEvent', since: -LOOK_BACK, page: 3, isComplete: true },
			seen: { 1: 0, 2: HOUR },
		});
		expect(withAdded(undefined, added)).toBeUndefined();
		expect(withAdded(memory, { ...added, kind: 'speedingEvent' })).toBe(memory);
		expect(withAdded(memory, undefined)).toBe(memory);
	});
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEvent } from '../../../nodes/Motive/motive/event.ts';
import { eventItem } from '../../../nodes/Motive/triggers/output.ts';

it('The item of an event has all that Motive says, unchanged, and the event in common terms', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
			const before = structuredClone(record);
			const event = parseEvent(record);
			const { json } = eventItem({ record, event });
			expect(record).toEqual(before);
			const { event: own, error, ...others } = before;
			expect(json).toEqual({
				...others,
				...(own !== undefined && { motive_event: own }),
				...(error !== undefined && { motive_error: error }),
				event,
			});
		}),
	);
});

it('The item of an event keeps what n8n would take for its own under another name', () => {
	const record = { id: 1, event: 'surprise', error: 'sensor 7' };
	expect(eventItem({ record, event: parseEvent(record) }).json).toMatchObject({
		id: 1,
		event: { id: 1 },
		motive_event: 'surprise',
		motive_error: 'sensor 7',
	});
});

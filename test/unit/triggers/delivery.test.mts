import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvents } from '../../../nodes/Motive/triggers/delivery.ts';

const read = (value: unknown) => parseEvents(Buffer.from(JSON.stringify(value)));

describe('parseEvents', () => {
	it('takes one event as an object and several as an array', () => {
		expect(read({ action: 'a', id: 1 })).toEqual([{ action: 'a', id: 1 }]);
		expect(read([{ action: 'a' }, { action: 'b' }])).toEqual([{ action: 'a' }, { action: 'b' }]);
	});

	it.each([[['fault_code_closed']], [{ action: 'test' }], [[{ action: 'test' }]], [[]]])(
		'finds no event in the test message %j',
		(message) => {
			expect(read(message)).toEqual([]);
		},
	);

	it('keeps the events of an array that holds other things too', () => {
		expect(read(['a', null, 3, { action: 'a' }])).toEqual([{ action: 'a' }]);
	});

	it.each(['', 'text', '{"action":', '3', 'null', 'true', '"a"'])('cannot read %j', (body) => {
		expect(parseEvents(Buffer.from(body))).toBeUndefined();
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => Array.isArray(parseEvents(Buffer.from(bytes)) ?? [])),
		);
	});
});

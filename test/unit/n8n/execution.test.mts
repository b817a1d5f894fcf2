import { describe, expect, it } from 'vitest';
import { errorOf, execution, missingIds, outputOf } from '../../n8n/execution.mts';

const item = (id: number) => ({ json: { id }, pairedItem: { item: 0 } });

describe('execution', () => {
	const result = execution.parse({
		id: 12,
		startedAt: '2026-07-01T12:00:00Z',
		status: 'error',
		data: {
			resultData: {
				error: { message: 'No such capture', description: 'Check the request id' },
				runData: {
					Motive: [
						{ executionTime: 3, data: { main: [[item(1), item(2)], null] } },
						{ executionTime: 3, data: { main: [null, [item(3)]] } },
						{ executionTime: 3, error: { message: 'No such capture' } },
					],
				},
			},
		},
	});

	it('has the items of all runs of a node, by output', () => {
		expect(outputOf(result, 'Motive').map(({ json }) => json['id'])).toEqual([1, 2]);
		expect(outputOf(result, 'Motive', 1).map(({ json }) => json['id'])).toEqual([3]);
		expect(outputOf(result, 'Never ran')).toEqual([]);
	});

	it('has the error that a user reads', () => {
		expect(errorOf(result)?.description).toBe('Check the request id');
	});
});

describe('missingIds', () => {
	it('gives the IDs between the lowest and the highest, in whatever order those are', () => {
		expect(missingIds(['9', '12', '8', '14'])).toEqual(['10', '11', '13']);
		expect(missingIds(['8', '9'])).toEqual([]);
		expect(missingIds([])).toEqual([]);
	});
});

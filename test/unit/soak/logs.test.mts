import { describe, expect, it } from 'vitest';
import { executionsAtWork, startedCaptures } from '../../soak/logs.mts';

const log = [
	'Worker started execution 1 (job 1)',
	'Motive started dashcam image capture 90301 of V-0001, Front Facing (execution 1)',
	'Worker started execution 2 (job 2)',
	'Motive started omnicam image capture 90302, Rear (execution 2)',
	'Worker started execution 13 (job 3)',
	'Worker finished execution 1 (job 1)',
	'Worker errored while running execution 13 (job 3)',
].join('\n');

describe('the log of a worker', () => {
	it('tells which executions were still at work', () => {
		expect(executionsAtWork(log)).toEqual(['2']);
	});

	it('tells which captures were started, and by which execution', () => {
		expect(startedCaptures(log)).toEqual(
			new Map([
				[90301, '1'],
				[90302, '2'],
			]),
		);
	});
});

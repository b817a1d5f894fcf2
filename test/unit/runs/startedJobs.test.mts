import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	nothingStarted,
	startedJobs,
	type StartedWork,
} from '../../../nodes/Motive/runs/startedJobs.ts';

/** What n8n keeps for a node from one try to the next. */
type NodeContext = Record<string, unknown>;

function workOf(nodeContext: NodeContext, runIndex: unknown = 0): StartedWork<{ id: number }> {
	const context = {
		getContext: () => nodeContext,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	};
	return startedJobs(context as unknown as IExecuteFunctions);
}

/** As n8n saves and restores an execution that waits or fails. */
function savedAndLoaded(nodeContext: NodeContext): NodeContext {
	return JSON.parse(JSON.stringify(nodeContext)) as NodeContext;
}

describe('startedJobs', () => {
	it('knows nothing at first', () => {
		expect(workOf({}).find('rear')).toBeUndefined();
	});

	it('knows a request from the moment before it is sent, and its answer later', () => {
		const work = workOf({});
		work.noteRequest('rear', 1_000);
		expect(work.find('rear')).toEqual({ startedAt: 1_000 });
		work.noteAnswer('rear', { id: 7 });
		expect(work.find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
	});

	it('forgets a request that had no effect, and no other', () => {
		const work = workOf({});
		work.noteRequest('rear', 1_000);
		work.noteRequest('side_left', 2_000);
		work.forget('rear');
		expect([work.find('rear'), work.find('side_left')]).toEqual([undefined, { startedAt: 2_000 }]);
	});

	it('has no answer to what was never asked or is forgotten', () => {
		const work = workOf({});
		work.noteAnswer('rear', { id: 7 });
		expect(work.find('rear')).toBeUndefined();
	});

	it('is known to the next try, also after the execution was saved and loaded', () => {
		const nodeContext: NodeContext = { other: 'of n8n' };
		const first = workOf(nodeContext);
		first.noteRequest('rear', 1_000);
		first.noteAnswer('rear', { id: 7 });
		expect(workOf(nodeContext).find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
		const loaded = savedAndLoaded(nodeContext);
		expect(workOf(loaded).find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
		expect(loaded['other']).toBe('of n8n');
	});

	it('is other work in every round of a loop', () => {
		const nodeContext: NodeContext = {};
		for (const round of [0, 1, 10, 11]) workOf(nodeContext, round).noteRequest('rear', round);
		workOf(nodeContext, 1).forgetAll();
		expect(
			[0, 1, 10, 11].map((round) => workOf(nodeContext, round).find('rear')?.startedAt),
		).toEqual([0, undefined, 10, 11]);
	});

	it('counts as the first round where n8n does not say which', () => {
		const nodeContext: NodeContext = {};
		workOf(nodeContext, undefined).noteRequest('rear', 1_000);
		expect(workOf(nodeContext, 0).find('rear')).toBeDefined();
	});

	it.each(['text', 7, null, ['list']])('starts anew over %j in its place', (garbage) => {
		const work = workOf({ startedJobs: garbage });
		work.noteRequest('rear', 1_000);
		expect(work.find('rear')).toEqual({ startedAt: 1_000 });
	});

	it('is a plain note book, whatever the work is called', () => {
		const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
		fc.assert(
			fc.property(fc.uniqueArray(names, { minLength: 1 }), (works) => {
				const nodeContext: NodeContext = {};
				const work = workOf(nodeContext);
				for (const name of works) expect(work.find(name)).toBeUndefined();
				works.forEach((name, index) => work.noteRequest(name, index));
				const later = workOf(savedAndLoaded(nodeContext));
				expect(works.map((name) => later.find(name)?.startedAt)).toEqual(
					works.map((_, index) => index),
				);
				later.forgetAll();
				for (const name of works) expect(later.find(name)).toBeUndefined();
			}),
		);
	});
});

describe('nothingStarted', () => {
	it('knows nothing, whatever it is told', () => {
		const work = nothingStarted<{ id: number }>();
		work.noteRequest('rear', 1_000);
		work.noteAnswer('rear', { id: 7 });
		expect(work.find('rear')).toBeUndefined();
	});
});

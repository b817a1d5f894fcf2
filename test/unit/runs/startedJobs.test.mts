import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	nothingStarted,
	startedJobs,
	type StartedJobs,
} from '../../../nodes/Motive/runs/startedJobs.ts';

/** What n8n keeps for a node from one try to the next. */
type NodeContext = Record<string, unknown>;

function jobsOf(nodeContext: NodeContext, runIndex: unknown = 0): StartedJobs {
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
		expect(jobsOf({}).find('rear')).toBeUndefined();
	});

	it('knows a request from the moment before it is sent, and its answer later', () => {
		const jobs = jobsOf({});
		jobs.noteRequest('rear', 1_000);
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000 });
		jobs.noteAnswer('rear', { id: 7 });
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
	});

	it('forgets a request that had no effect, and no other', () => {
		const jobs = jobsOf({});
		jobs.noteRequest('rear', 1_000);
		jobs.noteRequest('side_left', 2_000);
		jobs.forget('rear');
		expect([jobs.find('rear'), jobs.find('side_left')]).toEqual([undefined, { startedAt: 2_000 }]);
	});

	it('has no answer to what was never asked or is forgotten', () => {
		const jobs = jobsOf({});
		jobs.noteAnswer('rear', { id: 7 });
		expect(jobs.find('rear')).toBeUndefined();
	});

	it('is known to the next try, also after the execution was saved and loaded', () => {
		const nodeContext: NodeContext = { other: 'of n8n' };
		const first = jobsOf(nodeContext);
		first.noteRequest('rear', 1_000);
		first.noteAnswer('rear', { id: 7 });
		expect(jobsOf(nodeContext).find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
		const loaded = savedAndLoaded(nodeContext);
		expect(jobsOf(loaded).find('rear')).toEqual({ startedAt: 1_000, answer: { id: 7 } });
		expect(loaded['other']).toBe('of n8n');
	});

	it('is another job in every round of a loop', () => {
		const nodeContext: NodeContext = {};
		for (const round of [0, 1, 10, 11]) jobsOf(nodeContext, round).noteRequest('rear', round);
		jobsOf(nodeContext, 1).forgetAll();
		expect(
			[0, 1, 10, 11].map((round) => jobsOf(nodeContext, round).find('rear')?.startedAt),
		).toEqual([0, undefined, 10, 11]);
	});

	it('counts as the first round where n8n does not say which', () => {
		const nodeContext: NodeContext = {};
		jobsOf(nodeContext, undefined).noteRequest('rear', 1_000);
		expect(jobsOf(nodeContext, 0).find('rear')).toBeDefined();
	});

	it.each(['text', 7, null, ['list']])('starts anew over %j in its place', (garbage) => {
		const jobs = jobsOf({ startedJobs: garbage });
		jobs.noteRequest('rear', 1_000);
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000 });
	});

	it('is a plain note book, whatever the jobs are called', () => {
		const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
		fc.assert(
			fc.property(fc.uniqueArray(names, { minLength: 1 }), (works) => {
				const nodeContext: NodeContext = {};
				const jobs = jobsOf(nodeContext);
				for (const name of works) expect(jobs.find(name)).toBeUndefined();
				works.forEach((name, index) => jobs.noteRequest(name, index));
				const later = jobsOf(savedAndLoaded(nodeContext));
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
		const jobs = nothingStarted();
		jobs.noteRequest('rear', 1_000);
		jobs.noteAnswer('rear', { id: 7 });
		expect(jobs.find('rear')).toBeUndefined();
	});
});

import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { startedJobs, type StartedJobs } from '../../../nodes/Motive/runs/startedJobs.ts';

/** What n8n keeps for a node from one try to the next. */
type NodeContext = Record<string, unknown>;

/** A run of the node. */
interface NodeRun {
	runIndex?: unknown;
	execution?: string;
	isTool?: boolean;
	/** Milliseconds since the epoch. */
	now?: number;
}

const HOUR_MS = 3_600_000;

function jobsOf(nodeContext: NodeContext, run: NodeRun = {}): StartedJobs {
	const { execution = '231', isTool = false, now = 5_000 } = run;
	const context = {
		getContext: () => nodeContext,
		getExecutionId: () => execution,
		getWorkflowDataProxy: () => ({ $runIndex: 'runIndex' in run ? run.runIndex : 0 }),
	};
	return startedJobs(context as unknown as IExecuteFunctions, { isTool, now });
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
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000, execution: '231' });
		jobs.noteAnswer('rear', { id: 7 });
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000, execution: '231', answer: { id: 7 } });
	});

	it('forgets a request that had no effect, and no other', () => {
		const jobs = jobsOf({});
		jobs.noteRequest('rear', 1_000);
		jobs.noteRequest('side_left', 2_000);
		jobs.forget('rear');
		expect([jobs.find('rear'), jobs.find('side_left')]).toEqual([
			undefined,
			{ startedAt: 2_000, execution: '231' },
		]);
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
		expect(jobsOf(nodeContext).find('rear')).toEqual({
			startedAt: 1_000,
			execution: '231',
			answer: { id: 7 },
		});
		const loaded = savedAndLoaded(nodeContext);
		expect(jobsOf(loaded).find('rear')).toEqual({
			startedAt: 1_000,
			execution: '231',
			answer: { id: 7 },
		});
		expect(loaded['other']).toBe('of n8n');
	});

	it('is another job in every round of a loop', () => {
		const nodeContext: NodeContext = {};
		for (const round of [0, 1, 10, 11])
			jobsOf(nodeContext, { runIndex: round }).noteRequest('rear', round);
		const second = jobsOf(nodeContext, { runIndex: 1 });
		second.find('rear');
		second.forgetAll();
		expect(
			[0, 1, 10, 11].map(
				(round) => jobsOf(nodeContext, { runIndex: round }).find('rear')?.startedAt,
			),
		).toEqual([0, undefined, 10, 11]);
	});

	it('counts as the first round where n8n does not say which', () => {
		const nodeContext: NodeContext = {};
		jobsOf(nodeContext, { runIndex: undefined }).noteRequest('rear', 1_000);
		expect(jobsOf(nodeContext, { runIndex: 0 }).find('rear')).toBeDefined();
	});

	it.each(['text', 7, null, ['list']])('starts anew over %j in its place', (garbage) => {
		const jobs = jobsOf({ startedJobs: garbage });
		jobs.noteRequest('rear', 1_000);
		expect(jobs.find('rear')).toEqual({ startedAt: 1_000, execution: '231' });
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

describe('Another execution', () => {
	const note = (nodeContext: NodeContext, answer?: unknown) => {
		const jobs = jobsOf(nodeContext, { execution: '231' });
		jobs.noteRequest('rear', 1_000);
		if (answer !== undefined) jobs.noteAnswer('rear', answer);
	};

	it.each([0, HOUR_MS])('goes on with what was started %i ms before', (age) => {
		const nodeContext: NodeContext = {};
		note(nodeContext, { id: 7 });
		const retried = jobsOf(nodeContext, { execution: '232', now: 1_000 + age });
		expect(retried.find('rear')?.answer).toEqual({ id: 7 });
	});

	it('starts anew what was started longer ago than an hour; the same execution does not', () => {
		const nodeContext: NodeContext = {};
		note(nodeContext, { id: 7 });
		const now = 1_001 + HOUR_MS;
		expect(jobsOf(nodeContext, { execution: '231', now }).find('rear')).toBeDefined();
		expect(jobsOf(nodeContext, { execution: '232', now }).find('rear')).toBeUndefined();
	});

	it('starts anew what nobody knows the outcome of; the same execution does not', () => {
		const nodeContext: NodeContext = {};
		note(nodeContext);
		expect(jobsOf(nodeContext, { execution: '231' }).find('rear')).toBeDefined();
		expect(jobsOf(nodeContext, { execution: '232' }).find('rear')).toBeUndefined();
	});
});

describe('A tool', () => {
	it('goes on in the next call, which n8n counts as another round, with what a failed one had started', () => {
		const nodeContext: NodeContext = {};
		const failed = jobsOf(nodeContext, { isTool: true, runIndex: 0 });
		failed.noteRequest('rear', 1_000);
		failed.noteAnswer('rear', { id: 7 });
		const next = jobsOf(nodeContext, { isTool: true, runIndex: 1 });
		expect(next.find('rear')?.answer).toEqual({ id: 7 });
		next.forgetAll();
		expect(jobsOf(nodeContext, { isTool: true, runIndex: 2 }).find('rear')).toBeUndefined();
	});

	it('forgets nothing of other calls that are under way', () => {
		const nodeContext: NodeContext = {};
		const [one, other] = [0, 1].map((runIndex) => jobsOf(nodeContext, { isTool: true, runIndex }));
		one?.noteRequest('rear', 1_000);
		other?.noteRequest('side_left', 1_000);
		one?.forgetAll();
		expect([other?.find('rear'), other?.find('side_left')?.startedAt]).toEqual([undefined, 1_000]);
	});

	it('knows nothing of what a node has started that is no tool', () => {
		const nodeContext: NodeContext = {};
		jobsOf(nodeContext).noteRequest('rear', 1_000);
		expect(jobsOf(nodeContext, { isTool: true }).find('rear')).toBeUndefined();
	});
});

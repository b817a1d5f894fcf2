import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../motive/json';

/** A job that was asked for in this execution; without an answer nobody knows whether Motive started it. */
export interface StartedJob {
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** Motive's answer to the start, as it is remembered. */
	answer?: unknown;
}

/**
 * The jobs that this run of the node has started, kept in n8n's context of the node: it outlives the tries of
 * Retry On Fail, so that no try starts what an earlier one has started already.
 */
export interface StartedJobs {
	find: (key: string) => StartedJob | undefined;
	/** Noted before the request is sent, so that not even a crash in between makes it forgotten. */
	noteRequest: (key: string, now: number) => void;
	/** The answer is saved with the execution, so it must be plain JSON without secrets. */
	noteAnswer: (key: string, answer: unknown) => void;
	/** For requests that surely had no effect, and jobs that Motive itself gave up: these may be started anew. */
	forget: (key: string) => void;
	/** After a run that leaves nothing to go back to. */
	forgetAll: () => void;
}

const CONTEXT_KEY = 'startedJobs';

/** The jobs that this run of the node has started. In a loop, the same item is a new job in every round. */
export function startedJobs(context: IExecuteFunctions): StartedJobs {
	const nodeContext = context.getContext('node');
	const stored: unknown = nodeContext[CONTEXT_KEY];
	const all = (isObject(stored) ? stored : {}) as Record<string, StartedJob>;
	nodeContext[CONTEXT_KEY] = all;
	const round = `${runIndexOf(context)}:`;
	return {
		find: (key) => all[round + key],
		noteRequest(key, now) {
			all[round + key] = { startedAt: now };
		},
		noteAnswer(key, answer) {
			const job = all[round + key];
			if (job) job.answer = answer;
		},
		forget(key) {
			delete all[round + key];
		},
		forgetAll() {
			for (const key of Object.keys(all)) if (key.startsWith(round)) delete all[key];
		},
	};
}

/** For calls by an AI agent: every call is a new job, and n8n repeats none of them. */
export function nothingStarted(): StartedJobs {
	const nothing = () => undefined;
	return {
		find: nothing,
		noteRequest: nothing,
		noteAnswer: nothing,
		forget: nothing,
		forgetAll: nothing,
	};
}

function runIndexOf(context: IExecuteFunctions): number {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return typeof runIndex === 'number' ? runIndex : 0;
}

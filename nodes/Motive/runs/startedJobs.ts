import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../motive/json';

/** A job that was asked for in this execution; without an answer nobody knows whether Motive started it. */
export interface StartedJob {
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** The execution that asked for it: an execution that is retried by hand gets what an earlier one remembered. */
	execution: string;
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

/** Yesterday's image is no answer to today's question (ms). */
const LONGEST_RESUMED_MS = 60 * 60 * 1_000;

/**
 * The jobs that this run of the node has started.
 *
 * In a loop, the same item is a new job in every round, which n8n counts. It also counts the tries of a tool call, so
 * for a tool all rounds are one: an agent that calls again after a failure gets what the failed call had started.
 *
 * Who presses Retry for an execution that has ended has decided: what nobody knows the outcome of is started anew, and so
 * is what was started long ago.
 */
export function startedJobs(
	context: IExecuteFunctions,
	{ isTool, now }: { isTool: boolean; now: number },
): StartedJobs {
	const all = storedJobs(context);
	const round = isTool ? 'tool:' : `${runIndexOf(context)}:`;
	const execution = context.getExecutionId();
	for (const [key, job] of Object.entries(all)) {
		const isUseless = job.answer === undefined || now - job.startedAt > LONGEST_RESUMED_MS;
		if (job.execution !== execution && isUseless) delete all[key];
	}
	// Other calls of the same tool may be under way.
	const own = new Set<string>();
	return {
		find(key) {
			own.add(round + key);
			return all[round + key];
		},
		noteRequest(key, startedAt) {
			own.add(round + key);
			all[round + key] = { startedAt, execution };
		},
		noteAnswer(key, answer) {
			const job = all[round + key];
			if (job) job.answer = answer;
		},
		forget(key) {
			delete all[round + key];
		},
		forgetAll() {
			for (const key of own) delete all[key];
		},
	};
}

function storedJobs(context: IExecuteFunctions): Record<string, StartedJob> {
	const nodeContext = context.getContext('node');
	const stored: unknown = nodeContext[CONTEXT_KEY];
	const all = (isObject(stored) ? stored : {}) as Record<string, StartedJob>;
	nodeContext[CONTEXT_KEY] = all;
	return all;
}

function runIndexOf(context: IExecuteFunctions): number {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(0);
	return typeof runIndex === 'number' ? runIndex : 0;
}

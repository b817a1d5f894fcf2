import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../motive/json';

/** Work that was asked for in this execution; without an answer nobody knows whether Motive started it. */
export interface StartedRecord<Answer> {
	/** Milliseconds since the epoch. */
	startedAt: number;
	answer?: Answer;
}

/**
 * The work that this run of the node has started, kept in n8n's context of the node: it outlives the tries of
 * Retry On Fail, so that no try starts what an earlier one has started already.
 */
export interface StartedWork<Answer> {
	find(work: string): StartedRecord<Answer> | undefined;
	/** Noted before the request is sent, so that not even a crash in between makes it forgotten. */
	noteRequest(work: string, now: number): void;
	/** The answer is saved with the execution, so it must be plain JSON without secrets. */
	noteAnswer(work: string, answer: Answer): void;
	/** For requests that surely had no effect, and work that Motive itself gave up: these may be started anew. */
	forget(work: string): void;
	/** After a run that leaves nothing to go back to. */
	forgetAll(): void;
}

const KEY = 'startedWork';

/** What this run of the node has started. In a loop, the same item is new work in every round. */
export function startedWork<Answer>(context: IExecuteFunctions): StartedWork<Answer> {
	const nodeContext = context.getContext('node');
	const stored: unknown = nodeContext[KEY];
	const all = (isObject(stored) ? stored : {}) as Record<string, StartedRecord<Answer>>;
	nodeContext[KEY] = all;
	const round = `${runIndexOf(context)}:`;
	return {
		find: (work) => all[round + work],
		noteRequest(work, now) {
			all[round + work] = { startedAt: now };
		},
		noteAnswer(work, answer) {
			const record = all[round + work];
			if (record) record.answer = answer;
		},
		forget(work) {
			delete all[round + work];
		},
		forgetAll() {
			for (const key of Object.keys(all)) if (key.startsWith(round)) delete all[key];
		},
	};
}

/** For calls by an AI agent: every call is new work, and n8n repeats none of them. */
export function nothingStarted<Answer>(): StartedWork<Answer> {
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

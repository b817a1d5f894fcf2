import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../polling/clock';

/** Longest single sleep (ms): n8n before 2.34 cannot interrupt one, so the stop button is looked at in between. */
const LONGEST_SLICE_MS = 1_000;

/** The clock of a running n8n: real time, and sleeps that end when the execution is stopped. */
export const executionClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + Math.ceil(ms);
		// Of its own, because Node warns of a leak when more than ten listen to the same signal.
		const own = AbortSignal.any([signal]);
		for (let left = end - Date.now(); left > 0; left = end - Date.now()) {
			signal.throwIfAborted();
			await sleep(Math.min(left, LONGEST_SLICE_MS), own);
		}
		signal.throwIfAborted();
	},
};

/** Any context of n8n's; those without an execution, such as dropdown lists, cannot be stopped. */
type Stoppable = Pick<IExecuteFunctions, 'getNode'> &
	Partial<Pick<IExecuteFunctions, 'getExecutionCancelSignal'>>;

/**
 * The signal that the stop button, the workflow timeout and n8n's shutdown abort.
 * Contexts without an execution get one that is never aborted.
 */
export function stopSignal(context: Stoppable): AbortSignal {
	return context.getExecutionCancelSignal?.() ?? new AbortController().signal;
}

import type { IExecuteFunctions } from 'n8n-workflow';

import type { CaptureAnswer } from '../../capture/captureState';
import { isObject } from '../../capture/json';
import { withoutUrls } from './captureJson';

/** A capture that was asked for in this execution; without an answer nobody knows whether Motive started it. */
export interface StartedCapture {
	/** Milliseconds since the epoch. */
	startedAt: number;
	answer?: CaptureAnswer;
}

/**
 * The captures that this run of the node has started, kept in n8n's context of the node: it outlives the tries of
 * Retry On Fail, so that no try starts what an earlier one has started already.
 */
export interface StartedCaptures {
	find(work: string): StartedCapture | undefined;
	/** Noted before the request is sent, so that not even a crash in between makes it forgotten. */
	noteRequest(work: string, now: number): void;
	noteAnswer(work: string, answer: CaptureAnswer, now: number): void;
	/** For requests that surely had no effect, and captures that Motive itself gave up: these may be started anew. */
	forget(work: string): void;
	/** After a run that leaves nothing to go back to. */
	forgetAll(): void;
}

const KEY = 'startedCaptures';

/** @param runIndex which run of the node this is: in a loop, the same item is new work in every round */
export function startedCaptures(context: IExecuteFunctions, runIndex: number): StartedCaptures {
	const nodeContext = context.getContext('node');
	const stored: unknown = nodeContext[KEY];
	const all: Record<string, StartedCapture> = isObject(stored) ? (stored as Record<string, StartedCapture>) : {};
	nodeContext[KEY] = all;
	const key = (work: string) => `${runIndex}:${work}`;
	return {
		find: (work) => all[key(work)],
		noteRequest(work, now) {
			all[key(work)] = { startedAt: now };
		},
		noteAnswer(work, answer, now) {
			const withoutImage = { ...answer, json: withoutUrls(answer.json) };
			delete withoutImage.image;
			all[key(work)] = { startedAt: now, answer: withoutImage };
		},
		forget(work) {
			delete all[key(work)];
		},
		forgetAll() {
			for (const each of Object.keys(all)) if (each.startsWith(key(''))) delete all[each];
		},
	};
}

/** For calls by an AI agent: every call is new work, and n8n repeats none of them. */
export const NOTHING_STARTED: StartedCaptures = {
	find: () => undefined,
	noteRequest: () => undefined,
	noteAnswer: () => undefined,
	forget: () => undefined,
	forgetAll: () => undefined,
};

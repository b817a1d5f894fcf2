import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { nodeErrorOf, type ItemFailure } from '../itemFailures';
import { nameOf } from './captureJob';
import type { CaptureRun, ItemWork } from './runCaptures';

/**
 * The n8n error for the first item that failed, or undefined when none did. It names the item, and every capture that
 * was started, so that nothing is lost.
 */
export function itemError(
	context: IExecuteFunctions,
	items: readonly ItemWork[],
): NodeApiError | NodeOperationError | undefined {
	const [first] = items.flatMap(failuresOf);
	return first && nodeErrorOf(context, first, startedList(items.flatMap(({ captures }) => captures)));
}

/** Everything that failed about an item, in the order of its captures, with the name of what it is about. */
export function failuresOf({ itemIndex, failure, captures }: ItemWork): ItemFailure[] {
	if (failure !== undefined) {
		return [{ itemIndex, subject: captures[0]?.subject ?? 'lookup of the vehicle number', failure }];
	}
	return captures.flatMap((capture) => {
		const { failure: own } = capture.outcome;
		return own === undefined ? [] : [{ itemIndex, subject: subjectOf(capture), failure: own }];
	});
}

/** The id of a capture where it has one, else what was asked for. */
function subjectOf({ subject, outcome: { answer } }: CaptureRun): string {
	return answer && 'answer' in answer ? nameOf(answer.answer) : subject;
}

function startedList(captures: readonly CaptureRun[]): string {
	const ids = new Map<string, number[]>();
	for (const { outcome } of captures) {
		if (!outcome.answer || !('answer' in outcome.answer)) continue;
		const { cameraType, requestId } = outcome.answer.answer;
		ids.set(cameraType, [...(ids.get(cameraType) ?? []), requestId]);
	}
	if (ids.size === 0) return '';
	const list = [...ids].map(([cameraType, requestIds]) => `${cameraType} ${requestIds.join(', ')}`).join('; ');
	return ` Request IDs by camera type, for the operation Get: ${list}.`;
}

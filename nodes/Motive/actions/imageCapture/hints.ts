import type { IExecuteFunctions } from 'n8n-workflow';

import type { CaptureAnswer } from '../../capture/captureState';
import type { ItemWork } from './runCaptures';

/** Tells below the output what no item says: captures still pending, and positions that were left out. */
export function addHints(context: IExecuteFunctions, items: readonly ItemWork[]): void {
	for (const message of [pendingHint(items), leftOutHint(items)]) {
		if (message !== undefined) context.addExecutionHints({ message, location: 'outputPane' });
	}
}

function pendingHint(items: readonly ItemWork[]): string | undefined {
	const pending = answersOf(items).filter(({ state }) => state === 'pending');
	if (pending.length === 0) return undefined;
	const list = pending.map(({ requestId, cameraType }) => `${requestId} (${cameraType})`).join(', ');
	return `Still pending: ${list}. Fetch the pictures later with the operation Get, this request ID and this camera type.`;
}

function leftOutHint(items: readonly ItemWork[]): string | undefined {
	const sources = items.flatMap((item) => {
		const leftOut = item.captures.flatMap(({ outcome: { result } }) => (result && 'leftOut' in result ? [result.order] : []));
		const [first] = leftOut;
		if (!first) return [];
		const name = answersOf([item])[0]?.sourceName ?? `${first.kind} ${first.id}`;
		return [`${name} (${leftOut.map(({ position }) => position).join(', ')})`];
	});
	return sources.length === 0 ? undefined : `Left out, because Motive has no such camera there: ${sources.join('; ')}.`;
}

function answersOf(items: readonly ItemWork[]): CaptureAnswer[] {
	return items.flatMap(({ captures }) =>
		captures.flatMap(({ outcome: { result } }) => (result && 'answer' in result ? [result.answer] : [])),
	);
}

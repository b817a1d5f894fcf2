import type { CaptureAnswer } from '../../capture/captureState';
import type { CaptureWork } from './captureItems';

/** Tells what no item says: captures still pending, and positions that were left out. */
export function hintsOf(items: readonly CaptureWork[]): string[] {
	return [pendingHint(items), leftOutHint(items)].filter((hint) => hint !== undefined);
}

function pendingHint(items: readonly CaptureWork[]): string | undefined {
	const pending = answersOf(items).filter(({ state }) => state === 'pending');
	if (pending.length === 0) return undefined;
	const list = pending.map(({ requestId, cameraType }) => `${requestId} (${cameraType})`).join(', ');
	return `Still pending: ${list}. Fetch the pictures later with the operation Get, this request ID and this camera type.`;
}

function leftOutHint(items: readonly CaptureWork[]): string | undefined {
	const sources = items.flatMap((item) => {
		const leftOut = item.runs.flatMap(({ result }) => (result && 'leftOut' in result ? [result.order] : []));
		const [first] = leftOut;
		if (!first) return [];
		const name = answersOf([item])[0]?.sourceName ?? `${first.kind} ${first.id}`;
		return [`${name} (${leftOut.map(({ position }) => position).join(', ')})`];
	});
	return sources.length === 0 ? undefined : `Left out, because Motive has no such camera there: ${sources.join('; ')}.`;
}

function answersOf(items: readonly CaptureWork[]): CaptureAnswer[] {
	return items.flatMap(({ runs }) =>
		runs.flatMap(({ result }) => (result && 'answer' in result ? [result.answer] : [])),
	);
}

import type { CaptureAnswer } from '../../motive/imageCapture';
import { positionName } from '../../motive/positionName';
import type { CaptureWork } from './captureItems';
import type { FinishedCapture } from './captureJson';

/** Tells what no item says: how pending captures are fetched, positions left out, and places that are not known. */
export function hintsOf(items: readonly CaptureWork[]): string[] {
	return [pendingHint(items), leftOutHint(items), locationHint(items)].filter(
		(hint) => hint !== undefined,
	);
}

function pendingHint(items: readonly CaptureWork[]): string | undefined {
	const pending = answersOf(items).filter(({ state }) => state === 'pending');
	if (pending.length === 0) return undefined;
	const list = pending
		.map(({ requestId, cameraType }) => `${requestId} (${cameraType})`)
		.join(', ');
	const isExpected = items.every(({ input }) => input?.wait !== true);
	const where = 'with the operation Get, which needs the request ID and the camera type';
	return isExpected
		? `The cameras are at work. Fetch the pictures in a later step ${where} of each item: ${list}.`
		: `Still pending: ${list}. Fetch the pictures later ${where}.`;
}

function leftOutHint(items: readonly CaptureWork[]): string | undefined {
	const sources = items.flatMap((item) => {
		const leftOut = item.runs.flatMap(({ result }) =>
			result && 'leftOut' in result ? [result.order] : [],
		);
		const [first] = leftOut;
		if (!first) return [];
		const name = answersOf([item])[0]?.sourceName ?? first.name;
		return [`${name} (${leftOut.map(({ position }) => positionName(position)).join(', ')})`];
	});
	return sources.length === 0
		? undefined
		: `Left out, because Motive has no such camera there: ${sources.join('; ')}.`;
}

function locationHint(items: readonly CaptureWork[]): string | undefined {
	const missing = finishedOf(items).flatMap(({ answer, whereabouts }) =>
		whereabouts && 'missing' in whereabouts
			? [`${answer.sourceName ?? 'a vehicle'} (${whereabouts.missing})`]
			: [],
	);
	return missing.length === 0
		? undefined
		: `Location not known: ${[...new Set(missing)].join('; ')}.`;
}

function answersOf(items: readonly CaptureWork[]): CaptureAnswer[] {
	return finishedOf(items).map(({ answer }) => answer);
}

function finishedOf(items: readonly CaptureWork[]): FinishedCapture[] {
	return items.flatMap(({ runs }) =>
		runs.flatMap(({ result }) => (result && 'answer' in result ? [result] : [])),
	);
}

import { MotiveFailure } from '../../motive/failure';
import { positionName } from '../../motive/positions';
import { nameFirst } from '../../motive/text';
import type { Advice } from '../../transport/errorTexts';
import type { LocatedCapture } from './location';
import type { CaptureItem } from './output';
import { sourceName, type SourceInput } from './parameters';

/** What to do when no image can be had. */
export const CAPTURE_ADVICE: Advice = {
	forbidden:
		'To take pictures, switch on Capture Trip Images in the Motive Dashboard under Admin → Safety → Cameras. ' +
		'With OAuth2 a scope may be missing; an API key has no scopes.',
	notFound:
		'Check the vehicle or asset, and that the credential belongs to its company. A fleet number goes under By Number. If ' +
		'the message names a request ID, Motive has lost that picture: run the node again to ask for a new one.',
	refused:
		'The vehicle or asset may have no camera at this position, or none that takes pictures on demand. Choose other ' +
		'Positions, or All Cameras, which leaves out those that are not there.',
	outcomeUnknown:
		'The connection broke or Motive failed before it confirmed. The request is not repeated, because that could take ' +
		'a second picture. Run the workflow anew to ask for a new one.',
	failed: 'The camera may be switched off, covered or not connected. Start a new capture later.',
	timedOut:
		'The vehicle may be parked or out of reach; Motive may still take the picture. Fetch it later with the operation ' +
		'Get, this request ID and this camera type, or raise Timeout in the options.',
	download:
		'The capture itself is done. Fetch it again with the operation Get, this request ID and this camera type.',
};

/** What to do when the image of a known capture cannot be had. */
export const GET_ADVICE: Advice = {
	...CAPTURE_ADVICE,
	notFound:
		'Request ID and Camera Type must be the pair that Motive gave when the capture was started, and the credential must ' +
		'belong to the same company.',
	refused:
		'Check Request ID and Camera Type: they must be the pair that Motive gave when the capture was started.',
};

/** The request IDs of started captures, as text behind the description of an error. */
export function startedList(captures: readonly LocatedCapture[]): string {
	const ids = new Map<string, number[]>();
	for (const { cameraType, requestId } of captures)
		ids.set(cameraType, [...(ids.get(cameraType) ?? []), requestId]);
	if (ids.size === 0) return '';
	const list = [...ids].map(([cameraType, requestIds]) => `${cameraType} ${requestIds.join(', ')}`);
	return ` Request IDs by camera type, for the operation Get: ${list.join('; ')}.`;
}

/** What no item says: how pending captures are fetched, and places that are not known. */
export function captureHints(items: readonly CaptureItem[]): string[] {
	return [pendingHint(items), locationHint(items)].filter((hint) => hint !== undefined);
}

/** The positions that were left out, because Motive has no such camera. */
export function leftOutHints(items: ReadonlyArray<CaptureItem<SourceInput>>): string[] {
	const sources = items.flatMap(({ input, runs }) => {
		if (input === undefined) return [];
		// There is one job for each position, in their order.
		const leftOut = runs.flatMap(({ state, failures }, index) => {
			const position = positionName(input.positions.names[index] ?? '');
			return state === 'skipped' ? [position + wordsOf(failures[0]?.failure)] : [];
		});
		if (leftOut.length === 0) return [];
		const known = runs.find(({ answer }) => answer)?.answer?.sourceName;
		return [`${known ?? sourceName(input.source)} (${leftOut.join(', ')})`];
	});
	return sources.length === 0
		? []
		: [`Left out, because Motive refused them: ${nameFirst(sources, '; ')}.`];
}

function wordsOf(refusal: unknown): string {
	const words = refusal instanceof MotiveFailure ? refusal.facts.serviceText : undefined;
	return words === undefined ? '' : `: “${words}”`;
}

function pendingHint(items: readonly CaptureItem[]): string | undefined {
	const pending = capturesOf(items).filter(({ state }) => state === 'pending');
	if (pending.length === 0) return undefined;
	const list = nameFirst(
		pending.map(({ requestId, cameraType }) => `${requestId} (${cameraType})`),
	);
	const isExpected = items.every(({ input }) => input?.wait !== true);
	const where = 'with the operation Get, which needs the request ID and the camera type';
	return isExpected
		? `The cameras are at work. Fetch the pictures in a later step ${where} of each item: ${list}.`
		: `Still pending: ${list}. Fetch the pictures later ${where}.`;
}

function locationHint(items: readonly CaptureItem[]): string | undefined {
	const missing = capturesOf(items).flatMap(({ sourceName: name, whereabouts }) =>
		whereabouts && 'missing' in whereabouts
			? [`${name ?? 'a vehicle'} (${whereabouts.missing})`]
			: [],
	);
	return missing.length === 0
		? undefined
		: `Location not known: ${nameFirst([...new Set(missing)], '; ')}.`;
}

/** The captures that came to an end which is no failure. */
function capturesOf(items: readonly CaptureItem[]): LocatedCapture[] {
	return items.flatMap(({ runs }) =>
		runs.flatMap(({ answer, outputs }) => (answer && outputs.length > 0 ? [answer] : [])),
	);
}

import { MotiveFailure } from '../../motive/failure';
import { positionName } from '../../motive/positions';
import { nameFirst } from '../../motive/text';
import type { Advice } from '../../transport/errorTexts';
import { cameraType } from './fields';
import type { LocatedCapture } from './location';
import type { CaptureItem } from './output';
import { sourceName, type SourceInput } from './parameters';

/** What to do when no image can be had. */
export const CAPTURE_ADVICE: Advice = {
	forbidden:
		'To take pictures, switch on Capture Trip Images in the Motive Dashboard under Admin → Safety → Cameras. ' +
		'With OAuth2 a scope may be missing; an API key has no scopes.',
	notFound:
		'Check the vehicle or asset, and that the credential belongs to its company. A fleet number that has only digits goes ' +
		'under By Number.',
	refused:
		'The vehicle or asset may have no camera at this position, or none that takes pictures on demand. Choose other ' +
		'Positions, or All Cameras, which leaves out those that are not there.',
	outcomeUnknown:
		'The connection broke or Motive failed before it confirmed. The request is not repeated, because that could take ' +
		'a second picture. Run the workflow anew to ask for a new one.',
	failed: 'The camera may be switched off, covered or not connected. Start a new capture later.',
	timedOut:
		'The vehicle may be parked or out of reach, and Motive may still take the picture. To wait longer, raise ' +
		'Timeout (Seconds) in the options.',
	download: 'The picture is taken.',
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

/** How started captures are fetched later, as text behind the description of an error. */
export function startedList(captures: readonly LocatedCapture[]): string {
	if (captures.length === 0) return '';
	const what = captures.length === 1 ? 'it' : 'the pictures';
	return ` Fetch ${what} later with Get: ${inputOfGet(captures)}.`;
}

/** The captures as the fields of Get name them, for example `Request ID 90311, Camera Type Dashcam`. */
function inputOfGet(captures: readonly LocatedCapture[], listed = allOf): string {
	const ids = new Map<string, string[]>();
	for (const { cameraType: type, requestId } of captures)
		ids.set(type, [...(ids.get(type) ?? []), String(requestId)]);
	const parts = [...ids].map(([type, ofType]) => {
		const label = cameraType.options.find(({ value }) => value === type)?.name ?? type;
		return `Request ID ${listed(ofType)}, Camera Type ${label}`;
	});
	return parts.join('; ');
}

function allOf(ids: readonly string[]): string {
	return ids.join(', ');
}

/** What to say where All Cameras was chosen, and Motive refused each of them. */
export function allRefused({ source }: SourceInput, { kind, facts }: MotiveFailure): MotiveFailure {
	const words = facts.serviceText === undefined ? '' : `: ${facts.serviceText}`;
	return new MotiveFailure(kind, {
		advice:
			'It may have no cameras, or none that take pictures on demand. The Motive Dashboard shows which it has.',
		...facts,
		detail: `Motive refused every camera of ${sourceName(source)}${words}`,
	});
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
	const isExpected = items.every(({ input }) => input?.wait !== true);
	const fetchThem = `with Get: ${inputOfGet(pending, nameFirst)}.`;
	return isExpected
		? `The cameras are at work. Fetch the pictures in a later step ${fetchThem}`
		: `Some pictures are still pending. Fetch them later ${fetchThem}`;
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

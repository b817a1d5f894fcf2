import type { CaptureTarget } from '../../motive/captureForms';
import { MotiveFailure } from '../../motive/failure';
import {
	CAPTURE_MARKS,
	captureName,
	parseImageCapture,
	type CaptureKey,
	type ImageCapture,
} from '../../motive/imageCapture';
import { parseInteger, parseObject } from '../../motive/parse';
import { positionName } from '../../motive/positions';
import { sourceNames, vehicleIds } from '../../runs/lookUp';
import type { JobOperation } from '../../runs/jobOperation';
import type { Job } from '../../runs/job';
import { mediumFile } from '../../runs/files';
import { reader, type Session } from '../../runs/session';
import { startOnce } from '../../runs/startOnce';
import { IMAGE } from '../../transport/fileType';
import type { MotiveRequest } from '../../transport/request';
import { startCapture } from './forms';
import { vehicleLocations, type LocatedCapture } from './location';
import { CAPTURE_ADVICE, captureHints, GET_ADVICE, leftOutHints, startedList } from './messages';
import { captureItems, captureRow } from './output';
import { type CaptureOptions, type KnownCaptureInput, type SourceInput } from './parameters';

/** An image that is wanted. */
interface WantedImage {
	itemIndex: number;
	kind: 'vehicle' | 'asset';
	id: number;
	/** Fleet number of the vehicle or name of the asset, if the user chose it by that or from a list. */
	knownName: string | undefined;
	position: string;
	/** Whether a refusal leaves the position out instead of failing. */
	onlyWhereAvailable: boolean;
	options: CaptureOptions;
}

/** What the jobs of one run share. */
type CaptureSession = Session & {
	locate: ReturnType<typeof vehicleLocations>;
	nameOf: ReturnType<typeof sourceNames>;
};

/** Longest time (ms) that an image waits for the place where it was taken. */
const LOCATION_PATIENCE_MS = 10_000;

/** Motive does not say how long cameras take. This leads to a first poll after 3 s, and then one about every 2 s. */
const USUAL_WAIT_MS = 7_000;

/** What Capture and Start have in common: a job for each position of the vehicle or asset. */
export const captureJobs = {
	usualWait: USUAL_WAIT_MS,
	advice: CAPTURE_ADVICE,
	startedList,
	itemsOf: captureItems,
	hints: (items) => [...captureHints(items), ...leftOutHints(items)],
	connect(session) {
		const shared = captureSession(session);
		const idOf = vehicleIds(reader(session));
		return async ({ source, positions, options }, itemIndex) => {
			const id = 'number' in source ? await idOf(source.number) : source.id;
			const knownName = 'number' in source ? source.number : source.name;
			const wanted = { itemIndex, kind: source.kind, id, knownName, options };
			const { names, onlyWhereAvailable } = positions;
			return names.map((position) =>
				imageCaptureJob(shared, { ...wanted, position, onlyWhereAvailable }),
			);
		};
	},
} satisfies Omit<JobOperation<SourceInput, LocatedCapture>, 'text' | 'fields' | 'read'>;

/** What Get does: one job for the capture that was named. */
export const knownCaptureJobs = {
	usualWait: USUAL_WAIT_MS,
	advice: GET_ADVICE,
	startedList,
	itemsOf: captureItems,
	hints: captureHints,
	connect(session) {
		const shared = captureSession(session);
		return async (input) => [knownCaptureJob(shared, input, input.options)];
	},
} satisfies Omit<JobOperation<KnownCaptureInput, LocatedCapture>, 'text' | 'fields' | 'read'>;

/** One image of one camera: start, poll, download. */
function imageCaptureJob(session: CaptureSession, wanted: WantedImage): Job<LocatedCapture> {
	const { itemIndex, kind, id, knownName, position, onlyWhereAvailable, options } = wanted;
	const target: CaptureTarget = {
		kind,
		id,
		position,
		name: async () => knownName ?? (await session.nameOf(kind, id)),
	};
	// With fields of the user's own it may be about another one.
	const isOwn = Object.keys(options.extraBody).length === 0;
	const source = isOwn ? { kind, id, name: knownName ?? null } : null;
	return {
		...startedCaptureJob(session, options),
		subject: `image capture of ${knownName ?? `${kind} ${id}`}, ${positionName(position)}`,
		source: `${kind} ${id}`,
		...startOnce<ImageCapture>(session, {
			key: `${itemIndex}:${kind}:${id}:${position}`,
			send: async (request) => await startCapture(session, target, options.extraBody, request),
			parse: (answer) => parseImageCapture(answer, { position, source }),
			name: captureName,
			timeout: options.timeout,
		}),
		isLeftOut: (failure) => onlyWhereAvailable && isRefusal(failure),
	};
}

/** An image capture that was started elsewhere: poll, download. */
function knownCaptureJob(
	session: CaptureSession,
	known: CaptureKey,
	options: CaptureOptions,
): Job<LocatedCapture> {
	return {
		...startedCaptureJob(session, options),
		subject: captureName(known),
		start: async (signal) => {
			const startedAt = session.clock.now();
			const answer = await reader(session, { signal })(pollRequest(known));
			return { answer: parseImageCapture(answer, known), startedAt };
		},
	};
}

/** What both jobs have in common once the capture is started. */
function startedCaptureJob(
	session: CaptureSession,
	{ includeLocation }: CaptureOptions,
): Omit<Job<LocatedCapture>, 'subject' | 'start'> {
	return {
		name: captureName,
		poll: async (request, capture) =>
			parseImageCapture(await request(pollRequest(capture)), capture),
		files: (capture) =>
			capture.images.map((image) => {
				const subject = captureName({ ...capture, position: image.position });
				return mediumFile(image, IMAGE, subject, { ...capture, id: String(capture.requestId) });
			}),
		...(includeLocation && { details: async (capture) => await locate(session, capture) }),
		row: captureRow,
		words: {
			file: 'picture',
			attempt: 'take the picture',
			noneThere: 'Motive says that the picture is ready, but gives no link to it',
		},
	};
}

/** Assets have no Vehicle Gateway, so there is no location to be had with this request. */
async function locate(
	session: CaptureSession,
	{ json }: ImageCapture,
): Promise<Partial<LocatedCapture>> {
	const vehicleId = parseInteger(parseObject(json, 'vehicle'), 'id');
	return vehicleId === null ? {} : { whereabouts: await session.locate(vehicleId) };
}

function pollRequest({ cameraType, requestId }: CaptureKey): MotiveRequest {
	return {
		method: 'GET',
		path: `/v1/image_captures/${encodeURIComponent(cameraType)}/${requestId}`,
		expected: CAPTURE_MARKS,
	};
}

/** Whether Motive has refused for good; what passes, and what a proxy says, tells nothing about cameras. */
function isRefusal(failure: unknown): boolean {
	if (!(failure instanceof MotiveFailure) || failure.facts.status === undefined) return false;
	return ['refused', 'notFound'].includes(failure.kind) && failure.facts.isPage !== true;
}

function captureSession(session: Session): CaptureSession {
	const once = reader(session, { mayRepeat: () => false });
	const locate = vehicleLocations(
		async (request) => await once({ ...request, patience: LOCATION_PATIENCE_MS }),
	);
	// At once and not in turn: who asks holds a place in the queue already.
	return { ...session, locate, nameOf: sourceNames(session.request) };
}

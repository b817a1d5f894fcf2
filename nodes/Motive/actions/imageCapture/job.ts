import type { CaptureTarget } from '../../motive/captureForms';
import { asError, MotiveFailure } from '../../motive/failure';
import {
	AUTOMATIC,
	CAMERA_TYPES,
	CAPTURE_MARKS,
	captureName,
	parseImageCapture,
	type AskedCapture,
	type CaptureKey,
	type ImageCapture,
} from '../../motive/imageCapture';
import { parseInteger, parseObject } from '../../motive/parse';
import { positionName } from '../../motive/positions';
import { sourceNames, vehiclesByNumber } from '../../runs/lookUp';
import type { JobOperation } from '../../runs/jobOperation';
import type { Job } from '../../runs/job';
import { mediumFile } from '../../runs/files';
import { reader, type Session } from '../../runs/session';
import { startOnce } from '../../runs/startOnce';
import { requestFleetAlone } from '../../transport/fleetLists';
import { IMAGE } from '../../transport/fileType';
import type { MotiveRequest, SendRequest } from '../../transport/request';
import { startCapture } from './forms';
import { vehicleLocations, type LocatedCapture } from './location';
import {
	allRefused,
	CAPTURE_ADVICE,
	captureHints,
	GET_ADVICE,
	leftOutHints,
	startedList,
} from './messages';
import { reportNewWords } from './newWords';
import { captureItems, captureRow, simpleRow } from './output';
import type { CaptureInput, KnownCaptureInput, SourceInput } from './parameters';

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
	input: CaptureInput;
}

/** What the jobs of one run share. */
type CaptureSession = Session & {
	locate: ReturnType<typeof vehicleLocations>;
	nameOf: ReturnType<typeof sourceNames>;
	parse: (answer: unknown, asked: AskedCapture) => ImageCapture;
};

/** Longest time (ms) that an image waits for the place where it was taken. */
const LOCATION_PATIENCE_MS = 10_000;

/** Motive does not say how long cameras take. This leads to a first poll after 3 s, and then one about every 2 s. */
const USUAL_WAIT_MS = 7_000;

/** What Capture and Start have in common: a job for each position of the vehicle or asset. */
export const captureJobs = {
	usualWait: USUAL_WAIT_MS,
	advice: CAPTURE_ADVICE,
	allRefused,
	startedList,
	itemsOf: captureItems,
	hints: (items) => [...captureHints(items), ...leftOutHints(items)],
	connect(session) {
		const shared = captureSession(session);
		const vehicleOf = vehiclesByNumber(reader(session), session.fleet);
		return async (input, itemIndex) => {
			const { source, positions } = input;
			const { id, name } = 'number' in source ? await vehicleOf(source.number) : source;
			const wanted = { itemIndex, kind: source.kind, id, knownName: name, input };
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
		return async (input) => [knownCaptureJob(shared, input)];
	},
} satisfies Omit<JobOperation<KnownCaptureInput, LocatedCapture>, 'text' | 'fields' | 'read'>;

/** One image of one camera: start, poll, download. */
function imageCaptureJob(session: CaptureSession, wanted: WantedImage): Job<LocatedCapture> {
	const { itemIndex, kind, id, knownName, position, onlyWhereAvailable } = wanted;
	const { options } = wanted.input;
	const target: CaptureTarget = {
		kind,
		id,
		position,
		name: async () => knownName ?? (await session.nameOf(kind, id)),
	};
	// With fields of the user's own it may be about another one.
	const isOwn = Object.keys(options.extraBody).length === 0;
	const called = knownName ?? `${kind} ${id}`;
	const source = isOwn ? { kind, id, name: knownName ?? null } : null;
	return {
		...startedCaptureJob(session, wanted.input),
		subject: `image capture of ${called}, ${positionName(position)}`,
		source: `${kind} ${id}`,
		...startOnce<ImageCapture>(session, {
			key: `${itemIndex}:${kind}:${id}:${position}`,
			needs: `${called} or its ${positionName(position)} camera`,
			send: async (request) => await startCapture(session, target, options.extraBody, request),
			parse: (answer) => session.parse(answer, { position, source }),
			name: captureName,
			timeout: options.timeout,
		}),
		isLeftOut: (failure) => onlyWhereAvailable && isRefusal(failure),
	};
}

/** An image capture that was started elsewhere: poll, download. */
function knownCaptureJob(session: CaptureSession, input: KnownCaptureInput): Job<LocatedCapture> {
	const find = async (request: SendRequest): Promise<ImageCapture> => {
		let refusal: MotiveFailure | undefined;
		const types = input.cameraType === AUTOMATIC ? CAMERA_TYPES : [input.cameraType];
		for (const cameraType of types) {
			const known = { requestId: input.requestId, cameraType };
			try {
				return session.parse(await request(pollRequest(known)), known);
			} catch (error) {
				if (!isNotFound(error)) throw asError(error);
				refusal = error;
			}
		}
		const detail = `Motive has no ${captureName(input)}`;
		throw new MotiveFailure('notFound', { ...refusal?.facts, detail });
	};
	const { row, ...rest } = startedCaptureJob(session, input);
	return {
		...rest,
		subject: captureName(input),
		start: async (signal) => {
			const startedAt = session.clock.now();
			const request = reader(session, { signal, purpose: 'start' });
			return { answer: await find(request), startedAt };
		},
		// Somebody else has asked for it, some time before.
		row: (capture, { file, readyAt }) =>
			row(capture, { ...(file && { file }), ...(readyAt !== undefined && { readyAt }) }),
	};
}

/** What both jobs have in common once the capture is started. */
function startedCaptureJob(
	session: CaptureSession,
	{ simplify, options: { includeLocation, includeUrl } }: CaptureInput,
): Omit<Job<LocatedCapture>, 'subject' | 'start'> {
	return {
		name: captureName,
		poll: async (request, capture) => session.parse(await request(pollRequest(capture)), capture),
		files: (capture) =>
			capture.images.map((image) => {
				const subject = captureName({ ...capture, position: image.position });
				return mediumFile(image, IMAGE, subject, { ...capture, id: String(capture.requestId) });
			}),
		...(includeLocation && { details: async (capture) => await locate(session, capture) }),
		row: simplify ? (capture, facts) => simpleRow(capture, facts, includeUrl) : captureRow,
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

function isNotFound(failure: unknown): failure is MotiveFailure {
	return (
		failure instanceof MotiveFailure && failure.kind === 'notFound' && failure.facts.isPage !== true
	);
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
	// At once and not in turn: who asks holds a place in the queue already, so it must not wait for who needs one.
	const nameOf = sourceNames(
		session.request,
		async (kind) =>
			(await session.fleet(kind, 0)) ?? (await requestFleetAlone(session.request, kind)),
	);
	const parse: CaptureSession['parse'] = (answer, asked) => {
		const capture = parseImageCapture(answer, asked);
		reportNewWords(capture, session.context.logger);
		return capture;
	};
	return { ...session, locate, nameOf, parse };
}

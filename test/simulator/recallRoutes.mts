import { error, json, type Answer, type JsonObject } from './answers.mts';
import { named } from './files.mts';
import { videoPositions, type Device, type VideoPosition } from './fleet.mts';
import type { Call, Handler, World } from './host.mts';
import { iso, nestedDevice } from './motive.mts';
import { durations, isNamedIn, type Footage, type Recall, type RecallType } from './recalls.mts';
import type { ApiRoute } from './routes.mts';
import { isRecord } from './values.mts';

/** What video recalls need besides the world. */
export interface RecallParts {
	world: World;
	/** Milliseconds that a recall started now takes. */
	latency: (device: Device) => number;
	/** A presigned URL of a video of a finished recall that lives for `seconds`, or for the usual time. */
	videoUrl: (
		recall: Recall,
		position: VideoPosition,
		name: string,
		seconds: number | undefined,
	) => Promise<string>;
}

const MINUTE = 60_000;

const list = (values: readonly unknown[]): string => values.join(', ');

/** The handlers of video recalls. In the quota the rate limit is missing: what it is called is not published. */
export function recallHandlers({ world, latency, videoUrl }: RecallParts) {
	const { clock, recalls } = world;

	const minutes = (type: RecallType): JsonObject => {
		const total_minutes = recalls.quota[type];
		const used_minutes = recalls.used(type, clock.now());
		return {
			used_minutes,
			remaining_minutes: Math.max(0, total_minutes - used_minutes),
			total_minutes,
		};
	};

	const create = ({ body }: Call): Answer => {
		const footage = readFootage(isRecord(body) ? body : {}, world);
		if ('status' in footage) return footage;
		if (recalls.has(footage)) return error(409, 'This video was recalled already');
		const { type, duration, device } = footage;
		if (recalls.used(type, clock.now()) + duration > recalls.quota[type]) {
			return error(422, `The monthly quota of ${type} video recalls is used up`);
		}
		return json(detail(recalls.start(footage, clock.now(), latency(device)), 'pending'), 201);
	};

	const fetchRecall = async ({ params, fault }: Call): Promise<Answer> => {
		const recall = recalls.find(params['id']);
		if (!recall) return error(404, 'video recall request not found');
		recall.polls += 1;
		if (clock.now() < recall.readyAt) return json(detail(recall, 'pending', []));
		const positions = fault.brings ?? recall.positions;
		const cameras = named(positions).map(async ({ position, name }) => ({
			position,
			download_url: await videoUrl(recall, position, name, fault.urlSeconds),
		}));
		return json(detail(recall, 'success', await Promise.all(cameras)));
	};

	return {
		'POST /v1/video_recall_requests': create,
		'GET /v1/video_recall_requests/quota': () =>
			json({ quota_info: { regular: minutes('regular'), timelapse: minutes('timelapse') } }),
		'GET /v1/video_recall_requests/:id': fetchRecall,
	} satisfies Partial<Record<ApiRoute, Handler>>;
}

function detail(
	{ id, device, from, duration, type, startedAt }: Recall,
	status: string,
	cameras?: JsonObject[],
): JsonObject {
	return {
		id,
		status,
		primary_entity: device.kind,
		...nestedDevice(device),
		start_time: iso(from),
		end_time: iso(from + duration * MINUTE),
		recall_type: type,
		created_at: iso(startedAt),
		...(cameras && { cameras }),
	};
}

/** Positions that a vehicle or an asset can record. */
function recordedBy({ cameras, dashcam }: Device): VideoPosition[] {
	return dashcam === 'narrow' ? [...cameras, 'front_narrow_facing'] : [...cameras];
}

/** What a body asks for, or why it is refused. */
function readFootage(body: JsonObject, { fleet, clock }: World): Footage | Answer {
	const { vehicle_number, asset_name, duration, recall_type: type = 'regular' } = body;
	if ((vehicle_number === undefined) === (asset_name === undefined)) {
		return error(400, 'exactly one of vehicle_number and asset_name is required');
	}
	const from = readTime(body['start_time']);
	if (from === undefined) return error(400, 'start_time must be an ISO 8601 time with a zone');
	if (from > clock.now()) return error(400, 'start_time cannot be in the future');
	if (type !== 'regular' && type !== 'timelapse')
		return error(400, 'recall_type must be regular or timelapse');
	if (typeof duration !== 'number' || !durations[type].some((each) => each === duration)) {
		return error(400, `duration of a ${type} recall must be one of ${list(durations[type])}`);
	}
	const wished = readPositions(body['camera_positions']);
	if (!wished) return error(400, `camera_positions must be some of ${list(videoPositions)}`);
	const device = fleet.find((each) => isNamedIn(body, each));
	if (!device)
		return error(404, vehicle_number === undefined ? 'asset not found' : 'vehicle not found');
	const positions = wished === 'all' ? recordedBy(device) : wished;
	const footage: Footage = { device, from, duration, type, positions };
	const refusal = refusalOf(footage);
	return refusal === undefined ? footage : error(422, refusal);
}

function readTime(value: unknown): number | undefined {
	const isIso =
		typeof value === 'string' &&
		/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
	const at = isIso ? Date.parse(value) : NaN;
	return Number.isNaN(at) ? undefined : at;
}

/** Nothing where the list is empty or has something unknown in it. */
function readPositions(value: unknown): VideoPosition[] | 'all' | undefined {
	if (value === undefined) return 'all';
	if (!Array.isArray(value) || value.length === 0) return undefined;
	const names: unknown[] = value;
	return names.every((name) => videoPositions.some((position) => position === name))
		? videoPositions.filter((position) => names.includes(position))
		: undefined;
}

/** Why there is no such footage, in words. */
function refusalOf({ device, positions, type, duration }: Footage): string | undefined {
	const { name, status, dashcam } = device;
	const recorded = recordedBy(device);
	if (status !== 'active') return `${name} is deactivated`;
	if (recorded.length === 0) return `${name} has no camera`;
	const missing = positions.find((position) => !recorded.includes(position));
	if (missing !== undefined) return `${name} has no ${missing} camera`;
	if (dashcam === 'smart' && (type === 'timelapse' || duration > 1)) {
		return 'Smart Dashcams record no timelapse, and one minute at most';
	}
	return undefined;
}

import type { JsonObject } from '../../motive/json';
import {
	parseVideoRecall,
	RECALL_MARKS,
	recallName,
	type VideoRecall,
} from '../../motive/videoRecall';
import { positionName } from '../../motive/positions';
import { nameFirst } from '../../motive/text';
import type { JobOptions } from '../../parameters/jobOptions';
import { mergeFields } from '../../parameters/readers';
import { mediumFile } from '../../runs/files';
import { fileFacts, successJson } from '../../runs/items';
import type { JobOperation } from '../../runs/jobOperation';
import { missingHint, type JobItem } from '../../runs/jobItems';
import type { Job } from '../../runs/job';
import { sourceNames } from '../../runs/lookUp';
import { reader, type Session } from '../../runs/session';
import { startOnce } from '../../runs/startOnce';
import type { Advice } from '../../transport/errorTexts';
import { VIDEO } from '../../transport/fileType';
import type { MotiveRequest } from '../../transport/request';
import type { KnownRecallInput, RecallInput, RecallRequest } from './parameters';

const ADVICE: Advice = {
	forbidden:
		'Recalling videos may need another plan or permission at Motive. With OAuth2 a scope may be missing.',
	notFound:
		'Check the vehicle, the asset or the recall ID, and that the credential belongs to the right company.',
	refused:
		'Check the time, the length and the cameras. The operation Get Quota tells how many minutes are left this month.',
	outcomeUnknown:
		'The connection broke or Motive failed before it confirmed. The request is not repeated, because that could use up ' +
		'minutes of the quota twice. Look into the Motive Dashboard, or run the workflow anew.',
	failed:
		'The camera may have overwritten the footage already, or was off at that time. Check the time and the camera.',
	timedOut:
		'Videos usually take 10 to 12 minutes, and longer when the vehicle is parked. To wait longer, raise Timeout (Seconds) ' +
		'in the options.',
	download: 'The recall itself is done.',
};

/** What all operations on recalls have in common. */
const common = {
	advice: ADVICE,
	// Motive speaks of 10 to 12 minutes.
	usualWait: 420_000,
	startedList: (recalls: readonly VideoRecall[]) =>
		recalls.length === 0
			? ''
			: ` Fetch the video later with Get: Recall ID ${recalls.map(({ id }) => id).join(', ')}.`,
	hints(items: ReadonlyArray<JobItem<unknown, VideoRecall>>) {
		const recalls = items.flatMap(({ runs }) =>
			runs.flatMap(({ answer, outputs }) => (answer && outputs.length > 0 ? [answer] : [])),
		);
		const pending = recalls.filter(({ state }) => state === 'pending').map(({ id }) => id);
		const ready = recalls.filter(({ state }) => state === 'ready');
		return [
			...(pending.length === 0
				? []
				: [
						`Some videos are not there yet. Fetch them later with Get: Recall ID ${nameFirst(pending)}.`,
					]),
			...missingHint(ready.map((recall) => ({ ...recall, subject: recallName(recall) }))),
		];
	},
};

/** What Create does: one job for the recall that is asked for. */
export const recallJobs = {
	...common,
	connect(session) {
		const nameOf = sourceNames(reader(session), session.fleet);
		return async ({ request, options }, itemIndex) => {
			// Recalls go by the number of a vehicle and the name of an asset, not by their ids.
			const { kind, picked } = request.source;
			const name = 'id' in picked ? await nameOf(kind, picked.id) : picked.text;
			const body = recallBody(request, name, options.extraBody);
			return [videoRecallJob(session, `${itemIndex}`, body, options)];
		};
	},
} satisfies Omit<JobOperation<RecallInput, VideoRecall>, 'text' | 'fields' | 'read'>;

/** What Get does: one job for the recall that was named. */
export const knownRecallJobs = {
	...common,
	connect: (session) => async (known) => [knownRecallJob(session, known)],
} satisfies Omit<JobOperation<KnownRecallInput, VideoRecall>, 'text' | 'fields' | 'read'>;

/** A video recall: start, poll, download. */
function videoRecallJob(
	session: Session,
	item: string,
	body: JsonObject,
	{ timeout }: JobOptions,
): Job<VideoRecall> {
	const source = String(body['vehicle_number'] ?? body['asset_name']);
	const { camera_positions: wanted } = body;
	const positions = Array.isArray(wanted) ? wanted.map(String) : [];
	return {
		...startedRecallJob,
		subject: `video recall of ${source}`,
		source,
		...startOnce<VideoRecall>(session, {
			// Without the time: it may come from the clock, and be another one in the next try of the same job.
			key: `${item}:recall:${source}`,
			send: async (request) =>
				await request({
					method: 'POST',
					path: '/v1/video_recall_requests',
					body,
					expected: ['id'],
				}),
			parse: (answer) => parseVideoRecall(answer, { positions }),
			needs: `${source} or its cameras`,
			name: recallName,
			timeout,
		}),
	};
}

/** A video recall that was started elsewhere: poll, download. */
function knownRecallJob(session: Session, known: KnownRecallInput): Job<VideoRecall> {
	return {
		...startedRecallJob,
		subject: recallName(known),
		start: async (signal) => {
			const startedAt = session.clock.now();
			const request = reader(session, { signal, purpose: 'start' });
			const answer = await request(pollRequest(known));
			return { answer: parseVideoRecall(answer, { id: known.id }), startedAt };
		},
	};
}

/** What both jobs have in common once the recall is started. */
const startedRecallJob: Omit<Job<VideoRecall>, 'subject' | 'start'> = {
	name: recallName,
	poll: async (request, recall) => parseVideoRecall(await request(pollRequest(recall)), recall),
	files: (recall) =>
		recall.videos.map((video) => {
			const subject = `${recallName(recall)}, ${positionName(video.name)}`;
			return mediumFile(video, VIDEO, subject, recall);
		}),
	row({ id, json, state, videos }, { file }) {
		const video = file && {
			position: videos.find(({ name }) => name === file.name)?.position,
			url: file.url,
			...fileFacts(file.stored),
		};
		return successJson({ id, ...json }, { state, ...(video && { video }) });
	},
	words: {
		file: 'video',
		attempt: 'recall the video',
		noneThere: 'Motive says that the video is ready, but gives no link to it',
	},
};

function pollRequest({ id }: Pick<VideoRecall, 'id'>): MotiveRequest {
	return {
		method: 'GET',
		path: `/v1/video_recall_requests/${encodeURIComponent(id)}`,
		expected: RECALL_MARKS,
	};
}

/** The body of `POST /v1/video_recall_requests`; the user's fields win, and null takes a field out. */
function recallBody(request: RecallRequest, sourceName: string, extraBody: JsonObject): JsonObject {
	const { source, startTime, duration, recallType, positions } = request;
	const built = {
		[source.kind === 'vehicle' ? 'vehicle_number' : 'asset_name']: sourceName,
		start_time: startTime,
		duration,
		recall_type: recallType,
		...(positions.length > 0 && { camera_positions: positions }),
	};
	return mergeFields(built, extraBody);
}

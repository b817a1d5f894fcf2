import type { JsonObject } from '../../motive/json';
import { executionClock } from '../../transport/executionClock';
import { assetsById } from '../asset/assetsById';
import { lookUp, vehicleById } from '../../runs/lookUp';
import type { Operation } from '../../runs/operation';
import { mergeFields, readText } from '../../parameters/readers';
import { readWait, waitFields } from '../../parameters/waitFields';
import { readWorkOptions } from '../../parameters/options';
import { requestFields, VIDEO_WORDS, WAIT_NOTE } from './fields';
import { readRecallRequest, type RecallRequest } from './readInput';
import { createJob, type RecallSession } from './recallJob';
import { runRecalls } from './recallWork';

/**
 * Asks for recorded video, and waits for it where wished.
 *
 * @see https://developer.gomotive.com/reference/create-a-video-recall-request
 */
export const create: Operation = {
	option: {
		name: 'Create',
		action: 'Create video recall',
		description: 'Ask for recorded video, and wait for it if you like',
	},
	description: [...requestFields, ...waitFields(VIDEO_WORDS, WAIT_NOTE, ['bodyJson'])],
	execute: async (context) =>
		await runRecalls(context, {
			readItem: (_, itemIndex) => ({
				request: readRecallRequest(context, itemIndex, executionClock.now()),
				...readWait(context, itemIndex, VIDEO_WORDS),
				options: readWorkOptions(context, itemIndex, VIDEO_WORDS),
			}),
			createJobs: async (session, input, itemIndex) => {
				const body = bodyOf(
					input.request,
					await nameOfSource(session, input.request.source),
					input.options.extraBody,
				);
				return [createJob(session, body, { ...input, itemIndex })];
			},
		}),
};

/** The body of `POST /v1/video_recall_requests`; the user's fields win, and null takes a field out. */
function bodyOf(request: RecallRequest, sourceName: string, extra: JsonObject): JsonObject {
	const { source, startTime, duration, recallType, positions } = request;
	const built = {
		[source.kind === 'vehicle' ? 'vehicle_number' : 'asset_name']: sourceName,
		start_time: startTime,
		duration,
		recall_type: recallType,
		...(positions.length > 0 && { camera_positions: positions }),
	};
	return mergeFields(built, extra);
}

/** Recalls go by the number of a vehicle and the name of an asset, not by their ids. */
async function nameOfSource(
	session: RecallSession,
	{ kind, picked }: RecallRequest['source'],
): Promise<string> {
	if (!('id' in picked)) return picked.text;
	if (kind === 'asset')
		return readText((await assetsById(session.read)(picked.id))['name'], 'Name of the asset');
	return readText(
		(await lookUp(session.read, vehicleById(picked.id)))['number'],
		'Number of the vehicle',
	);
}

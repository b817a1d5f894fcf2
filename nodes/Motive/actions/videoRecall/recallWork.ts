import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RecallAnswer } from '../../motive/videoRecall';
import type { Advice } from '../../transport/errorTexts';
import { mediaItems, mediaOutput } from '../../runs/mediaItems';
import type { FinishedMedia } from '../../runs/mediaJob';
import { runWork, type ItemWork, type WorkOperation } from '../../runs/job';
import { openSession } from '../../runs/session';
import { nothingStarted, startedWork } from '../../runs/startedJobs';
import type { WorkOptions } from '../../parameters/options';
import { nameOf, type RecallSession } from './recallJob';

/** What every operation of the video recalls reads of an item. */
export interface RecallInput {
	options: WorkOptions;
}

type RecallOperation<Input> = WorkOperation<
	Input,
	RecallAnswer,
	FinishedMedia<RecallAnswer>,
	RecallSession
>;

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
		'Videos usually take 10 to 12 minutes, and longer when the vehicle is parked. Fetch it later with the operation Get ' +
		'and this recall ID, or raise Timeout in the options.',
	download:
		'The recall itself is done. Fetch the video again with the operation Get and this recall ID.',
};

/** Runs an operation of the video recalls; they differ in what they read and start. */
export async function runRecalls<Input extends RecallInput>(
	context: IExecuteFunctions,
	operation: Pick<RecallOperation<Input>, 'createJobs' | 'readItem'>,
): Promise<INodeExecutionData[]> {
	const whole: RecallOperation<Input> = { ...recallWork, ...operation };
	return await runWork(context, whole);
}

const recallWork: Omit<RecallOperation<RecallInput>, 'createJobs' | 'readItem'> = {
	advice: ADVICE,
	batchOptions: ({ options }) => options,
	async openSession(context, options) {
		const session = await openSession(context, options);
		return { ...session, started: session.isToolCall ? nothingStarted() : startedWork(context) };
	},
	// Motive speaks of 10 to 12 minutes.
	usualWait: 420_000,
	nameOf,
	startedList: (answers) =>
		answers.length === 0
			? ''
			: ` Recall IDs, for the operation Get: ${answers.map(({ id }) => id).join(', ')}.`,
	...mediaOutput(videoItems),
	hintsOf(items) {
		const pending = recallsOf(items).filter(({ state }) => state === 'pending');
		const list = pending.map(({ id }) => id).join(', ');
		return list === ''
			? []
			: [
					`Not there yet: ${list}. Fetch the videos later with the operation Get and these recall IDs.`,
				];
	},
};

function videoItems(
	{ answer, files }: FinishedMedia<RecallAnswer>,
	itemIndex: number,
	options: WorkOptions,
): INodeExecutionData[] {
	const media = answer.videos.map(({ position, url }) => ({
		name: position,
		json: { position, url },
	}));
	const json = { id: answer.id, ...answer.json };
	return mediaItems(
		itemIndex,
		{ json, state: answer.state, media, files },
		{ ...options, key: 'video' },
	);
}

function recallsOf(
	items: ReadonlyArray<ItemWork<RecallInput, RecallAnswer, FinishedMedia<RecallAnswer>>>,
): RecallAnswer[] {
	return items.flatMap(({ runs }) => runs.flatMap(({ result }) => (result ? [result.answer] : [])));
}

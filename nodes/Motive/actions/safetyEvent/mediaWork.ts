import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { EventAnswer, EventMedium } from '../../motive/eventMedia';
import type { Advice } from '../../transport/errorTexts';
import { PICTURE, VIDEO } from '../../transport/fileType';
import { baseNameOf } from '../../motive/fileName';
import { mediaItems, mediaOutput } from '../../runs/mediaItems';
import { mediaJob, type FinishedMedia, type MediaWish } from '../../runs/mediaJob';
import { runWork, type WorkJob, type WorkOperation, type WorkSession } from '../../runs/job';
import { openSession } from '../../runs/session';
import { shareWhileUnderWay } from '../../runs/shareWhileUnderWay';
import { nothingStarted } from '../../runs/startedJobs';
import type { WorkOptions } from '../../parameters/options';
import { findEvent, type EventQuestion } from './findEvent';

/** What Get Media is asked for. */
export interface EventMediaInput {
	question: EventQuestion;
	types: ReadonlyArray<EventMedium['type']>;
	wait: boolean;
	download: boolean;
	options: WorkOptions;
}

/** An event with those of its media that are wanted. */
interface WantedMedia extends EventAnswer {
	wanted: EventMedium[];
}

type EventSession = WorkSession<WantedMedia>;

const ADVICE: Advice = {
	forbidden: 'With OAuth2 the app needs the scope driver_performance_events.read.',
	notFound:
		'Check the event ID and the event time, which belong together, and that the credential belongs to the right company. ' +
		'Motive takes events back that its review does not confirm.',
	failed: 'The dashcam may have overwritten the footage, or was off at that time.',
	timedOut:
		'Dashcams upload when they have a connection, and not every event has media. Run Get Media again later, or raise ' +
		'Timeout in the options.',
	download: 'The event itself is there. Run Get Media again for its files.',
};

/** Fetches the media of the safety events that the input items ask for. */
export async function runEventMedia(
	context: IExecuteFunctions,
	readItem: (itemIndex: number) => EventMediaInput,
): Promise<INodeExecutionData[]> {
	const operation: WorkOperation<
		EventMediaInput,
		WantedMedia,
		FinishedMedia<WantedMedia>,
		EventSession
	> = {
		...eventWork,
		readItem: (_, itemIndex) => readItem(itemIndex),
	};
	return await runWork(context, operation);
}

const eventWork: Omit<
	WorkOperation<EventMediaInput, WantedMedia, FinishedMedia<WantedMedia>, EventSession>,
	'readItem'
> = {
	advice: ADVICE,
	batchOptions: ({ options }) => options,
	// Motive does not say when dashcams upload; as with recalls, it is a matter of minutes.
	usualWait: 420_000,
	async openSession(context, options) {
		const session = await openSession(context, options);
		return {
			...session,
			started: nothingStarted(),
			// Events of the same day are in the same list.
			read: shareWhileUnderWay(session.read),
			readOnce: shareWhileUnderWay(session.readOnce),
		};
	},
	createJobs: async (session, input, itemIndex) => [
		eventJob(session, input, { ...input, itemIndex }),
	],
	nameOf,
	startedList: () => '',
	...mediaOutput(eventItems),
	hintsOf(items) {
		const answers = items.flatMap(({ runs }) => runs.flatMap(({ result }) => result?.answer ?? []));
		const list = answers
			.filter(({ state }) => state === 'pending')
			.map(({ id }) => id)
			.join(', ');
		return list === ''
			? []
			: [
					`Media not there yet: safety event ${list}. Run Get Media again later, or wait longer with Wait for Media and Timeout.`,
				];
	},
};

function eventJob(
	session: EventSession,
	{ question, types }: EventMediaInput,
	wish: MediaWish,
): WorkJob<WantedMedia, FinishedMedia<WantedMedia>> {
	const words = types.map((type) => (type === 'image' ? 'pictures' : 'videos')).join(' or ');
	const ask = async (read: EventSession['read']): Promise<WantedMedia> => {
		const event = await findEvent(read, question);
		return { ...event, wanted: event.media.filter(({ type }) => types.includes(type)) };
	};
	const source = {
		ask: async (_: WantedMedia, read: EventSession['read']) => await ask(read),
		mediaIn: ({ id, wanted, sourceName = '' }: WantedMedia) =>
			wanted.map(({ name, type, url }) => ({
				name,
				kind: type === 'image' ? PICTURE : VIDEO,
				baseName: baseNameOf(sourceName, name, id),
				url,
			})),
		file: 'media',
		attempt: 'deliver the media',
		noneThere: `Motive has no ${words} of this event`,
	};
	return {
		...mediaJob(session, wish, source),
		subject: nameOf({ id: String(question.id) }),
		start: async (signal) => await ask(async (request) => await session.read(request, signal)),
	};
}

function nameOf({ id }: Pick<WantedMedia, 'id'>): string {
	return `safety event ${id}`;
}

function eventItems(
	{ answer, files }: FinishedMedia<WantedMedia>,
	itemIndex: number,
	options: WorkOptions,
): INodeExecutionData[] {
	const { json, state, wanted } = answer;
	const media = wanted.map(({ name, type, url }) => ({ name, json: { name, type, url } }));
	return mediaItems(itemIndex, { json, state, media, files }, { ...options, key: 'media' });
}

import { eventName, parseEventMedia, type EventMedia } from '../../motive/eventMedia';
import { MotiveFailure } from '../../motive/failure';
import { SAFETY_EVENTS } from '../../motive/lists';
import { positionName } from '../../motive/positions';
import { baseNameOf, nameFirst } from '../../motive/text';
import { allOf, byIds, startedFrom, startedUntil } from '../../parameters/filters';
import { fileFacts, successJson } from '../../runs/items';
import type { JobOperation } from '../../runs/jobOperation';
import type { Job } from '../../runs/job';
import { reader, sharing, type Session } from '../../runs/session';
import type { Advice } from '../../transport/errorTexts';
import { IMAGE, VIDEO } from '../../transport/fileType';
import { requestAll } from '../../transport/paging';
import type { SendRequest } from '../../transport/request';
import type { EventMediaInput, WantedEvent } from './parameters';

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

/** What Get Media does: one job for the media of an event. */
export const eventMediaJobs = {
	advice: ADVICE,
	// Motive does not say when dashcams upload; as with recalls, it is a matter of minutes.
	usualWait: 420_000,
	connect(session) {
		// Events of the same day are in the same list.
		const share = sharing();
		return async (input) => [eventMediaJob(session, share, input)];
	},
	hints(items) {
		const answers = items.flatMap(({ runs }) =>
			runs.flatMap(({ answer, outputs }) => (answer && outputs.length > 0 ? [answer] : [])),
		);
		const pending = answers.filter(({ state }) => state === 'pending').map(({ id }) => id);
		return pending.length === 0
			? []
			: [
					`Media not there yet: safety event ${nameFirst(pending)}. Run Get Media again later, or wait longer with Wait for Media and Timeout.`,
				];
	},
} satisfies Omit<JobOperation<EventMediaInput, EventMedia>, 'text' | 'fields' | 'read'>;

/** The media of a safety event: poll, download. */
function eventMediaJob(
	session: Session,
	share: (request: SendRequest) => SendRequest,
	{ event, types }: EventMediaInput,
): Job<EventMedia> {
	const words = types.map((type) => (type === 'image' ? 'pictures' : 'videos')).join(' or ');
	const find = async (request: SendRequest): Promise<EventMedia> => {
		const found = parseEventMedia(await findEvent(share(request), event));
		return { ...found, media: found.media.filter(({ type }) => types.includes(type)) };
	};
	return {
		subject: eventName({ id: String(event.id) }),
		name: eventName,
		start: async (signal) => {
			const startedAt = session.clock.now();
			return { answer: await find(reader(session, { signal })), startedAt };
		},
		poll: find,
		files: (media) =>
			media.media.map(({ name, type, url }) => ({
				name,
				subject: `${eventName(media)}, ${positionName(name)}`,
				kind: type === 'image' ? IMAGE : VIDEO,
				baseName: baseNameOf(media.sourceName ?? '', name, media.id),
				url,
			})),
		row({ json, state }, { file }) {
			const medium = file && {
				name: file.name,
				type: file.kind === IMAGE ? 'image' : 'video',
				url: file.url,
				...fileFacts(file.stored),
			};
			return successJson(json, { state, ...(medium && { media: medium }) });
		},
		words: {
			file: 'media',
			attempt: 'deliver the media',
			noneThere: `Motive has no ${words} of this event`,
		},
	};
}

/** Finds a safety event in the list of those of its day. */
async function findEvent(request: SendRequest, { id, time, vehicleId }: WantedEvent) {
	// Only what they ask of Motive counts here.
	const day = [startedFrom(time, 'UTC'), startedUntil(time, 'UTC')];
	const vehicle = vehicleId === undefined ? [] : [byIds([vehicleId], 'vehicle_ids', () => [])];
	const [event] = await requestAll(request, SAFETY_EVENTS, {
		query: allOf([...day, ...vehicle]).query,
		accepts: (entry) => String(entry['id']) === String(id),
		limit: 1,
	});
	if (event === undefined) {
		const date = new Date(time).toISOString().slice(0, 10);
		const detail = `Motive lists no safety event ${id} around ${date}`;
		throw new MotiveFailure('notFound', { detail });
	}
	return event;
}

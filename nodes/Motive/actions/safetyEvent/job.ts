import { eventName, parseEventMedia, wantedMedia, type EventMedia } from '../../motive/eventMedia';
import { positionName } from '../../motive/positions';
import { baseNameOf, nameFirst } from '../../motive/text';
import { fileFacts, successJson } from '../../runs/items';
import type { JobOperation } from '../../runs/jobOperation';
import type { Job } from '../../runs/job';
import { missingHint } from '../../runs/jobItems';
import { reader, type Session } from '../../runs/session';
import type { Advice } from '../../transport/errorTexts';
import { IMAGE, VIDEO } from '../../transport/fileType';
import type { SendRequest } from '../../transport/request';
import { MEDIA_WORDS } from './fields';
import { eventFinder, notListed, onceListed, type EventFinder } from './find';
import type { EventMediaInput } from './parameters';

const ADVICE: Advice = {
	forbidden: 'With OAuth2 the app needs the scope driver_performance_events.read.',
	notFound:
		'Check the event ID and the event time, which belong together, and that the credential belongs to the right company. ' +
		'Motive takes events back that its review does not confirm.',
	failed:
		'The dashcam may have overwritten the footage, was off at that time, or sends it later: with more than ' +
		`${MEDIA_WORDS.timeout} under Timeout (Seconds) it is waited for.`,
	timedOut:
		'Dashcams upload when they have a connection, and not every event has media. Run Get Media again later, or raise ' +
		'Timeout (Seconds) in the options.',
	download: 'The event itself is there. Run Get Media again for its files.',
};

/** What Get Media does: one job for the media of an event. */
export const eventMediaJobs = {
	advice: ADVICE,
	// Motive does not say when dashcams upload. Pictures are sooner there than videos, and are what is waited for most.
	usualWait: 120_000,
	connect(session) {
		const finder = eventFinder();
		return async (input) => {
			finder.expect(input.event);
			return [eventMediaJob(session, finder, input)];
		};
	},
	hints(items) {
		const answers = items.flatMap(({ runs }) =>
			runs.flatMap(({ answer, outputs }) => (answer && outputs.length > 0 ? [answer] : [])),
		);
		const pending = answers.filter(({ state }) => state === 'pending').map(({ id }) => id);
		const ready = answers.filter(({ state }) => state === 'ready');
		return [
			...(pending.length === 0
				? []
				: [
						`Media not there yet: safety event ${nameFirst(pending)}. Run Get Media again later, or wait longer with Wait for Media and Timeout.`,
					]),
			...missingHint(
				ready.map((answer) => ({ subject: eventName(answer), missing: missingNames(answer) })),
			),
		];
	},
} satisfies Omit<JobOperation<EventMediaInput, EventMedia>, 'text' | 'fields' | 'read'>;

/** Whoever sets a longer timeout waits for cameras that send late. */
const USUAL_TIMEOUT_MS = MEDIA_WORDS.timeout * 1_000;

/** The media of a safety event: poll, download. */
function eventMediaJob(
	session: Session,
	finder: EventFinder,
	{ event, types, wait, options: { timeout } }: EventMediaInput,
): Job<EventMedia> {
	const { clock } = session;
	const words = types.map((type) => (type === 'image' ? 'pictures' : 'videos')).join(' or ');
	let startedAt = clock.now();
	const look = async (request: SendRequest): Promise<EventMedia | undefined> => {
		const found = await finder.find(request, event);
		if (found === undefined) return undefined;
		const now = clock.now();
		const waited = wait ? now - startedAt : 0;
		const patience = { isLast: waited >= timeout, isPatient: timeout > USUAL_TIMEOUT_MS };
		return wantedMedia(parseEventMedia(found), { types, now, waited, ...patience });
	};
	return {
		subject: eventName({ id: String(event.id) }),
		name: eventName,
		start: async (signal) => {
			startedAt = clock.now();
			const lookNow = async () => await look(reader(session, { signal, purpose: 'start' }));
			const answer = wait ? await onceListed(lookNow, { clock, signal }) : await lookNow();
			if (answer === undefined) throw notListed(event);
			return { answer, startedAt };
		},
		poll: async (request) => {
			const answer = await look(request);
			if (answer === undefined) throw notListed(event);
			return answer;
		},
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

/** Motive hardly ever makes these, so that nobody misses them. */
const SELDOM_MADE = /_enhanced(_ai_viz)?$/;

function missingNames({ missing }: EventMedia): string[] {
	return missing.map(({ name }) => name).filter((name) => !SELDOM_MADE.test(name));
}

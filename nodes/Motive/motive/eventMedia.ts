import { isUnderWay, stateOfStatus, wordOf, type JobAnswer, type State } from './jobAnswer';
import type { JsonObject } from './json';
import { parseMedia } from './media';
import { parseMoment } from './moment';
import {
	nameOfSource,
	parseEntries,
	parseObject,
	parseSource,
	parseText,
	parseValue,
} from './parse';

/** An image or a video of a safety event. */
export interface EventMedium {
	/**
	 * Motive's own key without its end, for example `front_facing_plain`, with a number behind it where that comes again;
	 * those of a sub-event begin with its number.
	 */
	name: string;
	type: 'image' | 'video';
	/** Presigned: whoever has it can see the image or video. */
	url: string;
}

/** What Motive says of the media of a safety event. */
export interface ToldMedia extends Omit<JobAnswer, 'state'> {
	id: string;
	/** Images first. */
	media: EventMedium[];
	/** What Motive names without a link. */
	missing: Array<Omit<EventMedium, 'url'>>;
	/** Whether there is a camera at all that may have seen something. */
	hasCamera: boolean;
	/** When the event began (ms); long ago where Motive does not say so. */
	beganAt: number;
	/** When the camera sent what it has (ms); long ago where Motive does not say so. */
	uploadedAt: number;
}

/** A safety event with its media, as far as they are wanted and there yet. */
export type EventMedia = ToldMedia & JobAnswer;

/** What is wanted of an event, and how long it has been waited for. */
export interface WantedMedia {
	types: ReadonlyArray<EventMedium['type']>;
	/** When Motive answered (ms). */
	now: number;
	/** Time since waiting began (ms); 0 where nobody waits. */
	waited: number;
	/** Whether nobody asks again, so that a part is better than nothing. */
	isLast: boolean;
	/** Whether cameras that send late are waited for: the user gives them more time than usual. */
	isPatient: boolean;
}

/** Motive begins with videos soon after the camera has sent something: what is not begun by then never is (ms). */
const LONGEST_UNTIL_TRANSCODE_MS = 120_000;

/** Cameras with a connection have sent something by then: those that have not will not within a usual wait (ms). */
const LONGEST_UNTIL_UPLOAD_MS = 720_000;

/** However old an event is, its camera may just have come back, so it is waited for at least so long (ms). */
const LEAST_WAIT_MS = 120_000;

/**
 * Parses the media of a driver performance event, those of its sub-events included. No two have the same name.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export function parseEventMedia(event: JsonObject): ToldMedia {
	const cameras = camerasOf(event);
	const named = withDistinctNames(
		(['image', 'video'] as const).flatMap((type) =>
			cameras.flatMap(({ prefix, camera }) => mediaOf(camera, type, prefix)),
		),
	);
	const camera = parseObject(event, 'camera_media');
	const source = parseSource(event);
	return {
		id: parseText(event, 'id') ?? '',
		status: parseText(camera, 'auto_transcode_status') ?? '',
		media: named.flatMap(({ url, ...medium }) => (url === null ? [] : [{ ...medium, url }])),
		missing: named.flatMap(({ url, ...medium }) => (url === null ? [medium] : [])),
		hasCamera: cameras.some((each) => Object.keys(each.camera).length > 0),
		beganAt: momentOf(parseText(event, 'start_time')),
		uploadedAt: momentOf(parseText(camera, 'uploaded_at')),
		source,
		sourceName: nameOfSource(source),
		json: event,
	};
}

/** The wanted media of a safety event, and whether to wait for more of them. */
export function wantedMedia(told: ToldMedia, wanted: WantedMedia): EventMedia {
	const isWanted = ({ type }: Pick<EventMedium, 'type'>) => wanted.types.includes(type);
	return {
		...told,
		media: told.media.filter(isWanted),
		missing: told.missing.filter(isWanted),
		state: stateOfMedia(told, wanted),
	};
}

/** What a safety event is called in messages. */
export function eventName({ id }: Pick<EventMedia, 'id'>): string {
	return `safety event ${id}`;
}

/** Ready means that nothing that is wanted can still come; failed, that nothing at all has come or will come. */
function stateOfMedia(told: ToldMedia, wanted: WantedMedia): State {
	const { media, status } = told;
	const { types, isLast } = wanted;
	if (media.length === 0) {
		if (stateOfStatus(status) === 'failed') return 'failed';
		return willStayEmpty(told, wanted) ? 'failed' : 'pending';
	}
	if (isLast && media.some(({ type }) => types.includes(type))) return 'ready';
	const isThere = (type: EventMedium['type']) => media.some((medium) => medium.type === type);
	const videosMayCome =
		isTranscoding(status) || (!isThere('video') && videosMayBegin(told, wanted));
	const mayCome = { video: videosMayCome, image: videosMayCome && !isThere('image') };
	return types.some((type) => mayCome[type]) ? 'pending' : 'ready';
}

function willStayEmpty(
	{ status, hasCamera, beganAt }: ToldMedia,
	{ now, waited, isPatient }: WantedMedia,
): boolean {
	if (waited < LEAST_WAIT_MS) return false;
	if (!hasCamera) return true;
	if (isPatient) return false;
	const isBegun = status !== '' && !isNotStarted(status);
	return !isBegun && now >= beganAt + LONGEST_UNTIL_UPLOAD_MS;
}

function videosMayBegin({ status, beganAt, uploadedAt }: ToldMedia, { now }: WantedMedia): boolean {
	if (stateOfStatus(status) === 'failed') return false;
	return now < Math.max(beganAt, uploadedAt) + LONGEST_UNTIL_TRANSCODE_MS;
}

function isTranscoding(status: string): boolean {
	return isUnderWay(status) && !isNotStarted(status);
}

function isNotStarted(status: string): boolean {
	return wordOf(status) === 'not_started';
}

function momentOf(time: string | null): number {
	const moment = parseMoment(time, 'UTC');
	return Number.isNaN(moment) ? -Infinity : moment;
}

/** The media of the event itself, and of each sub-event. */
function camerasOf(event: JsonObject): Array<{ prefix: string; camera: JsonObject }> {
	const nested = parseEntries(parseObject(event, 'sub_event_metadata'), 'sub_events');
	const subEvents = nested.length > 0 ? nested : parseEntries(event, 'sub_events');
	return [
		{ prefix: '', camera: parseObject(event, 'camera_media') },
		...subEvents.map(({ index, value }) => ({
			prefix: `sub_event_${index + 1}_`,
			camera: parseObject(value, 'camera_media'),
		})),
	];
}

type NamedMedium = Omit<EventMedium, 'url'> & { url: string | null };

function mediaOf(camera: JsonObject, type: EventMedium['type'], prefix: string): NamedMedium[] {
	const links = parseValue(camera, `downloadable_${type}s`);
	return parseMedia(links, { position: '', name: type }).map(({ position, url }) => ({
		name: prefix + (position.replace(/(^|_)(jpg_)?url$/i, '') || type),
		type,
		url,
	}));
}

/** Images and videos of the same position may have the same name, and so may several of them. */
function withDistinctNames(media: NamedMedium[]): NamedMedium[] {
	const images = new Set(media.filter(({ type }) => type === 'image').map(({ name }) => name));
	const taken = new Set<string>();
	return media.map((medium) => {
		const { type } = medium;
		const base = type === 'video' && images.has(medium.name) ? `${medium.name}_video` : medium.name;
		let name = base;
		for (let nth = 2; taken.has(name); nth++) name = `${base}_${nth}`;
		taken.add(name);
		return { ...medium, name };
	});
}

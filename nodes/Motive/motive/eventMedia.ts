import { stateOfStatus, type JobAnswer, type State } from './jobAnswer';
import type { JsonObject } from './json';
import {
	nameOfSource,
	parseEntries,
	parseObject,
	parseSource,
	parseText,
	type Entry,
} from './parse';

/** An image or a video of a safety event. */
export interface EventMedium {
	/** Motive's own key without its end, for example `front_facing_plain`; those of a sub-event begin with its number. */
	name: string;
	type: 'image' | 'video';
	/** Presigned: whoever has it can see the image or video. */
	url: string;
}

/** A safety event with its media, as far as they are there yet. */
export interface EventMedia extends JobAnswer {
	id: string;
	/** Images first. */
	media: EventMedium[];
}

/**
 * Parses the media of a driver performance event, those of its sub-events included. They are ready once one is there
 * and Motive does not say that it still works on others; an event whose camera has delivered nothing yet is pending.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export function parseEventMedia(event: JsonObject): EventMedia {
	const camera = parseObject(event, 'camera_media');
	const media = [
		...mediaOf(camera, ''),
		...subEventsOf(event).flatMap(({ index, value }) =>
			mediaOf(parseObject(value, 'camera_media'), `sub_event_${index + 1}_`),
		),
	];
	const status = parseText(camera, 'auto_transcode_status') ?? '';
	const source = parseSource(event);
	return {
		id: parseText(event, 'id') ?? '',
		status,
		state: stateOfMedia(status, media.length > 0),
		media: [
			...media.filter(({ type }) => type === 'image'),
			...media.filter(({ type }) => type === 'video'),
		],
		source,
		sourceName: nameOfSource(source),
		json: event,
	};
}

/** What a safety event is called in messages. */
export function eventName({ id }: Pick<EventMedia, 'id'>): string {
	return `safety event ${id}`;
}

function stateOfMedia(status: string, hasMedia: boolean): State {
	const word = status === '' ? 'ready' : stateOfStatus(status);
	if (!hasMedia) return word === 'failed' ? 'failed' : 'pending';
	return word === 'pending' ? 'pending' : 'ready';
}

function subEventsOf(event: JsonObject): Entry[] {
	const nested = parseEntries(parseObject(event, 'sub_event_metadata'), 'sub_events');
	return nested.length > 0 ? nested : parseEntries(event, 'sub_events');
}

function mediaOf(camera: JsonObject, prefix: string): EventMedium[] {
	return [
		...linksIn(parseObject(camera, 'downloadable_images'), 'image', prefix),
		...linksIn(parseObject(camera, 'downloadable_videos'), 'video', prefix),
	];
}

function linksIn(links: JsonObject, type: EventMedium['type'], prefix: string): EventMedium[] {
	return Object.keys(links).flatMap((key) => {
		const url = parseText(links, key.toLowerCase());
		return url === null ? [] : [{ name: prefix + key.replace(/(_jpg)?_url$/, ''), type, url }];
	});
}

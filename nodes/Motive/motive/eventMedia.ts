import { readInteger, readText } from './answer';
import { stateOf, type CaptureState } from './imageCapture';
import { isObject, type JsonObject } from './json';

/** A picture or a video of a safety event. */
export interface EventMedium {
	/** Motive's own key without its end, for example `front_facing_plain`; those of a sub-event begin with its number. */
	name: string;
	type: 'image' | 'video';
	/** Presigned: whoever has it can see the picture or video. */
	url: string;
}

/** A safety event with its media, as far as they are there yet. */
export interface EventAnswer {
	id: string;
	/** Motive's word for how far the media are; empty where it has none. */
	status: string;
	state: CaptureState;
	/** Pictures first. */
	media: EventMedium[];
	/** Fleet number of the vehicle. */
	sourceName?: string;
	/** The event itself, untouched. */
	json: JsonObject;
}

/**
 * Reads the media of a driver performance event, those of its sub-events included. They are ready once one is there and
 * Motive does not say that it still works on others; an event whose camera has delivered nothing yet is pending.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export function readEventMedia(event: JsonObject): EventAnswer {
	const media = [
		...mediaOf(event['camera_media'], ''),
		...subEventsOf(event).flatMap(mediaOfSubEvent),
	];
	const camera = isObject(event['camera_media']) ? event['camera_media'] : {};
	const status = readText(camera['auto_transcode_status']) ?? '';
	const vehicle = isObject(event['vehicle']) ? event['vehicle'] : event['current_vehicle'];
	const sourceName = isObject(vehicle) ? readText(vehicle['number']) : undefined;
	return {
		id: String(readInteger(event['id']) ?? event['id']),
		status,
		state: stateOfMedia(status, media.length > 0),
		media: [
			...media.filter(({ type }) => type === 'image'),
			...media.filter(({ type }) => type === 'video'),
		],
		json: event,
		...(sourceName !== undefined && { sourceName }),
	};
}

function stateOfMedia(status: string, hasMedia: boolean): CaptureState {
	const word = status === '' ? 'ready' : stateOf(status, undefined);
	if (!hasMedia) return word === 'failed' ? 'failed' : 'pending';
	return word === 'pending' ? 'pending' : 'ready';
}

function subEventsOf(event: JsonObject): unknown[] {
	const metadata = event['sub_event_metadata'];
	const list = isObject(metadata) ? metadata['sub_events'] : event['sub_events'];
	return Array.isArray(list) ? list : [];
}

function mediaOfSubEvent(subEvent: unknown, index: number): EventMedium[] {
	return isObject(subEvent) ? mediaOf(subEvent['camera_media'], `sub_event_${index + 1}_`) : [];
}

function mediaOf(camera: unknown, prefix: string): EventMedium[] {
	if (!isObject(camera)) return [];
	return [
		...linksIn(camera['downloadable_images'], 'image', prefix),
		...linksIn(camera['downloadable_videos'], 'video', prefix),
	];
}

function linksIn(links: unknown, type: EventMedium['type'], prefix: string): EventMedium[] {
	if (!isObject(links)) return [];
	return Object.entries(links).flatMap(([key, value]) => {
		const url = readText(value);
		// In Motive's samples the text "nil" stands for null.
		if (url === undefined || url === 'nil') return [];
		return [{ name: prefix + key.replace(/(_jpg)?_url$/, ''), type, url }];
	});
}

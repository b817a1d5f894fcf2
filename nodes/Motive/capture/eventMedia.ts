import { readInteger, readText } from './answer';
import { stateOf, type CaptureState } from './captureState';
import { isObject, type JsonObject } from './json';

/** A still or a video of a safety event. */
export interface EventMedium {
	/** Motive's own key without its end, for example `front_facing_plain`; those of a sub-event carry its number. */
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
	media: EventMedium[];
	/** Fleet number of the vehicle. */
	sourceName?: string;
	/** The event itself, untouched. */
	json: JsonObject;
}

/**
 * Reads the media of a driver performance event, those of its sub-events included. They are ready once there is one and
 * Motive does not say that it still works on others; an event whose camera has delivered nothing yet is pending.
 *
 * @param types what is wanted; the rest is left out
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export function readEventMedia(event: JsonObject, types: ReadonlyArray<EventMedium['type']>): EventAnswer {
	const cameras = [
		{ camera: event['camera_media'], prefix: '' },
		...subEventsOf(event).map((subEvent, index) => ({
			camera: isObject(subEvent) ? subEvent['camera_media'] : undefined,
			prefix: `sub_event_${index + 1}_`,
		})),
	];
	const media = cameras.flatMap(({ camera, prefix }) => mediaOf(camera, prefix)).filter(({ type }) => types.includes(type));
	const main = isObject(event['camera_media']) ? event['camera_media'] : {};
	const status = readText(main['auto_transcode_status']) ?? '';
	const word = stateOf(status, undefined);
	const vehicle = isObject(event['vehicle']) ? event['vehicle'] : event['current_vehicle'];
	const sourceName = isObject(vehicle) ? readText(vehicle['number']) : undefined;
	return {
		id: String(readInteger(event['id']) ?? event['id']),
		status,
		state: stateOfMedia(media.length, status === '' ? 'ready' : word),
		media,
		json: event,
		...(sourceName !== undefined && { sourceName }),
	};
}

function stateOfMedia(count: number, word: CaptureState): CaptureState {
	if (word === 'ready') return count > 0 ? 'ready' : 'pending';
	return word === 'failed' && count > 0 ? 'ready' : word;
}

function subEventsOf(event: JsonObject): unknown[] {
	const metadata = event['sub_event_metadata'];
	const list = isObject(metadata) ? metadata['sub_events'] : event['sub_events'];
	return Array.isArray(list) ? list : [];
}

function mediaOf(camera: unknown, prefix: string): EventMedium[] {
	if (!isObject(camera)) return [];
	return [
		...urlsIn(camera['downloadable_images'], 'image', prefix),
		...urlsIn(camera['downloadable_videos'], 'video', prefix),
	];
}

function urlsIn(links: unknown, type: EventMedium['type'], prefix: string): EventMedium[] {
	if (!isObject(links)) return [];
	return Object.entries(links).flatMap(([key, value]) => {
		const url = readText(value);
		// In Motive's samples the text "nil" stands for null.
		if (url === undefined || url === 'nil') return [];
		return [{ name: prefix + key.replace(/(_jpg)?_url$/, ''), type, url }];
	});
}

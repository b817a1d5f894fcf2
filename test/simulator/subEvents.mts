import type { JsonObject } from './answers.mts';
import type { EventMedia, Incident, MediaQuery } from './eventMedia.mts';
import { iso } from './motive.mts';

/** What is told as one event when it happens several times in a row. */
const AGGREGATED = ['tailgating', 'lane_swerving_event'];

const STEP_MS = 6_000;
const LENGTH_MS = 3_000;

/** A safety event with its media; some are made of several events, each with media of its own. */
export async function withMedia(
	event: JsonObject,
	incident: Incident,
	media: EventMedia,
	query?: MediaQuery,
): Promise<JsonObject> {
	const aggregated = AGGREGATED.some((type) => type === incident.type);
	const whole: JsonObject = {
		...event,
		aggregated,
		camera_media: await media.of(incident, query),
	};
	if (!aggregated) return whole;
	const { id, at, name } = incident;
	const parts = Array.from({ length: 2 + (id % 2) }, (_, index) => ({
		...incident,
		id: id * 10 + index,
		at: at + index * STEP_MS,
		name: `${name}-${String(index + 1)}`,
	}));
	const sub_events = await Promise.all(
		parts.map(async (part) => await subEvent(part, media, query)),
	);
	const end_time = sub_events.at(-1)?.['end_time'];
	return {
		...whole,
		end_time,
		sub_event_metadata: { sub_events, max_intensity_event: { id: id * 10, intensity: '0.9 s' } },
	};
}

async function subEvent(
	part: Incident,
	media: EventMedia,
	query?: MediaQuery,
): Promise<JsonObject> {
	return {
		id: part.id,
		start_time: iso(part.at),
		end_time: iso(part.at + LENGTH_MS),
		start_speed: 88.1,
		end_speed: 86.4,
		m_gps_spd: [88, 87],
		camera_media: await media.of(part, query),
	};
}

import type { JsonObject } from './answers.mts';
import type { OfferedFile } from './files.mts';
import type { Device, VideoPosition } from './fleet.mts';
import { iso } from './motive.mts';

/** When the media of safety events are there, and for how long; a test may set it. */
export interface EventMediaSettings {
	/** Milliseconds from an event until its media are transcoded; `Infinity`: never. */
	transcodeMs: number;
	/** Moment before which nothing is transcoded, in milliseconds since the epoch. */
	notBefore: number;
	/** Seconds that URLs live. */
	urlSeconds: number;
}

/** Ten minutes to transcode, two days to download. */
export const usualEventMedia: EventMediaSettings = {
	transcodeMs: 600_000,
	notBefore: -Infinity,
	urlSeconds: 172_800,
};

/** A moment that a dashcam recorded. */
export interface Incident {
	/** Names its files. */
	name: string;
	id: number;
	/** Milliseconds since the epoch. */
	at: number;
	device: Device;
}

/** Where the files of an incident come from. */
export interface EventMediaParts {
	settings: EventMediaSettings;
	now: () => number;
	url: (file: OfferedFile, seconds: number) => Promise<{ url: string }>;
	video: (incident: Incident, name: string, position?: VideoPosition) => OfferedFile;
	still: (incident: Incident, position: DashcamPosition) => OfferedFile;
}

const dashcamPositions = ['front_facing', 'driver_facing'] as const;
type DashcamPosition = (typeof dashcamPositions)[number];

/** The camera begins to keep what it saw some seconds before an event. */
const LEAD_MS = 7_000;

/** One in three incidents has videos but no pictures, as in the samples of Motive. */
const STILLS_MISSING = 3;

/** What Motive tells about the media of safety events. */
export class EventMedia {
	constructor(private readonly parts: EventMediaParts) {}

	/** When the media of something that happened `at` are there. */
	readyAt(at: number): number {
		const { transcodeMs, notBefore } = this.parts.settings;
		return Math.max(at + transcodeMs, notBefore);
	}

	/** The `camera_media` of an incident with fresh URLs, which live for `seconds`; null without a dashcam. */
	async of(
		incident: Incident,
		seconds = this.parts.settings.urlSeconds,
	): Promise<JsonObject | null> {
		const { id, at, device } = incident;
		const cam_positions = dashcamPositions.filter((position) => device.cameras.includes(position));
		if (cam_positions.length === 0) return null;
		const readyAt = this.readyAt(at);
		const isReady = this.parts.now() >= readyAt;
		return {
			id: id % 1_000_000,
			available: isReady,
			cam_type: 'dc54',
			cam_positions,
			uploaded_at: isReady ? iso(readyAt) : null,
			start_time: iso(at - LEAD_MS),
			duration: 15,
			auto_transcode_status: isReady ? 'success' : 'not started',
			...(await this.links(incident, cam_positions, isReady ? seconds : undefined)),
		};
	}

	/** The addresses of all files; null where there is none, and everywhere without `seconds`. */
	private async links(
		incident: Incident,
		cameras: readonly DashcamPosition[],
		seconds: number | undefined,
	): Promise<JsonObject> {
		const { url, video, still } = this.parts;
		const link = async (file: OfferedFile): Promise<string | null> =>
			seconds === undefined ? null : (await url(file, seconds)).url;
		const videos = cameras.map(async (position) => [
			`${position}_plain_url`,
			await link(video(incident, `${position}_plain`, position)),
		]);
		const hasStills = incident.id % STILLS_MISSING !== 0;
		const images = cameras.map(async (position) => [
			`${position}_jpg_url`,
			hasStills ? await link(still(incident, position)) : null,
		]);
		const isDual = cameras.length === dashcamPositions.length;
		return {
			downloadable_videos: {
				...Object.fromEntries(await Promise.all(videos)),
				front_facing_enhanced_url: null,
				front_facing_enhanced_ai_viz_url: null,
				dual_facing_enhanced_url: isDual
					? await link(video(incident, 'dual_facing_enhanced'))
					: null,
				dual_facing_enhanced_ai_viz_url: null,
			},
			downloadable_images: Object.fromEntries(await Promise.all(images)),
		};
	}
}

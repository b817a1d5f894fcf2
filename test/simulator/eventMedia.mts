import type { Happening } from './happenings.mts';
import type { JsonObject } from './answers.mts';
import { mediaLinks, type DashcamPosition } from './eventMediaLinks.mts';
import type { OfferedFile } from './files.mts';
import type { Device, VideoPosition } from './fleet.mts';
import { iso } from './motive.mts';

/** Which media safety events have, from when on, and for how long; a test may set it. */
export interface EventMediaSettings {
	/** Milliseconds from an event until its videos are transcoded, and its stills are there too; `Infinity`: never. */
	transcodeMs: number;
	/** Milliseconds from an event until its stills are there, where that is not at the same time. */
	stillsMs: number | undefined;
	/** Moment before which nothing is there, in milliseconds since the epoch. */
	notBefore: number;
	/** Seconds that URLs live. */
	urlSeconds: number;
	/** Whether lists have links only where `media_required=true` asks for them. */
	linksOnRequest: boolean;
	/** Whether events without media are left out where media are asked for. */
	leaveOut: boolean;
	/** Which events get a video: all, or of hard brakes and hard accelerations only one in five; the others have stills. */
	clips: 'all' | 'few';
	/** Where nothing will ever come: `camera_media` is null, or is there and says that nothing is available. */
	footage: 'usual' | 'null' | 'unavailable';
	/**
	 * More media than usual: a second file of a position, a file without a position and a link that is null, under
	 * `keys` of their own, or in `lists` of `{ position, url }` in place of the usual keys.
	 */
	more: 'none' | 'keys' | 'lists';
}

/** How the media of live fleets are reported to be, which is usual here as well. */
export const asOfLiveFleets = {
	linksOnRequest: true,
	clips: 'few',
} satisfies Partial<EventMediaSettings>;

/** Ten minutes to transcode, two days to download. */
export const usualEventMedia: EventMediaSettings = {
	transcodeMs: 600_000,
	stillsMs: undefined,
	notBefore: -Infinity,
	urlSeconds: 172_800,
	leaveOut: false,
	footage: 'usual',
	more: 'none',
	...asOfLiveFleets,
};

/** A moment that a dashcam recorded. */
export interface Incident {
	/** Names its files. */
	name: string;
	id: number;
	/** Milliseconds since the epoch. */
	at: number;
	device: Device;
	/** What kind of event it is. */
	type: unknown;
}

/** Where the files of an incident come from. */
export interface EventMediaParts {
	settings: EventMediaSettings;
	now: () => number;
	url: (file: OfferedFile, seconds: number) => Promise<{ url: string }>;
	video: (incident: Incident, name: string, position?: VideoPosition) => OfferedFile;
	still: (incident: Incident, position: DashcamPosition) => OfferedFile;
}

/** How media are told. */
export interface MediaQuery {
	/** Seconds that links live; default: the usual time. */
	seconds?: number | undefined;
	/** Whether links are told at all; default: they are. */
	links?: boolean;
}

const dashcamPositions = ['front_facing', 'driver_facing'] as const satisfies DashcamPosition[];

/** The camera begins to keep what it saw some seconds before an event. */
const LEAD_MS = 7_000;

/** One in three incidents has videos but no pictures, as in the samples of Motive. */
const STILLS_MISSING = 3;

/** What seldom gets a video: these types, and one in so many of them does. */
const CLIPS_SELDOM = { types: ['hard_brake', 'hard_accel'], oneIn: 5 };

/** What Motive tells about the media of safety events. */
export class EventMedia {
	constructor(private readonly parts: EventMediaParts) {}

	/** Whether the links of an answer to this query are told. */
	isAsked(query: Record<string, unknown>): boolean {
		return !this.parts.settings.linksOnRequest || query['media_required'] === 'true';
	}

	/** Whether an incident is left out of the answer to this query, as it has no media yet. */
	isLeftOut(query: Record<string, unknown>, incident: Incident): boolean {
		const isAsked = this.parts.settings.leaveOut && query['media_required'] === 'true';
		return isAsked && !this.comings(incident).some((at) => at <= this.parts.now());
	}

	/** When the media of an incident come: first the stills, then the videos, as far as there will be any. */
	comings(incident: Incident): number[] {
		const { stillsAt, clipsAt } = this.times(incident);
		return [stillsAt, clipsAt].filter((at) => Number.isFinite(at));
	}

	/** The `camera_media` of an incident with fresh URLs; null without a dashcam. */
	async of(incident: Incident, query: MediaQuery = {}): Promise<JsonObject | null> {
		const { settings, now } = this.parts;
		const { id, at, device } = incident;
		const cam_positions = dashcamPositions.filter((position) => device.cameras.includes(position));
		if (cam_positions.length === 0 || settings.footage === 'null') return null;
		const { stillsAt, clipsAt } = this.times(incident);
		const uploadedAt = Math.min(stillsAt, clipsAt);
		const available = now() >= uploadedAt;
		const { seconds = settings.urlSeconds, links = true } = query;
		return {
			id: id % 1_000_000,
			available,
			cam_type: 'dc54',
			cam_positions,
			uploaded_at: available ? iso(uploadedAt) : null,
			start_time: iso(at - LEAD_MS),
			duration: 15,
			auto_transcode_status: wordFor(clipsAt, available, now()),
			...(await mediaLinks(incident, cam_positions, {
				...this.parts,
				more: settings.more,
				seconds,
				hasStills: links && now() >= stillsAt,
				hasClips: links && now() >= clipsAt,
			})),
		};
	}

	/** `Infinity`: never. */
	private times({ id, at, type }: Incident): { stillsAt: number; clipsAt: number } {
		const { transcodeMs, stillsMs = transcodeMs, notBefore, clips, footage } = this.parts.settings;
		if (footage !== 'usual') return { stillsAt: Infinity, clipsAt: Infinity };
		const isSeldom = clips === 'few' && CLIPS_SELDOM.types.some((each) => each === type);
		const hasClip = !isSeldom || id % CLIPS_SELDOM.oneIn === 0;
		const hasStills = !hasClip || id % STILLS_MISSING !== 0;
		return {
			stillsAt: hasStills ? Math.max(at + stillsMs, notBefore) : Infinity,
			clipsAt: hasClip ? Math.max(at + transcodeMs, notBefore) : Infinity,
		};
	}
}

/** Motive's word for how far the videos are. */
function wordFor(clipsAt: number, available: boolean, now: number): string {
	if (now >= clipsAt) return 'success';
	return available && Number.isFinite(clipsAt) ? 'in progress' : 'not started';
}

/** What a camera recorded of it. */
export function incidentOf({ id, at, device, record }: Happening): Incident {
	return { name: `event-${id}`, id, at, device, type: record['type'] };
}

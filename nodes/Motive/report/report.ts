import type { JsonObject } from '../motive/json';

/** Everything that one report says. */
export interface Report {
	title: string;
	/** One for each event; they come one after the other, each on a page of its own. */
	incidents: readonly Incident[];
	/** Service that the places are linked to. */
	map: MapService;
	/** IANA name of the time zone in which all times are written. */
	timeZone: string;
	/** Milliseconds since the epoch. */
	madeAt: number;
	/** Whether lines are added for what no camera knows. */
	form: boolean;
}

/** An event with what the cameras saw of it. */
export interface Incident {
	/** The event as Motive, a trigger or the user gives it; null where nothing is known. */
	event: JsonObject | null;
	/** Where else the vehicle, its details and the company may be found, best first. */
	sources: readonly JsonObject[];
	/** What the user adds. */
	details: readonly Detail[];
	views: readonly View[];
}

/** A row with a label. */
export interface Detail {
	label: string;
	value: string;
}

/** What one camera has to show: an image, or a gap that says why there is none. */
export interface View {
	/** The camera, or what else the image is called, for example `Front Facing`. */
	name: string;
	/** Fleet number of the vehicle or name of the asset; empty where it is not known. */
	source: string;
	/** When the image was taken; null where that is not known. */
	taken: TimeSpan | null;
	/** The file, or why it is missing. */
	image: ImageFile | { missing: string };
}

/** Two moments, as Motive writes them, between which something happened; equal where it is known exactly. */
export interface TimeSpan {
	from: string;
	to: string;
}

/** The file of an image. */
export interface ImageFile {
	type: ImageType;
	/** Opens the file. Called once, when it is this image's turn: there is never more than one in memory. */
	open: () => AsyncIterable<Uint8Array>;
}

/** Images that browsers show. */
export const IMAGE_TYPES = [
	'image/avif',
	'image/bmp',
	'image/gif',
	'image/jpeg',
	'image/png',
	'image/webp',
] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

/** Maps that a place can be linked to. */
export type MapService = 'google' | 'none' | 'openStreetMap';

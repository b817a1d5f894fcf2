import { isObject, type JsonObject } from './json';
import { hasAny, isMissing, parseText } from './parse';
import { baseNameOf } from './text';

/** An image or a video as an answer names it. */
export interface Medium {
	/** Tells it from the others of its answer: its position, with a number behind it where that comes again. */
	name: string;
	/** Empty where nobody has named one. */
	position: string;
	/** Which one of its position it is, from 1 on. */
	nth: number;
	/** Presigned: whoever has it can see the image or video. Null while there is none. */
	url: string | null;
	/** When the link stops working, as Motive writes it. */
	expiresAt: string | null;
}

/** An image or a video that can be fetched. */
export type LinkedMedium = Medium & { url: string };

type FoundMedium = Omit<Medium, 'name' | 'nth' | 'position'> & { position: string | null };

/** Fields by which an object is known to be an image or a video, and not a map of several. */
const MARKS = ['position', 'url', 'download_url', 'expires_at'];

/**
 * Parses the images or videos of an answer: a list, or a map from position to one or several of them, each an object with
 * its link or the link alone. Never throws: what is neither is left out.
 *
 * @param usual the position of those that name none, and what those without any are called
 */
export function parseMedia(value: unknown, usual: Pick<Medium, 'name' | 'position'>): Medium[] {
	const seen = new Map<string, number>();
	return mediaIn(value, null).map(({ position: named, ...rest }) => {
		const position = named ?? usual.position;
		const nth = (seen.get(position) ?? 0) + 1;
		seen.set(position, nth);
		const name = position === '' ? usual.name : position;
		return { name: nth === 1 ? name : `${name}_${nth}`, position, nth, ...rest };
	});
}

/** The name of the file of an image or a video without extension, made of what a person recognises: `T-118_rear_90312`. */
export function mediumBaseName(
	{ position, nth }: Pick<Medium, 'position' | 'nth'>,
	job: { sourceName: string | null; id: string },
): string {
	return baseNameOf(job.sourceName ?? '', position, job.id, nth === 1 ? '' : String(nth));
}

/** Whether an image or a video can be fetched. */
export function isLinked(medium: Medium): medium is LinkedMedium {
	return medium.url !== null;
}

function mediaIn(value: unknown, key: string | null): FoundMedium[] {
	if (Array.isArray(value)) return value.flatMap((each: unknown) => mediaIn(each, key));
	if (isMissing(value)) return key === null ? [] : [{ position: key, url: null, expiresAt: null }];
	if (isLink(value)) return [{ position: key, url: value.trim(), expiresAt: null }];
	if (!isObject(value)) return [];
	if (hasAny(value, MARKS)) return [parseMedium(value, key)];
	return Object.entries(value).flatMap(([name, each]) => mediaIn(each, name));
}

function parseMedium(medium: JsonObject, key: string | null): FoundMedium {
	return {
		position: parseText(medium, 'position') ?? key,
		url: parseText(medium, 'url', 'download_url'),
		expiresAt: parseText(medium, 'expires_at'),
	};
}

function isLink(value: unknown): value is string {
	return typeof value === 'string' && /^\s*https?:/i.test(value);
}

import type { JsonObject } from './answers.mts';
import type { EventMediaParts, EventMediaSettings, Incident } from './eventMedia.mts';
import type { OfferedFile } from './files.mts';

/** A camera of the dashcam. */
export type DashcamPosition = 'front_facing' | 'driver_facing';

/** Where links come from, and which there are. */
interface LinkParts extends Pick<EventMediaParts, 'url' | 'video' | 'still'> {
	more: EventMediaSettings['more'];
	/** Seconds that they live. */
	seconds: number;
	hasStills: boolean;
	hasClips: boolean;
}

/** A place for a link; without a file it stays null. */
interface Slot {
	key: string;
	position?: DashcamPosition;
	file?: OfferedFile;
}

/** The links to all files of an incident, `downloadable_videos` and `downloadable_images`; null where there is none. */
export async function mediaLinks(
	incident: Incident,
	cameras: readonly DashcamPosition[],
	{ more, seconds, hasStills, hasClips, ...parts }: LinkParts,
): Promise<JsonObject> {
	const videos = videoSlots(incident, cameras, parts);
	const images = imageSlots(incident, cameras, parts);
	if (more !== 'none') {
		videos.push(...moreVideos(incident, parts));
		images.push(...moreImages(incident, parts));
	}
	const told = async (slots: Slot[], isThere: boolean) => {
		const links = slots.map(async ({ file, ...slot }) => {
			const url = file && isThere ? (await parts.url(file, seconds)).url : null;
			return { ...slot, url };
		});
		return more === 'lists' ? listed(await Promise.all(links)) : keyed(await Promise.all(links));
	};
	return {
		downloadable_videos: await told(videos, hasClips),
		downloadable_images: await told(images, hasStills),
	};
}

function videoSlots(
	incident: Incident,
	cameras: readonly DashcamPosition[],
	{ video }: Pick<LinkParts, 'video'>,
): Slot[] {
	const isDual = cameras.length > 1;
	return [
		...cameras.map((position) => ({
			key: `${position}_plain_url`,
			position,
			file: video(incident, `${position}_plain`, position),
		})),
		{ key: 'front_facing_enhanced_url' },
		{ key: 'front_facing_enhanced_ai_viz_url' },
		{
			key: 'dual_facing_enhanced_url',
			...(isDual && { file: video(incident, 'dual_facing_enhanced') }),
		},
		{ key: 'dual_facing_enhanced_ai_viz_url' },
	];
}

function imageSlots(
	incident: Incident,
	cameras: readonly DashcamPosition[],
	{ still }: Pick<LinkParts, 'still'>,
): Slot[] {
	return cameras.map((position) => ({
		key: `${position}_jpg_url`,
		position,
		file: still(incident, position),
	}));
}

/** A second video to the front, and one without a position. */
function moreVideos(incident: Incident, { video }: Pick<LinkParts, 'video'>): Slot[] {
	const position = 'front_facing';
	return [
		{
			key: `${position}_enhanced_url`,
			position,
			file: video(incident, `${position}_enhanced`, position),
		},
		{ key: 'plain_url', file: video(incident, 'plain') },
	];
}

/** A second still to the front, one without a position, and one that never comes. */
function moreImages(incident: Incident, { still }: Pick<LinkParts, 'still'>): Slot[] {
	const position = 'front_facing';
	const again = (nth: number) =>
		still({ ...incident, name: `${incident.name}-still-${nth}` }, position);
	return [
		{ key: `${position}_2_jpg_url`, position, file: again(2) },
		{ key: 'jpg_url', file: again(3) },
		{ key: 'driver_facing_2_jpg_url', position: 'driver_facing' },
	];
}

type Link = Pick<Slot, 'key' | 'position'> & { url: string | null };

function keyed(links: Link[]): JsonObject {
	return Object.fromEntries(links.map(({ key, url }) => [key, url]));
}

function listed(links: Link[]): JsonObject[] {
	return links
		.filter(({ position, url }) => position !== undefined || url !== null)
		.map(({ position, url }) => ({ position, url }));
}

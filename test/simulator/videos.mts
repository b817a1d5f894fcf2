import { readFileSync } from 'node:fs';
import type { Incident } from './eventMedia.mts';
import type { OfferedFile } from './files.mts';
import { iso } from './motive.mts';
import type { Recall } from './recalls.mts';
import type { VideoPosition } from './fleet.mts';

/**
 * Five seconds of road, H.264 in an MP4 file of 640 by 360 pixels. Made with ffmpeg 5.1 of Debian 12 from the
 * drawing of `front_facing` in scenes.mts (frame.png) and the font of the pictures (font.woff2):
 *
 *     ffmpeg -loop 1 -i frame.png -vf "zoompan=z='1+on/250':x='iw/2-iw/zoom/2':y='300-300/zoom':d=1:s=640x360:fps=10,
 *       drawtext=fontfile=font.woff2:fontsize=22:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=8:x=20:y=20:
 *       text='simulated video  %{pts\:hms}'" -t 5 -c:v libx264 -profile:v main -pix_fmt yuv420p -crf 30
 *       -preset veryslow -movflags +faststart -map_metadata -1 -fflags +bitexact -an road.mp4
 */
const ROAD = readFileSync(new URL('assets/road.mp4', import.meta.url));

const BOX_HEAD = 8;

/** How videos are made. */
export interface VideoOptions {
	/** Size of each file in bytes, at least; smaller ones, of some 23 kB, are padded to exactly this. Default 0. */
	bytes?: number;
}

/** The road as an MP4 file that says in a `free` box, which players skip, whose video it is. */
export function makeVideo(label: string, { bytes = 0 }: VideoOptions = {}): Buffer {
	const text = Buffer.from(label);
	const box = Buffer.alloc(Math.max(BOX_HEAD + text.length, bytes - ROAD.length), '.');
	box.writeUInt32BE(box.length, 0);
	box.write('free', 4, 'latin1');
	text.copy(box, BOX_HEAD);
	return Buffer.concat([ROAD, box]);
}

/** The video of one camera of a recall, under a name of its own. */
export function recalledVideo(
	{ id, device, from }: Recall,
	position: VideoPosition,
	name: string,
	options: VideoOptions,
): OfferedFile {
	return {
		key: `videos/${id}/${name}.mp4`,
		type: 'video/mp4',
		device,
		position,
		make: () => makeVideo(`recall ${id}: ${device.name}, ${name}, ${iso(from)}`, options),
	};
}

/** A video of a safety event; of one camera where `position` is given. */
export function eventVideo(
	incident: Incident,
	file: string,
	position: VideoPosition | undefined,
	options: VideoOptions,
): OfferedFile {
	const { name, device, at } = incident;
	return {
		key: `videos/${name}/${file}.mp4`,
		type: 'video/mp4',
		device,
		...(position && { position }),
		make: () => makeVideo(`${name}: ${device.name}, ${file}, ${iso(at)}`, options),
	};
}

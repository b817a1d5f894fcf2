import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { Capture } from './captures.mts';
import type { Incident } from './eventMedia.mts';
import type { OfferedFile } from './files.mts';
import type { Device, Position } from './fleet.mts';
import { iso } from './motive.mts';
import { drawScene, HEIGHT, WIDTH } from './scenes.mts';

// A font that comes with the package: a bare machine has none.
const FONT = 'Simulator';
GlobalFonts.registerFromPath(
	createRequire(import.meta.url).resolve(
		'@fontsource/b612-mono/files/b612-mono-latin-700-normal.woff2',
	),
	FONT,
);

const QUALITY = 80;
/** Longest comment segment of a JPEG file: marker, length field and 65533 bytes. */
const MAX_SEGMENT = 65_537;
const SEGMENT_HEAD = 4;

/** How pictures are made. */
export interface PictureOptions {
	/** Size of each file in bytes, at least; smaller pictures are padded to exactly this. Default 0. */
	bytes?: number;
	/**
	 * One drawing per position for all devices and captures, for benchmarks: a drawing takes some 15 ms.
	 * Default `false`: each picture names its vehicle, request and time.
	 */
	shared?: boolean;
}

/** Pads a JPEG file to `size` bytes with comment segments, which every decoder skips. */
export function padJpeg(jpeg: Buffer, size: number): Buffer {
	const segments: Buffer[] = [];
	let missing = size - jpeg.length;
	while (missing >= SEGMENT_HEAD) {
		// What is left must be nothing or a whole segment.
		const left = missing - MAX_SEGMENT;
		const length =
			left > 0 && left < SEGMENT_HEAD ? MAX_SEGMENT - SEGMENT_HEAD : Math.min(missing, MAX_SEGMENT);
		const segment = Buffer.alloc(length, '.');
		segment.writeUInt16BE(0xff_fe, 0);
		segment.writeUInt16BE(length - 2, 2);
		segments.push(segment);
		missing -= length;
	}
	return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

async function draw(
	position: Position,
	title: string,
	colour: string,
	details: string,
): Promise<Buffer> {
	const canvas = createCanvas(WIDTH, HEIGHT);
	const context = canvas.getContext('2d');
	drawScene(context, position, colour);
	context.fillStyle = 'rgba(10, 14, 20, 0.72)';
	context.fillRect(0, 0, WIDTH, 64);
	context.fillRect(0, HEIGHT - 160, WIDTH, 160);
	context.fillStyle = '#ffffff';
	context.font = `28px ${FONT}`;
	context.fillText(details, 40, 42);
	context.font = `120px ${FONT}`;
	context.fillText(title, 40, HEIGHT - 38, 780);
	context.font = `38px ${FONT}`;
	context.textAlign = 'right';
	context.fillText(position, WIDTH - 40, HEIGHT - 82);
	context.font = `22px ${FONT}`;
	context.fillText('simulated picture', WIDTH - 40, HEIGHT - 38);
	return await canvas.encode('jpeg', QUALITY);
}

/** Makes the pictures of one simulator: JPEG files of 1280 by 720 pixels. */
export class Painter {
	private readonly sharedDrawings = new Map<Position, Promise<Buffer>>();

	constructor(private readonly options: PictureOptions) {}

	/** A picture that comes of a capture, under a name of its own, for the image host. */
	file(capture: Capture, position: Position, name: string): OfferedFile {
		const { requestId, device } = capture;
		return {
			key: `${String(requestId)}/${name}.jpg`,
			type: 'image/jpeg',
			device,
			position,
			make: async () => await this.paint({ ...capture, position }),
		};
	}

	/** The picture of one capture. */
	async paint({ device, position, requestId, startedAt }: Capture): Promise<Buffer> {
		return await this.drawing(device, position, `${iso(startedAt)}   request ${String(requestId)}`);
	}

	/** The still of a safety event, for the image host. */
	still({ name, device, at }: Incident, position: Position): OfferedFile {
		const key = `${name}/${position}.jpg`;
		return {
			key,
			type: 'image/jpeg',
			device,
			position,
			make: async () => await this.drawing(device, position, `${iso(at)}   ${name}`),
		};
	}

	private async drawing(device: Device, position: Position, details: string): Promise<Buffer> {
		if (this.options.shared === true) return await this.sharedDrawing(position);
		const colour = `hsl(${String((device.id * 47) % 360)} 45% 42%)`;
		return this.pad(await draw(position, device.name, colour, details));
	}

	private async sharedDrawing(position: Position): Promise<Buffer> {
		const drawing =
			this.sharedDrawings.get(position) ??
			draw(position, 'FLEET', '#3d5a80', 'one drawing for all').then((jpeg) => this.pad(jpeg));
		this.sharedDrawings.set(position, drawing);
		return await drawing;
	}

	private pad(jpeg: Buffer): Buffer {
		return padJpeg(jpeg, this.options.bytes ?? 0);
	}
}

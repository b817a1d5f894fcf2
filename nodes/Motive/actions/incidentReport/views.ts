import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { parseOccurredAt } from '../../motive/event';
import { isObject, type JsonObject } from '../../motive/json';
import { parseEntries, parseObject, parseSourceName, parseText } from '../../motive/parse';
import { positionName, RECALL_POSITIONS } from '../../motive/positions';
import type { ImageFile, ImageType, TimeSpan, View } from '../../report/report';
import { cleanText } from '../../transport/cleanText';

/** A file of an item, and its field. */
export interface ItemFile {
	field: string;
	file: IBinaryData;
}

/** How the bytes of a file are had. */
export type FileOpener = (file: ItemFile) => ImageFile['open'];

/** Where the files of an item are in workflows that keep them together with the JSON (n8n 2.5 and newer). */
const FILES_IN_JSON = '_files';

/** Types of images, by the second half of their MIME type and by what file names end in. */
const TYPES = new Map<string, ImageType>([
	['avif', 'image/avif'],
	['bmp', 'image/bmp'],
	['gif', 'image/gif'],
	['jpeg', 'image/jpeg'],
	['jpg', 'image/jpeg'],
	['png', 'image/png'],
	['webp', 'image/webp'],
]);

/** Why there is no image, by the state of what should have made it. */
const REASONS = new Map([
	['pending', 'It was not there yet when this report was made.'],
	['failed', 'Motive could not deliver it.'],
	['ready', 'It is there, but was not downloaded.'],
	['skipped', 'This camera was left out.'],
]);

/**
 * What the cameras have to show in an item: of Capture in both output modes, of Get, of Get Media, or of any other node
 * that puts out images. Items that failed and captures without an image give gaps; other items give nothing.
 */
export function viewsOf(item: INodeExecutionData, open: FileOpener): View[] {
	const { json } = item;
	const images = filesOf(item).filter(({ file }) => mediaType(file).startsWith('image/'));
	const captures = parseEntries(json, 'captures').map(({ value }) => value);
	const ofCaptures = captures.map((row) => ({
		row,
		image: images.find(({ field }) => field === parseText(row, 'position')),
	}));
	const others = images.filter((each) => ofCaptures.every(({ image }) => image !== each));
	const ofItem = others.map((image) => ({ row: images.length > 1 ? {} : json, image }));
	const all = [...ofCaptures, ...ofItem];
	const shots = all.length === 0 && isAboutImage(json) ? [{ row: json, image: undefined }] : all;
	const failure = failureOf(item);
	return [
		...shots.map(({ row, image }) => ({
			name: nameOf(row, image),
			source: sourceOf(row) || sourceOf(json),
			taken: takenAt(row),
			image: image ? imageOf(image, open) : { missing: reasonOf(row) },
		})),
		...(failure === '' ? [] : [gapOf(failure)]),
	];
}

/** All files of an item, wherever n8n keeps them. */
function filesOf({ json, binary }: INodeExecutionData): ItemFile[] {
	const files = { ...binary, ...parseObject(json, FILES_IN_JSON) };
	return Object.entries(files).flatMap(([field, file]) => (isFile(file) ? [{ field, file }] : []));
}

function isFile(value: unknown): value is IBinaryData {
	return isObject(value) && typeof value['mimeType'] === 'string' && 'data' in value;
}

/** The MIME type of a file; that of its name where the storage it came from did not know any. */
function mediaType({ mimeType, fileExtension, fileName }: IBinaryData): string {
	const [type = ''] = mimeType.toLowerCase().split(';');
	if (type !== '' && type !== 'application/octet-stream') return type;
	const ending = fileExtension ?? fileName?.split('.').at(-1) ?? '';
	return TYPES.get(ending.toLowerCase()) ?? type;
}

function imageOf(image: ItemFile, open: FileOpener): View['image'] {
	const name = mediaType(image.file);
	const type = TYPES.get(name.replace('image/', ''));
	return type === undefined
		? { missing: `It is a file that browsers do not show (${name}).` }
		: { type, open: open(image) };
}

/** Whether an item without files is about an image all the same: a capture, or an image of a safety event. */
function isAboutImage(json: JsonObject): boolean {
	const { type } = parseObject(json, 'media');
	if (type === 'video' || parseText(json, 'state') === null) return false;
	return parseText(json, 'camera_type') !== null || 'camera_media' in json;
}

/** The position of the camera; what the file is called where there is none. */
function nameOf(row: JsonObject, image: ItemFile | undefined): string {
	const position =
		parseText(row, 'position') ??
		parseText(parseObject(row, 'media'), 'name') ??
		RECALL_POSITIONS.find((each) => each === image?.field);
	if (position !== undefined) return positionName(position);
	return image?.file.fileName ?? image?.field ?? 'Camera';
}

function sourceOf(row: JsonObject): string {
	return parseSourceName(row) ?? parseText(row, 'vehicle_number', 'asset_name') ?? '';
}

/** A still was taken when its event was, a capture between the request and the answer. */
function takenAt(row: JsonObject): TimeSpan | null {
	// Sub-events have times of their own.
	const isStill = 'media' in row && !nameOf(row, undefined).startsWith('Sub Event');
	const exact = isStill ? parseOccurredAt(row) : parseText(row, 'taken_at', 'captured_at');
	const from = exact ?? parseText(row, 'requested_at', 'ready_at');
	const to = exact ?? parseText(row, 'ready_at', 'requested_at');
	return from === null || to === null ? null : { from, to };
}

function reasonOf(row: JsonObject): string {
	const reason = REASONS.get(parseText(row, 'state') ?? '') ?? 'There is none.';
	const status = parseText(row, 'status');
	return status === null ? reason : `${reason} Motive’s status: ${status}.`;
}

/** Why an item failed, in words; empty where it did not. */
function failureOf({ json, error }: INodeExecutionData): string {
	const said: unknown = json['error'] ?? error;
	const message = isObject(said) || said instanceof Error ? said.message : said;
	return typeof message === 'string' ? cleanText(message) : '';
}

/** The camera of a failed item is known if its message names it. */
function gapOf(missing: string): View {
	const position = RECALL_POSITIONS.find((each) => missing.includes(positionName(each)));
	const name = position === undefined ? 'Camera' : positionName(position);
	return { name, source: '', taken: null, image: { missing } };
}

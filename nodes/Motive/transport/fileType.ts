/** A kind of file that a camera delivers. */
export interface FileType {
	mimeType: string;
	extension: string;
}

/** What is accepted as a picture or as a video, and what it is called in messages. */
export interface MediaKind {
	name: string;
	/** Largest file (bytes). */
	largest: number;
	signatures: ReadonlyArray<FileType & { offset: number; bytes: string }>;
}

/** Pictures of cameras have a few megabytes at most. */
export const IMAGE: MediaKind = {
	name: 'picture',
	largest: 100 * 1024 ** 2,
	signatures: [
		{ mimeType: 'image/jpeg', extension: 'jpg', offset: 0, bytes: '\xff\xd8\xff' },
		{ mimeType: 'image/png', extension: 'png', offset: 0, bytes: '\x89PNG\r\n\x1a\n' },
		{ mimeType: 'image/webp', extension: 'webp', offset: 8, bytes: 'WEBP' },
		{ mimeType: 'image/gif', extension: 'gif', offset: 0, bytes: 'GIF8' },
		...branded({ mimeType: 'image/avif', extension: 'avif' }, ['avif', 'avis']),
		...branded({ mimeType: 'image/heic', extension: 'heic' }, ['heic', 'heix', 'heim', 'heis']),
		...branded({ mimeType: 'image/heic', extension: 'heic' }, ['hevc', 'hevx', 'hevm', 'hevs']),
		// Any picture in the form of HEIF, or several.
		...branded({ mimeType: 'image/heif', extension: 'heif' }, ['mif1', 'mif2', 'msf1', 'miaf']),
		{ mimeType: 'image/bmp', extension: 'bmp', offset: 0, bytes: 'BM' },
	],
};

/** An hour of recorded road has a few gigabytes at most. */
export const VIDEO: MediaKind = {
	name: 'video',
	largest: 4 * 1024 ** 3,
	signatures: [
		{ mimeType: 'video/quicktime', extension: 'mov', offset: 4, bytes: 'ftypqt' },
		{ mimeType: 'video/mp4', extension: 'mp4', offset: 4, bytes: 'ftyp' },
		{ mimeType: 'video/webm', extension: 'webm', offset: 0, bytes: '\x1a\x45\xdf\xa3' },
		{ mimeType: 'video/x-msvideo', extension: 'avi', offset: 8, bytes: 'AVI ' },
		{ mimeType: 'video/mp2t', extension: 'ts', offset: 0, bytes: 'G@' },
	],
};

/**
 * What a file is, judged by its first bytes: storage services name the type wrongly or not at all.
 *
 * @returns undefined when it is nothing of this kind
 */
export function fileTypeOf(head: Buffer, kind: MediaKind): FileType | undefined {
	return kind.signatures.find(({ offset, bytes }) =>
		head.subarray(offset).toString('latin1').startsWith(bytes),
	);
}

/** The beginnings of files in boxes (ISO 14496-12), of which the first names the kind. */
function branded(type: FileType, brands: readonly string[]): MediaKind['signatures'] {
	return brands.map((brand) => ({ ...type, offset: 4, bytes: `ftyp${brand}` }));
}

/** A kind of picture that a camera or a service in between may deliver. */
export interface ImageType {
	mimeType: string;
	extension: string;
}

const SIGNATURES: ReadonlyArray<ImageType & { offset: number; bytes: string }> = [
	{ mimeType: 'image/jpeg', extension: 'jpg', offset: 0, bytes: '\xff\xd8\xff' },
	{ mimeType: 'image/png', extension: 'png', offset: 0, bytes: '\x89PNG\r\n\x1a\n' },
	{ mimeType: 'image/webp', extension: 'webp', offset: 8, bytes: 'WEBP' },
	{ mimeType: 'image/gif', extension: 'gif', offset: 0, bytes: 'GIF8' },
	{ mimeType: 'image/avif', extension: 'avif', offset: 4, bytes: 'ftypavif' },
	{ mimeType: 'image/heic', extension: 'heic', offset: 4, bytes: 'ftypheic' },
	{ mimeType: 'image/bmp', extension: 'bmp', offset: 0, bytes: 'BM' },
];

/**
 * What a file is, judged by its first bytes: storage services name the type wrongly or not at all.
 *
 * @returns undefined when it is no picture
 */
export function imageTypeOf(head: Buffer): ImageType | undefined {
	return SIGNATURES.find(({ offset, bytes }) => head.subarray(offset).toString('latin1').startsWith(bytes));
}

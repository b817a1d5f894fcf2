import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fileTypeOf, IMAGE, VIDEO } from '../../../nodes/Motive/transport/fileType.ts';

const IMAGES: Array<[string, string, string]> = [
	['ffd8ffe000104a46494600010101', 'image/jpeg', 'jpg'],
	['ffd8ffe1001845786966000049492a00', 'image/jpeg', 'jpg'],
	['89504e470d0a1a0a0000000d49484452', 'image/png', 'png'],
	['524946462400000057454250565038', 'image/webp', 'webp'],
	['474946383961', 'image/gif', 'gif'],
	['0000001c667479706176696600000000', 'image/avif', 'avif'],
	['0000001c667479706865696300000000', 'image/heic', 'heic'],
	['0000001c667479706865697800000000', 'image/heic', 'heic'],
	['0000001c667479706865766300000000', 'image/heic', 'heic'],
	['0000001c667479706d69663100000000', 'image/heif', 'heif'],
	['0000001c667479706d73663100000000', 'image/heif', 'heif'],
	['0000001c667479706176697300000000', 'image/avif', 'avif'],
	['424d3a0000000000000036000000', 'image/bmp', 'bmp'],
];

const VIDEOS: Array<[string, string, string]> = [
	['0000001c6674797069736f6d00000200', 'video/mp4', 'mp4'],
	['000000146674797071742020', 'video/quicktime', 'mov'],
	['1a45dfa39f4286810142f7810142f281', 'video/webm', 'webm'],
	['524946462400000041564920', 'video/x-msvideo', 'avi'],
	['47401110', 'video/mp2t', 'ts'],
];

describe('fileTypeOf', () => {
	it.each(IMAGES)('knows a picture that begins with %s as %s', (hex, mimeType, extension) => {
		expect(fileTypeOf(Buffer.from(hex, 'hex'), IMAGE)).toMatchObject({ mimeType, extension });
	});

	it.each(VIDEOS)('knows a video that begins with %s as %s', (hex, mimeType, extension) => {
		expect(fileTypeOf(Buffer.from(hex, 'hex'), VIDEO)).toMatchObject({ mimeType, extension });
	});

	it.each([
		'',
		'<!doctype html><',
		'<?xml version="1.',
		'{"error":"denied"',
		'%PDF-1.7',
		'RIFF....WAVEfmt ',
	])('takes %j for neither', (text) => {
		expect([fileTypeOf(Buffer.from(text), IMAGE), fileTypeOf(Buffer.from(text), VIDEO)]).toEqual([
			undefined,
			undefined,
		]);
	});

	it('takes no video for a picture', () => {
		for (const [hex] of VIDEOS) expect(fileTypeOf(Buffer.from(hex, 'hex'), IMAGE)).toBeUndefined();
	});

	it('tells the same from any longer beginning', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...IMAGES),
				fc.uint8Array({ maxLength: 100 }),
				([hex, mimeType], more) => {
					const head = Buffer.concat([Buffer.from(hex, 'hex'), more]);
					expect(fileTypeOf(head, IMAGE)).toMatchObject({ mimeType });
				},
			),
		);
	});
});

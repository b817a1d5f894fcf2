import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isLinked, mediumBaseName, parseMedia } from '../../../nodes/Motive/motive/media.ts';

const usual = { position: '', name: 'image' };

interface Image {
	position: string;
	url: string;
	expires_at: string;
}

const image = fc.record({
	position: fc.constantFrom('front_facing', 'driver_facing', 'rear', 'side_left'),
	url: fc.webUrl({ withQueryParameters: true }),
	expires_at: fc.constant('2026-07-02T18:41:09Z'),
});
const images = fc.array(image, { maxLength: 6 });

const withoutPosition = ({ url, expires_at }: Image) => ({ url, expires_at });

const byPosition = (all: readonly Image[], shape: (some: Image[]) => unknown) =>
	Object.fromEntries(
		all.map(({ position }) => [position, shape(all.filter((each) => each.position === position))]),
	);

describe('parseMedia', () => {
	it('reads the same images in every shape', () => {
		fc.assert(
			fc.property(images, (all) => {
				const inOrder = [...new Set(all.map(({ position }) => position))].flatMap((position) =>
					all.filter((each) => each.position === position),
				);
				const expected = parseMedia(inOrder, usual);
				expect(expected.map(({ position, url }) => [position, url])).toEqual(
					inOrder.map(({ position, url }) => [position, url]),
				);
				expect(
					parseMedia(
						inOrder.map((each) => ({ image: each })),
						usual,
					),
				).toEqual(expected);
				expect(parseMedia(Object.fromEntries(inOrder.entries()), usual)).toEqual(expected);
				expect(
					parseMedia(
						byPosition(inOrder, (some) => some.map(withoutPosition)),
						usual,
					),
				).toEqual(expected);
				const upper = inOrder.map(({ position, url, expires_at }) => ({
					POSITION: position,
					Download_URL: url,
					Expires_At: expires_at,
				}));
				expect(parseMedia(upper, usual)).toEqual(expected);
				const links = byPosition(inOrder, (some) => some.map(({ url }) => url));
				expect(parseMedia(links, usual).map(({ url }) => url)).toEqual(
					inOrder.map(({ url }) => url),
				);
			}),
		);
	});

	it('gives each image of an answer a name of its own', () => {
		fc.assert(
			fc.property(images, (all) => {
				const names = parseMedia(all, usual).map(({ name }) => name);
				expect(new Set(names).size).toBe(all.length);
			}),
		);
		const urls = ['https://x/1', 'https://x/2', 'https://x/3'];
		expect(parseMedia(urls, { position: 'rear', name: '' }).map(({ name }) => name)).toEqual([
			'rear',
			'rear_2',
			'rear_3',
		]);
		expect(parseMedia(urls, usual).map(({ name }) => name)).toEqual([
			'image',
			'image_2',
			'image_3',
		]);
	});

	it.each([undefined, null, '', 'nil', 'NULL', ' nil '])('takes %j for no link', (url) => {
		const all = [
			...parseMedia({ rear: { url } }, usual),
			...parseMedia([{ position: 'rear', download_url: url }], usual),
			...parseMedia({ rear: url }, usual),
		];
		expect(all).toHaveLength(3);
		expect(all.filter(isLinked)).toEqual([]);
	});

	it.each([
		[' https://x/1\n', 'https://x/1'],
		['HTTP://x/1', 'HTTP://x/1'],
	])('takes %j for a link', (text, url) => {
		expect(parseMedia([text], usual)).toMatchObject([{ url }]);
	});

	it.each(['see https://x/1', 'xhttps://x/1', 'ftp://x/1', 'soon'])(
		'takes %j for no image at all',
		(text) => {
			expect(parseMedia([text], usual)).toEqual([]);
		},
	);

	it('leaves out what is missing and has no position', () => {
		expect(parseMedia([null, 'nil'], usual)).toEqual([]);
	});

	it('answers something whole, whatever comes in', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				for (const { name, position, url } of parseMedia(value, usual)) {
					expect(name).not.toBe('');
					expect(typeof position).toBe('string');
					expect(url === null || url !== '').toBe(true);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('mediumBaseName', () => {
	it.each([
		[{ position: 'rear', nth: 1 }, 'T-118', 'T-118_rear_7'],
		[{ position: 'rear', nth: 2 }, 'T-118', 'T-118_rear_7_2'],
		[{ position: '', nth: 1 }, 'vehicle-7', 'vehicle-7_7'],
		[{ position: 'rear', nth: 1 }, null, 'rear_7'],
	])('of %j of %s is %s', (medium, sourceName, name) => {
		expect(mediumBaseName(medium, { sourceName, id: '7' })).toBe(name);
	});
});

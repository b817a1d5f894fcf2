/** No input whatsoever opens a tag, an attribute or a link that is not ours, and none is lost. */
import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
	IMAGE_TYPES,
	type Incident,
	type Report,
	type View,
} from '../../../nodes/Motive/report/report.ts';
import { elements, readDocument, withTexts } from './document.mts';
import { fileOf, written } from './samples.mts';

const ZONE = 'America/Chicago';

const TAGS =
	'html head meta link title style body header div p br h1 main section h2 h3 dl dt dd a span strong figure figcaption img'.split(
		' ',
	);
const ATTRIBUTES = [
	...['html lang', 'meta charset', 'meta content', 'meta http-equiv', 'meta name'],
	...['link rel', 'link href', 'a href', 'a rel', 'img src', 'img alt'],
	...['div class', 'dl class', 'p class', 'section class', 'span class'],
];

/** Characters that mean something in HTML, each with one that means nothing anywhere. */
const SPECIAL = ['<', '>', '&', '"', "'", '`', '=', '/'] as const;
const HARMLESS = SPECIAL.map((_, index) => String.fromCharCode(0xe000 + index));

function exchange(text: string, from: readonly string[], to: readonly string[]): string {
	return Array.from(text, (character) => to[from.indexOf(character)] ?? character).join('');
}

const harmless = (text: string) => exchange(text, SPECIAL, HARMLESS);
const original = (text: string) => exchange(text, HARMLESS, SPECIAL);

const attack = fc.constantFrom(
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'" style="background:url(https://evil.example)" x="',
	'</style><style>*{display:none}</style>',
	'</title><script>alert(1)</script>',
	'<!-- ',
	' -->',
	'<![CDATA[',
	'&lt;b&gt;',
	'&#60;b&#62;',
	'&',
	'<',
	'javascript:alert(1)',
	'https://evil.example/?a=1&b=2',
	'</figure></div></main></body></html>',
	'<svg onload=alert(1)>',
	'<meta http-equiv="refresh" content="0;url=https://evil.example">',
	'\u0000',
	'\r\n',
	'\u2028',
	'\u202E',
	'\uD800',
	'\uFFFE',
	'{{ $json }}',
	'${x}',
	'__proto__',
	'constructor',
	'nil',
	' ',
);
const outside = fc
	.array(fc.oneof(attack, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 })
	.map((parts) => parts.join(''))
	.filter((text) => !HARMLESS.some((character) => text.includes(character)));
const moment = fc.oneof(
	outside,
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const anything = fc.oneof(outside, fc.double(), fc.constant(null), fc.jsonValue());

const event = fc.record(
	{
		action: outside,
		id: fc.oneof(fc.nat(), outside),
		type: outside,
		severity: fc.oneof(outside, fc.constantFrom('critical', 'medium')),
		occurred_at: moment,
		vehicle: fc.record({ id: outside, number: outside, make: outside, vin: outside }),
		driver: fc.record({ first_name: outside, last_name: outside }),
		company: fc.oneof(outside, fc.record({ name: outside })),
		asset: fc.record({ name: outside, license_plate_number: outside }),
		location: outside,
		lat: anything,
		lon: anything,
	},
	{ requiredKeys: [] },
);
const view: fc.Arbitrary<View> = fc.record({
	name: outside,
	source: outside,
	taken: fc.option(fc.record({ from: moment, to: moment })),
	image: fc.oneof(
		fc.record({ missing: outside }),
		fc.uint8Array({ maxLength: 9 }).map((bytes) => ({
			type: 'image/png' as const,
			open: () => fileOf(Buffer.from(bytes)),
		})),
	),
});
const incident: fc.Arbitrary<Incident> = fc.record({
	event: fc.option(event),
	sources: fc.array(event, { maxLength: 2 }),
	details: fc.array(fc.record({ label: outside, value: outside }), { maxLength: 3 }),
	views: fc.array(view, { maxLength: 7 }),
});
const report: fc.Arbitrary<Report> = fc.record({
	title: outside,
	incidents: fc.array(incident, { maxLength: 3 }),
	map: fc.constantFrom('google', 'openStreetMap', 'none'),
	timeZone: fc.constantFrom('UTC', ZONE),
	madeAt: fc.date({ noInvalidDate: true }).map((date) => date.getTime()),
	form: fc.boolean(),
});

/** Texts of a report that are ours. */
const OURS: readonly string[] = [...IMAGE_TYPES, ZONE];

/** The same value with each text from outside changed. */
function changed<T>(value: T, change: (text: string) => string): T;
function changed(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return OURS.includes(value) ? value : change(value);
	if (Array.isArray(value)) return value.map((each: unknown) => changed(each, change));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]: [string, unknown]) => [key, changed(each, change)]),
	);
}

const ADDRESSES: Record<string, RegExp> = {
	a: /^https:\/\/(www\.google\.com\/maps\/search\/\?api=1&query=[-\d.e]+,|www\.openstreetmap\.org\/\?mlat=[-\d.e]+&mlon=[-\d.e]+#map=16\/[-\d.e]+\/)[-\d.e]+$/,
	link: /^data:,$/,
	img: /^data:image\/png;base64,[A-Za-z\d+/]*={0,2}$/,
};

it('is the same document with harmless characters in place of those that mean something', async () => {
	const property = fc.asyncProperty(report, async (wanted) => {
		const tree = readDocument(await written(wanted));
		const harmlessTree = readDocument(await written(changed(wanted, harmless)));
		expect(tree).toEqual(withTexts(harmlessTree, original));
	});
	await fc.assert(property, { numRuns: 100 });
});

it('has no element, attribute or address but ours', async () => {
	const property = fc.asyncProperty(report, async (wanted) => {
		const all = elements(readDocument(await written(wanted)));
		const names = all.flatMap(({ tag, attributes }) =>
			Object.keys(attributes).map((name) => `${tag} ${name}`),
		);
		expect(TAGS).toEqual(expect.arrayContaining(all.map(({ tag }) => tag)));
		expect(ATTRIBUTES).toEqual(expect.arrayContaining(names));
		for (const { tag, attributes } of all) {
			const { href, src } = attributes;
			for (const address of [href, src])
				if (address !== undefined) expect(address).toMatch(ADDRESSES[tag] ?? /^$/);
		}
	});
	await fc.assert(property, { numRuns: 100 });
});

/**
 * The same truth in other shapes, as changes to answers: what services send that are not quite as documented.
 * A test switches one on with `faults.add({ on, answer: idsAsText })`, several with `all(…)` of answers.mts.
 */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { DateTime } from 'luxon';
import {
	asBytes,
	content,
	edit,
	fields,
	onceReady,
	whilePending,
	withoutFiles,
	type Edit,
	type JsonObject,
} from './answers.mts';
import { isRecord } from './values.mts';

/** The zone of the simulated company. */
const COMPANY_ZONE = 'America/Chicago';

/** Where the brand of a file stands: behind the length and the name of its first box. */
const BRAND_AT = 8;

/** While pending, each link that is to come is the text "nil". */
export const nilLinks: Edit = whilePending(
	edit((body, { positions }) =>
		'cameras' in body
			? { ...body, cameras: positions.map((position) => ({ position, download_url: 'nil' })) }
			: {
					...body,
					images: Object.fromEntries(
						positions.map((position) => [position, { url: 'nil', expires_at: 'nil' }]),
					),
				},
	),
);

/** The images of a capture as a list of `{ position, url, expires_at }`. */
export const listedImages: Edit = edit((body) => {
	const { images } = body;
	if (!isRecord(images)) return body;
	const list = Object.entries(images).map(([position, image]) => ({
		position,
		...(isRecord(image) && image),
	}));
	return { ...body, images: list };
});

/** A capture that does not say of which camera it is. */
export const withoutPosition: Edit = fields({ position: undefined });

/** A capture or recall succeeds at one look, and has its links from the next look on. */
export function lateLinks(): Edit {
	const seen = new Set<string | undefined>();
	return onceReady((truth, subject) => {
		if (seen.has(subject.id)) return truth;
		seen.add(subject.id);
		return withoutFiles(truth, subject);
	});
}

/** Every id as text, at any depth. */
export const idsAsText: Edit = edit((body) =>
	changed(body, (value, key) =>
		/(^|_)ids?$/i.test(key) && typeof value === 'number' ? String(value) : value,
	),
);

/** The entries of lists without the single key around each. */
export const flatRows: Edit = edit((body) =>
	onLists(body, (rows) => rows.map((row) => unwrapped(row) ?? row)),
);

/** A single record without the key around it. */
export const bare: Edit = edit((body) => unwrapped(body) ?? body);

/** The entries of lists without their own ids; what is inside them keeps its ids. */
export const withoutIds: Edit = edit((body) =>
	onLists(body, (rows) =>
		rows.map((row) => {
			const inner = unwrapped(row);
			const [key = ''] = Object.keys(row);
			return inner ? { [key]: without(inner, 'id') } : without(row, 'id');
		}),
	),
);

/** Lists as maps: from position to entry where every entry has its own, else from the number of the entry. */
export const listsAsMaps: Edit = edit((body) =>
	onLists(body, (rows) => {
		const positions = new Set(rows.map((row) => row['position']));
		const isOwn = positions.size === rows.length && !positions.has(undefined);
		return Object.fromEntries(
			rows.map((row, index) => [isOwn ? String(row['position']) : String(index), row]),
		);
	}),
);

/** A list that does not say how many entries it has in all. */
export const withoutTotal: Edit = onTotal(() => undefined);

/** A list whose number of entries is a text. */
export const totalAsText: Edit = onTotal(String);

/** The answer at the bottom of so many wrappers. */
export function buried(levels: number): Edit {
	return edit((body) => nest(body, levels));
}

/** The answer with a field, `details`, that is so many levels deep. */
export function nested(levels: number): Edit {
	return edit((body) => ({ ...body, details: nest({}, levels) }));
}

/** The answer with a field, `log`, of so many bytes. */
export function padded(bytes: number): Edit {
	return fields({ log: 'x'.repeat(bytes) });
}

const encoders = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };

/** The answer in a content encoding, whatever the client accepts; its length is that of what is sent. */
export function encoded(encoding: keyof typeof encoders): Edit {
	return (truth) => {
		const { status, headers, body } = asBytes(truth);
		return {
			status,
			headers: { ...headers, 'content-encoding': encoding },
			body: encoders[encoding](body),
		};
	};
}

/** A picture that begins as files of this HEIF brand do, such as `heic`, `mif1` or `avis`; in truth it is a small AVIF. */
export function heif(brand: string): Edit {
	const picture = createCanvas(64, 36).toBuffer('image/avif');
	picture.write(brand, BRAND_AT, 'latin1');
	return content(picture, brand.startsWith('avi') ? 'image/avif' : 'image/heif');
}

/** Times without a zone: what clocks in this zone show. */
export function localTimes(zone = COMPANY_ZONE): Edit {
	return edit((body) => inLocalTimes(body, zone));
}

/** A payload with its times without a zone: what clocks in this zone show. */
export function inLocalTimes(payload: JsonObject, zone = COMPANY_ZONE): JsonObject {
	return changed(payload, (value) =>
		typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
			? DateTime.fromISO(value, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")
			: value,
	);
}

/** A JSON object with every value that is no object changed; entries of lists have the key of their list. */
function changed(object: JsonObject, change: (value: unknown, key: string) => unknown): JsonObject {
	const walk = (value: unknown, key: string): unknown => {
		if (Array.isArray(value)) return value.map((each: unknown) => walk(each, key));
		return isRecord(value) ? changed(value, change) : change(value, key);
	};
	return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, walk(value, key)]));
}

/** A JSON object with its lists of objects changed. */
function onLists(body: JsonObject, change: (rows: JsonObject[]) => unknown): JsonObject {
	const changedList = (value: unknown): unknown =>
		Array.isArray(value) && value.every(isRecord) ? change(value) : value;
	return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, changedList(value)]));
}

/** What is in the single key of an object, if it has only one. */
function unwrapped(row: JsonObject): JsonObject | undefined {
	const [inner, ...others] = Object.values(row);
	return others.length === 0 && isRecord(inner) ? inner : undefined;
}

function without(object: JsonObject, key: string): JsonObject {
	return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function onTotal(change: (total: unknown) => unknown): Edit {
	const onCount = (count: JsonObject) =>
		'total' in count ? { ...count, total: change(count['total']) } : count;
	return edit((body) => {
		const { pagination } = body;
		return isRecord(pagination) ? { ...body, pagination: onCount(pagination) } : onCount(body);
	});
}

function nest(innermost: JsonObject, levels: number): JsonObject {
	let outermost = innermost;
	for (let level = 0; level < levels; level += 1) outermost = { data: outermost };
	return outermost;
}

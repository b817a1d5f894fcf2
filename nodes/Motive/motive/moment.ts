import { isObject } from './json';

/** A date, with or without a time of day, with or without an offset or the name of a time zone. */
const ISO_8601 =
	/^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?: ?(?<offset>Z|[+-]\d{2}(?::?\d{2})?))?(?: (?<zone>[A-Z][\w+/-]*))?)?$/i;

/** Seconds and milliseconds since 1970 are told apart by their size: both from 1973 on, for more than a thousand years. */
const UNIX_TIME = { seconds: 1e8, milliseconds: 1e11, end: 1e14 };

/**
 * The moment that a value means: a Date, a DateTime of luxon, ISO 8601 with a `T` or a space, with or without an offset or
 * a time zone behind, or Unix time in seconds or milliseconds.
 *
 * @param timeZone for moments without one
 * @param timeOfDay for dates without one
 * @returns milliseconds since the epoch; NaN if it means none
 */
export function parseMoment(value: unknown, timeZone: string, timeOfDay = '00:00'): number {
	if (value instanceof Date) return value.getTime();
	if (isDateTime(value)) return Number(value.toMillis());
	if (typeof value === 'number') return fromUnixTime(value);
	const text = typeof value === 'string' ? value.trim() : '';
	return /^\d+(\.\d+)?$/.test(text)
		? fromUnixTime(Number(text))
		: fromIso(text, timeZone, timeOfDay);
}

/**
 * A moment as Motive writes it, with its time zone: Motive leaves it out in some places.
 *
 * @param timeZone for moments without one
 * @returns ISO 8601; what already has a zone, and what is no moment, comes back as it is
 */
export function withZone(text: string, timeZone: string): string {
	const { offset, zone } = ISO_8601.exec(text)?.groups ?? {};
	const moment = parseMoment(text, timeZone);
	if (offset !== undefined || zone !== undefined || Number.isNaN(moment)) return text;
	return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function isDateTime(value: unknown): value is { toMillis: () => unknown } {
	return isObject(value) && typeof value['toMillis'] === 'function';
}

function fromUnixTime(time: number): number {
	if (!(time >= UNIX_TIME.seconds && time < UNIX_TIME.end)) return NaN;
	return Math.round(time < UNIX_TIME.milliseconds ? time * 1_000 : time);
}

function fromIso(text: string, timeZone: string, timeOfDay: string): number {
	const match = ISO_8601.exec(text.replace(/ ?\[([^[\]]*)\]$/, ' $1'));
	const { date = '', time = timeOfDay, offset, zone = timeZone } = match?.groups ?? {};
	const utc = Date.parse(`${date}T${time}Z`);
	// There is no February 30, but some would make it a day in March.
	if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(date)) return NaN;
	const local = inZone(utc, zone);
	if (offset === undefined || Number.isNaN(local)) return local;
	// Databases leave the minutes out.
	return Date.parse(`${date}T${time}${offset.length === 3 ? `${offset}:00` : offset}`);
}

/** The moment at which clocks of a zone show what clocks in UTC show at `utc`; NaN for a zone that there is not. */
function inZone(utc: number, timeZone: string): number {
	try {
		const guess = utc - offsetAt(utc, timeZone);
		// Where clocks changed between the two, the offset that holds at the guess is the right one.
		return utc - offsetAt(guess, timeZone);
	} catch {
		return NaN;
	}
}

/** How much later (ms) clocks of a zone show it is than clocks in UTC do. */
function offsetAt(moment: number, timeZone: string): number {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	const parts = new Map(
		format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
	);
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
	const shown = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return shown - Math.floor(moment / 1_000) * 1_000;
}

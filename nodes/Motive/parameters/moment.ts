import { BadInput } from './readers';

/** A date, with or without a time of day, with or without a time zone. */
const ISO_8601 =
	/^(?<date>\d{4}-\d{2}-\d{2})([T ](?<time>\d{2}:\d{2}(:\d{2}(\.\d+)?)?)\s?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/i;

const TIMES = { start: '00:00', end: '23:59:59.999' };

/**
 * Reads a moment as the date picker, expressions and agents give it.
 *
 * @param timeZone the workflow's time zone, for moments without one
 * @param edge which moment of the day a date without a time means
 * @returns milliseconds since the epoch
 * @throws BadInput
 */
export function readMoment(
	value: unknown,
	label: string,
	timeZone: string,
	edge: keyof typeof TIMES = 'start',
): number {
	const text = String(value instanceof Date ? value.toJSON() : value).trim();
	const { date, time = TIMES[edge], zone } = ISO_8601.exec(text)?.groups ?? {};
	const utc = Date.parse(`${date}T${time}Z`);
	const moment = zone === undefined ? inZone(utc, timeZone) : Date.parse(`${date}T${time}${zone}`);
	if (Number.isNaN(moment)) {
		throw new BadInput(
			`${label} must be a date and time such as 2026-07-01T12:00:00Z, but is “${text.slice(0, 40)}”`,
		);
	}
	return moment;
}

/** The moment at which clocks of a zone show what clocks in UTC show at `utc`. */
function inZone(utc: number, timeZone: string): number {
	if (Number.isNaN(utc)) return utc;
	const guess = utc - offsetAt(utc, timeZone);
	// Where clocks changed between the two, the offset that holds at the guess is the right one.
	return utc - offsetAt(guess, timeZone);
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

import { parseMoment } from '../motive/moment';
import { badInput, type Field } from './badInput';

const TIMES = { start: '00:00', end: '23:59:59.999' };

/**
 * Reads a moment as the date picker, expressions, databases and agents give it: a Date, a DateTime of luxon, ISO 8601
 * with a `T` or a space, with or without an offset or a time zone behind, or Unix time in seconds or milliseconds.
 *
 * @param timeZone the workflow's time zone, for moments without one
 * @param edge which moment of the day a date without a time means
 * @returns milliseconds since the epoch
 * @throws BadInput
 */
export function readMoment(
	value: unknown,
	field: Field,
	timeZone: string,
	edge: keyof typeof TIMES = 'start',
): number {
	const moment = parseMoment(value, timeZone, TIMES[edge]);
	if (Number.isNaN(moment))
		throw badInput(field, 'a date and time such as 2026-07-01T12:00:00Z', value);
	return moment;
}

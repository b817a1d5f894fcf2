import { parseMoment } from '../motive/moment';
import type { TimeSpan } from './report';

/** Writes moments in one time zone, for example `2 July 2026, 12:40:58`. */
export interface TimeWriter {
	/** One moment; what is none comes back as it is. */
	moment(text: string): string;
	/** The time from one moment to another, in as few words as it takes. */
	span(span: TimeSpan): string;
	/** The zone and how far its clocks are from UTC at a moment, for example `America/Chicago (UTC−5)`. */
	zone(at: number): string;
}

/** @param timeZone IANA name; also of moments that come without one */
export function timeWriter(timeZone: string): TimeWriter {
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'long',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	const offset = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'shortOffset' });

	const written = (moment: number): { date: string; time: string } => {
		const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
		const join = (separator: string, ...types: Intl.DateTimeFormatPartTypes[]) =>
			types.map((type) => parts.get(type)).join(separator);
		return { date: join(' ', 'day', 'month', 'year'), time: join(':', 'hour', 'minute', 'second') };
	};
	const moment = (text: string) => {
		const at = parseMoment(text, timeZone);
		if (Number.isNaN(at)) return text;
		const { date, time } = written(at);
		return `${date}, ${time}`;
	};

	return {
		moment,
		span({ from, to }) {
			const start = parseMoment(from, timeZone);
			const end = parseMoment(to, timeZone);
			if (Number.isNaN(start - end) || start === end) return moment(from);
			const [first, last] = [written(start), written(end)];
			return first.date === last.date
				? `${first.date}, ${first.time}–${last.time}`
				: `${moment(from)} – ${moment(to)}`;
		},
		zone(at) {
			const parts = offset.formatToParts(at);
			const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
			// Some versions of Node.js write GMT+0 for it.
			const difference = name.replace('GMT', 'UTC').replace('-', '−').replace(/\+0$/, '');
			return timeZone === difference ? timeZone : `${timeZone} (${difference})`;
		},
	};
}

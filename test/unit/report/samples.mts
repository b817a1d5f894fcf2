import type { Incident, Report, View } from '../../../nodes/Motive/report/report.ts';
import { reportHtml } from '../../../nodes/Motive/report/reportHtml.ts';

/** A view with an image of a few bytes. */
export function view(name: string, rest: Partial<View> = {}): View {
	return {
		name,
		source: 'T-118',
		taken: { from: '2026-07-02T17:40:58Z', to: '2026-07-02T17:41:07Z' },
		image: { type: 'image/jpeg', open: () => fileOf(Buffer.from([0xff, 0xd8, 0xff, 0xd9])) },
		...rest,
	};
}

/** An incident as the trigger tells it. */
export function incident(rest: Partial<Incident> = {}): Incident {
	return {
		event: {
			id: 3328319,
			type: 'hard_brake',
			severity: 'high',
			occurred_at: '2026-07-02T17:40:41Z',
			vehicle: { id: 1040021, number: 'T-118' },
			driver: { id: 20011, name: 'Sam Doe' },
			location: 'San Jose, CA',
			lat: 37.41,
			lon: -121.92,
		},
		sources: [],
		details: [],
		views: [view('Front Facing')],
		...rest,
	};
}

/** A report of one incident. */
export function report(rest: Partial<Report> = {}): Report {
	return {
		title: 'Incident report',
		incidents: [incident()],
		map: 'google',
		timeZone: 'America/Chicago',
		madeAt: Date.parse('2026-07-02T17:44:02Z'),
		form: false,
		...rest,
	};
}

/** A file that comes in these chunks. */
export async function* fileOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
	for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** The whole document, as it is read from a file. */
export async function written(wanted: Report): Promise<string> {
	const texts: string[] = [];
	for await (const text of reportHtml(wanted)) texts.push(text);
	return Buffer.from(texts.join('')).toString();
}

import { subjectOf, type Facts } from './facts';
import { formHtml } from './form';
import { html, type Html } from './html';
import type { Incident, Report } from './report';
import { rowsHtml } from './rows';
import type { TimeWriter } from './time';
import { viewsHtml } from './views';

/** An incident: its rows, what the cameras saw, and the form where there is to be one. */
export function incidentHtml(
	{ details, views }: Incident,
	facts: Facts,
	{ form, incidents, map }: Report,
	times: TimeWriter,
): Html {
	const subject = subjectOf(facts);
	const { occurredAt, eventId } = facts;
	const reference = [subject, times.moment(occurredAt), eventId && `Event ${eventId}`];
	return html`<section class="incident">
		${incidents.length > 1 ? html`<h2>${subject || 'Without an event'}</h2>` : ''}
		${rowsHtml(facts, details, times, map)} ${viewsHtml(views, times)}
		${form ? formHtml(reference.filter(Boolean).join(' · ')) : ''}
	</section>`;
}

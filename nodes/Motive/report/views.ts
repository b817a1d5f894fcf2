import { html, type Html } from './html';
import type { View } from './report';
import type { TimeWriter } from './time';

const SPAN_NOTE = html`<p class="note">
	A picture with two times was asked for at the first and there at the second: it was taken in
	between.
</p>`;

/** The images of an incident, and its gaps, in the order in which they are given. */
export function viewsHtml(views: readonly View[], times: TimeWriter): Html {
	if (views.length === 0) return html`<p class="note">There is no picture of this incident.</p>`;
	const hasSeveralSources = new Set(views.map(({ source }) => source).filter(Boolean)).size > 1;
	const figures = views.map((view) => {
		const source = hasSeveralSources ? view.source : '';
		return figure(view, [source, view.name].filter(Boolean).join(' · '), times);
	});
	const isSpan = ({ image, taken }: View) =>
		'open' in image && taken !== null && taken.from !== taken.to;
	return html`<div class="views ${layoutOf(views.length)}">${figures}</div>
		${views.some(isSpan) ? SPAN_NOTE : ''}`;
}

function figure({ image, source, taken }: View, name: string, times: TimeWriter): Html {
	if ('missing' in image) {
		const gap = html`<div class="gap">
			<strong>No picture</strong>
			<p>${image.missing}</p>
		</div>`;
		return html`<figure>${gap}${caption(name, '')}</figure>`;
	}
	const time = taken === null ? 'Time not recorded' : times.span(taken);
	const alternative = [...new Set([name, source, time])].filter(Boolean).join(', ');
	const shown = html`<img alt="${alternative}" src="data:${image.type};base64,${image.open}" />`;
	return html`<figure>${shown}${caption(name, time)}</figure>`;
}

function caption(name: string, time: string): Html {
	return html`<figcaption><span>${name}</span> <span>${time}</span></figcaption>`;
}

/** How many views stand side by side, and how high they are on paper, so that six fit on one page. */
function layoutOf(count: number): string {
	if (count === 1) return 'one';
	if (count === 2) return 'two';
	return count > 4 && count <= 6 ? 'tight' : '';
}

import { parseMoment } from '../motive/moment';
import { factsOf, subjectOf } from './facts';
import { html, write, type Html } from './html';
import { incidentHtml } from './incident';
import type { Report } from './report';
import { STYLE, STYLE_HASH } from './style';
import { timeWriter } from './time';

/** Nothing is fetched, run or sent; the only style is ours. */
const POLICY = [
	"default-src 'none'",
	'img-src data:',
	`style-src '${STYLE_HASH}'`,
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

/**
 * Writes a report as one HTML document that stands alone: its images are in it, it has no script, and it asks nothing
 * of any network.
 *
 * @returns the text bit by bit; no more than one image is read at the same time
 * @throws RangeError when there is no such time zone, and what the file of an image throws when it is read
 */
export async function* reportHtml(report: Report): AsyncGenerator<string> {
	yield* write(documentOf(report));
}

function documentOf(report: Report): Html {
	const { title, incidents, madeAt, timeZone } = report;
	const times = timeWriter(timeZone);
	const all = incidents.map((incident) => ({ incident, facts: factsOf(incident, timeZone) }));
	const [only] = all.length === 1 ? all : [];
	const name = [title, only ? subjectOf(only.facts) : ''].filter(Boolean).join(' · ');
	const company = all.map(({ facts }) => facts.company).find(Boolean) ?? '';
	const moments = all.map(({ facts }) => parseMoment(facts.occurredAt, timeZone));
	const zone = times.zone(moments.find((moment) => !Number.isNaN(moment)) ?? madeAt);
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
				<meta name="referrer" content="no-referrer" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<link rel="icon" href="data:," />
				<title>${name}</title>
				${STYLE}
			</head>
			<body>
				<header>
					<div>
						${company === '' ? '' : html`<p class="company">${company}</p>`}
						<h1>${title}</h1>
					</div>
					<p class="made">
						Report made ${times.moment(new Date(madeAt).toISOString())}<br />
						All times: ${zone}
					</p>
				</header>
				<main>
					${all.map(({ incident, facts }) => incidentHtml(incident, facts, report, times))}
				</main>
			</body>
		</html> `;
}

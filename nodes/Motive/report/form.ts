import { html, type Html } from './html';

/** Lines to complete on paper, by what they are about: what no camera and no trigger knows. */
const BLOCKS: ReadonlyArray<{ heading: string; lines: ReadonlyArray<readonly string[]> }> = [
	{ heading: 'Report', lines: [['Report number', 'Reported by']] },
	{ heading: 'Injuries', lines: [['Who was hurt, and how'], ['Taken to', 'By whom']] },
	{ heading: 'Police', lines: [['Police report number', 'Officer, badge number']] },
	{
		heading: 'Other vehicle',
		lines: [
			['Driver', 'Phone'],
			['Make and model', 'License plate'],
			['Insurance company', 'Policy number'],
		],
	},
	{
		heading: 'Witnesses',
		lines: [
			['Name', 'Phone'],
			['Name', 'Phone'],
		],
	},
	{ heading: 'Conditions', lines: [['Weather and light', 'Road and traffic']] },
];

/** Empty lines for the driver’s own words. */
const OWN_LINES = 8;

/** A page to fill in on paper; `subject` says what it is about, should it come loose. */
export function formHtml(subject: string): Html {
	return html`<section class="form">
		<h2>To fill in</h2>
		<p class="note">${subject}</p>
		${BLOCKS.map(({ heading, lines }) => block(heading, lines.map(lineHtml)))}
		<div class="own">
			${block(
				'What happened, in the driver’s words',
				Array.from({ length: OWN_LINES }, () => lineHtml([''])),
			)}
		</div>
		${block('Signature', [lineHtml(['Driver', 'Date'])])}
	</section>`;
}

function block(heading: string, lines: readonly Html[]): Html {
	return html`<div class="block">
		<h3>${heading}</h3>
		<div>${lines}</div>
	</div>`;
}

/** Lines that stand side by side. */
function lineHtml(labels: readonly string[]): Html {
	return html`<div class="lines">
		${labels.map((label) => html`<div class="line">${label}</div>`)}
	</div>`;
}

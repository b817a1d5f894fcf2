import { html } from './html';

/** The one style of the document: for paper (A4 and Letter), and for light and dark screens. */
export const STYLE = html`<style>
	:root {
		color-scheme: light dark;
		--text: #1c2530;
		--quiet: #5b6673;
		--line: #d5dae0;
		--paper: #ffffff;
		--desk: #eceff2;
		--frame: #f1f3f5;
		--accent: #1f4e79;
		--serious: #a61b1b;
		--moderate: #8a5a00;
	}
	@media screen and (prefers-color-scheme: dark) {
		:root {
			--text: #e6eaef;
			--quiet: #9aa5b1;
			--line: #36404b;
			--paper: #1a2028;
			--desk: #10141a;
			--frame: #12171d;
			--accent: #8fbce6;
			--serious: #ff8f87;
			--moderate: #e9b454;
		}
	}
	* {
		box-sizing: border-box;
		margin: 0;
	}
	html {
		background: var(--desk);
		-webkit-text-size-adjust: 100%;
	}
	body {
		max-width: 212mm;
		margin: 8mm auto;
		padding: 12mm 14mm;
		color: var(--text);
		background: var(--paper);
		border: 1px solid var(--line);
		font:
			10pt/1.4 'Segoe UI',
			Roboto,
			'Helvetica Neue',
			Helvetica,
			Arial,
			sans-serif;
		overflow-wrap: anywhere;
	}
	a {
		color: var(--accent);
	}
	h1 {
		font-size: 20pt;
		font-weight: 600;
		line-height: 1.15;
		letter-spacing: -0.01em;
	}
	h2 {
		font-size: 13pt;
		font-weight: 600;
		margin-bottom: 3mm;
	}
	dt,
	.note,
	.made {
		color: var(--quiet);
		font-size: 8pt;
	}
	dt {
		line-height: 1.5;
	}
	dd,
	h1,
	h2,
	figcaption span,
	.gap p {
		unicode-bidi: isolate;
	}
	header {
		display: flex;
		justify-content: space-between;
		align-items: flex-end;
		gap: 8mm;
		padding-bottom: 3mm;
		border-bottom: 2px solid var(--text);
	}
	.company {
		font-weight: 600;
		color: var(--quiet);
	}
	.made {
		flex: none;
		max-width: 40%;
		text-align: right;
	}
	.incident {
		margin-top: 5mm;
	}
	.incident + .incident {
		margin-top: 14mm;
	}
	.facts {
		display: grid;
		grid-template-columns: repeat(4, 1fr);
		gap: 2.2mm 5mm;
		margin-bottom: 5mm;
	}
	.facts dd {
		font-weight: 600;
		line-height: 1.3;
		white-space: pre-line;
	}
	.facts .wide {
		grid-column: span 2;
	}
	.facts .whole {
		grid-column: 1 / -1;
	}
	.note {
		display: block;
		font-weight: 400;
	}
	.serious {
		color: var(--serious);
	}
	.moderate {
		color: var(--moderate);
	}
	.views {
		margin-right: -4mm;
	}
	figure {
		display: inline-block;
		width: calc(50% - 4mm);
		margin: 0 4mm 4mm 0;
		vertical-align: top;
		break-inside: avoid;
	}
	.one figure,
	.two figure {
		width: calc(100% - 4mm);
	}
	img,
	.gap {
		display: block;
		print-color-adjust: exact;
		-webkit-print-color-adjust: exact;
		width: 100%;
		aspect-ratio: 16 / 9;
		border: 1px solid var(--line);
		background: var(--frame);
		object-fit: contain;
	}
	.gap {
		display: flex;
		flex-direction: column;
		justify-content: center;
		padding: 4mm 6mm;
		border-style: dashed;
		text-align: center;
	}
	.gap strong {
		font-weight: 600;
	}
	.gap p {
		color: var(--quiet);
		font-size: 9pt;
	}
	figcaption {
		display: flex;
		flex-wrap: wrap;
		justify-content: space-between;
		column-gap: 4mm;
		margin-top: 1mm;
		font-size: 8.5pt;
		line-height: 1.35;
	}
	figcaption span:first-child {
		font-weight: 600;
	}
	figcaption span + span {
		color: var(--quiet);
		font-variant-numeric: tabular-nums;
	}
	.form {
		margin-top: 10mm;
	}
	.form h2 {
		margin: 0;
	}
	.block {
		display: grid;
		grid-template-columns: 32mm 1fr;
		column-gap: 5mm;
		margin-top: 5mm;
		break-inside: avoid;
	}
	.block h3 {
		font-size: 10pt;
		font-weight: 600;
	}
	.lines {
		display: flex;
		gap: 5mm;
	}
	.line {
		flex: 1;
		height: 10mm;
		padding-top: 1mm;
		border-bottom: 1px solid var(--quiet);
		color: var(--quiet);
		font-size: 8pt;
		line-height: 1.2;
	}
	.own .line {
		height: 8.5mm;
	}
	@media screen and (max-width: 600px) {
		body {
			margin: 0;
			padding: 5mm;
			border: 0;
		}
		.facts {
			grid-template-columns: 1fr 1fr;
		}
		figure {
			width: calc(100% - 4mm);
		}
	}
	@media print {
		@page {
			margin: 12mm 14mm 14mm;
			@bottom-right {
				content: counter(page) ' / ' counter(pages);
				font:
					8pt 'Segoe UI',
					Roboto,
					'Helvetica Neue',
					Helvetica,
					Arial,
					sans-serif;
				color: #5b6673;
			}
		}
		html,
		body {
			background: none;
		}
		body {
			max-width: none;
			margin: 0;
			padding: 0;
			border: 0;
		}
		a {
			color: inherit;
			text-decoration: none;
		}
		.incident + .incident,
		.form {
			break-before: page;
			margin-top: 0;
		}
		.two figure {
			width: 132mm;
		}
		.tight img {
			height: 43mm;
		}
		.tight .gap {
			min-height: 43mm;
			aspect-ratio: auto;
		}
	}
</style>`;

/** The SHA-256 of what stands between its tags: the content security policy allows this style alone. */
export const STYLE_HASH = 'sha256-VZNSIXEhjzknI0wdDRQkjn8R0jBdAW4X4gUPCaDkkm4=';

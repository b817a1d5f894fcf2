import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

import type { Figure, Report } from './figures.mts';
import { median } from './statistics.mts';

const IMAGE = path.resolve(import.meta.dirname, '../../docs/images/bench.svg');

/** Figures whose next row is a peer, with the name of the peer. */
const PANELS = [
	{
		name: 'Time for 100 captures / slowest camera',
		title: 'Time for 100 captures / slowest camera',
	},
	{
		name: 'Picture in hand after it was ready, median',
		title: 'Picture in hand after it was ready (s)',
	},
	{
		name: "Growth of n8n's memory for 100 captures",
		title: 'Growth of memory for 100 captures (MB)',
	},
	{
		name: "Growth of n8n's memory for 500 pictures of 1.5 MB",
		title: 'Growth of memory for 500 large pictures (MB)',
	},
] as const;

/** Draws the figures in which the package stands next to what users would build otherwise, for docs/speed.md. */
export async function plot({ figures }: Report): Promise<void> {
	const bars = PANELS.flatMap(({ name, title }) => {
		const at = figures.findIndex((figure) => figure.name === name);
		const [own, peer] = figures.slice(at, at + 2);
		return at < 0 || !own || !peer
			? []
			: [bar(title, 'This package', own), bar(title, peer.name.replace('– ', ''), peer)];
	});
	const spec: TopLevelSpec = {
		background: 'white',
		data: { values: bars },
		facet: {
			field: 'title',
			type: 'nominal',
			title: null,
			sort: null,
			header: { labelFontSize: 12, labelFontWeight: 'bold' },
		},
		columns: 2,
		spec: {
			width: 280,
			height: 60,
			encoding: {
				y: { field: 'who', type: 'nominal', title: null, sort: null },
				x: { field: 'value', type: 'quantitative', title: null, axis: { tickCount: 4 } },
			},
			layer: [
				{
					mark: { type: 'bar' },
					encoding: {
						color: {
							condition: { test: "datum.who === 'This package'", value: '#2b6cb0' },
							value: '#a0aec0',
						},
					},
				},
				{
					mark: { type: 'text', align: 'left', dx: 4 },
					encoding: { text: { field: 'value', type: 'quantitative', format: '.3~r' } },
				},
			],
		},
		resolve: { scale: { x: 'independent', y: 'independent' } },
		config: { view: { stroke: null } },
	};
	const view = new View(parse(compile(spec).spec), { renderer: 'none' });
	await writeFile(IMAGE, await view.toSVG());
}

function bar(title: string, who: string, { values }: Figure) {
	return { title, who, value: median(values) };
}

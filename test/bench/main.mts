/**
 * `npm run bench` measures everything; `npm run bench -- schedule package` only these parts. The figures, and
 * the table and the plot of docs/speed.md, are written to docs/; those of other parts stay as they are.
 * `npm run bench -- limits:picker` measures one row of a part that has rows, and writes nothing.
 */
import { argv } from 'node:process';

import { saveFigures, table, updatePage, type Figure } from './figures.mts';
import { captureMany, captureMore } from './parts/capture.mts';
import { downloadMany, getMany } from './parts/fetch.mts';
import { underLimits } from './parts/limits.mts';
import { captureForLong } from './parts/long.mts';
import { weigh } from './parts/package.mts';
import { createReport } from './parts/report.mts';
import { printSchedules } from './parts/schedule.mts';
import { captureOne } from './parts/single.mts';
import { plot } from './plot.mts';

const parts: Readonly<Record<string, (row?: string) => Promise<Figure[]>>> = {
	schedule: printSchedules,
	capture: captureMany,
	single: captureOne,
	scale: captureMore,
	limits: underLimits,
	get: getMany,
	download: downloadMany,
	report: createReport,
	package: weigh,
	long: captureForLong,
};

const wanted = new Map(
	argv.slice(2).map((argument) => {
		const [name = '', row] = argument.split(':');
		return [name, row];
	}),
);
const unknown = [...wanted.keys()].filter((name) => !(name in parts));
if (unknown.length > 0)
	throw new Error(`There is no ${unknown.join(', ')}; parts are: ${Object.keys(parts).join(', ')}`);

for (const [name, measure] of Object.entries(parts)) {
	if (wanted.size > 0 && !wanted.has(name)) continue;
	const beganAt = performance.now();
	console.log(`\n== ${name}`);
	const row = wanted.get(name);
	const figures = await measure(row);
	if (row === undefined) {
		const report = await saveFigures(figures, Object.keys(parts));
		await plot(report);
		await updatePage(report);
	}
	console.log(`\n${table(figures)}\n(${Math.round((performance.now() - beganAt) / 1_000)} s)`);
}

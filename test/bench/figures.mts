import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

import { machine, today, writeSection } from './page.mts';
import { median } from './statistics.mts';

const figure = z.object({
	/** Block of the benchmarks that it belongs to. */
	part: z.string(),
	name: z.string(),
	unit: z.string(),
	/** One value for each repetition, in order. */
	values: z.array(z.number()),
	/** The goal for the median, if there is one. */
	goal: z.union([z.object({ atMost: z.number() }), z.object({ atLeast: z.number() })]).optional(),
});

const report = z.object({
	/** Where and with what the figures were measured. */
	machine: z.string(),
	/** Day of the last measurement. */
	date: z.string(),
	figures: z.array(figure),
});

/** One measured value, with every repetition. */
export type Figure = z.infer<typeof figure>;

/** The latest measurement of each part. */
export type Report = z.infer<typeof report>;

const REPORT_PATH = path.resolve(import.meta.dirname, '../../docs/bench.json');
const PAGE_PATH = path.resolve(import.meta.dirname, '../../docs/speed.md');

/** Parts that the page leaves out: simulations whose subject is also measured. */
const NOT_SHOWN = ['schedule'];

/**
 * Replaces the figures of the same parts and keeps the others.
 *
 * @param parts all parts, in the order of the report
 */
export async function saveFigures(figures: Figure[], parts: readonly string[]): Promise<Report> {
	const known = existsSync(REPORT_PATH)
		? report.parse(JSON.parse(await readFile(REPORT_PATH, 'utf8'))).figures
		: [];
	const measured = new Set(figures.map(({ part }) => part));
	const current = [...known.filter(({ part }) => !measured.has(part)), ...figures];
	const all: Report = {
		machine: machine(),
		date: today(),
		figures: parts.flatMap((name) => current.filter(({ part }) => part === name)),
	};
	await writeFile(REPORT_PATH, `${JSON.stringify(all, null, '\t')}\n`);
	return all;
}

/** Writes the plot and the figures that have a goal into docs/speed.md, between their markers. */
export async function updatePage({ figures, machine: where, date }: Report): Promise<void> {
	const goals = [
		`Measured with ${where}, last on ${date}:`,
		'',
		table(figures.filter(({ goal, part }) => goal && !NOT_SHOWN.includes(part))),
	].join('\n');
	const plot = '![Time and memory beside what one would build otherwise](images/bench.svg)';
	await writeSection(PAGE_PATH, 'figures', `${plot}\n\n${goals}`);
}

/** The table of figures, in Markdown. */
export function table(figures: Figure[]): string {
	const rows = figures.map(({ name, unit, values, goal }) => {
		const value = median(values);
		const spread =
			values.length > 1 ? ` (${shown(Math.min(...values))} – ${shown(Math.max(...values))})` : '';
		return `| ${name} | ${shown(value)}${unit && ` ${unit}`}${spread} | ${goal ? goalText(goal, value, unit) : ''} |`;
	});
	return ['| Measure | Median (lowest – highest) | Goal |', '| --- | --- | --- |', ...rows].join(
		'\n',
	);
}

function goalText(goal: NonNullable<Figure['goal']>, value: number, unit: string): string {
	const [sign, limit] = 'atMost' in goal ? ['≤', goal.atMost] : ['≥', goal.atLeast];
	const isMet = 'atMost' in goal ? value <= limit : value >= limit;
	return `${sign} ${limit}${unit && ` ${unit}`}${isMet ? '' : ' **missed**'}`;
}

function shown(value: number): string {
	const digits =
		Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return value.toFixed(digits);
}

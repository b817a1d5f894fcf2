import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

import { NEWEST_N8N } from '../../demo/n8n/install.mts';
import { median } from './statistics.mts';

const figure = z.object({
	/** Block of the benchmarks that it belongs to. */
	part: z.string(),
	name: z.string(),
	unit: z.string(),
	/** One value for each repetition, in order. */
	values: z.array(z.number()),
	/** What the median is to be, if anything. */
	goal: z.union([z.object({ atMost: z.number() }), z.object({ atLeast: z.number() })]).optional(),
});

const record = z.object({
	/** Where and with what the figures were measured. */
	machine: z.string(),
	/** Day of the last measurement. */
	date: z.string(),
	figures: z.array(figure),
});

/** One measured value, with every repetition. */
export type Figure = z.infer<typeof figure>;

/** What was measured last, of all parts. */
export type Record = z.infer<typeof record>;

const RECORD_PATH = path.resolve(import.meta.dirname, '../../docs/bench.json');

/** Puts figures in the place of those of the same parts, and keeps the others. */
export async function saveFigures(figures: Figure[]): Promise<Record> {
	const known = existsSync(RECORD_PATH) ? record.parse(JSON.parse(await readFile(RECORD_PATH, 'utf8'))).figures : [];
	const measured = new Set(figures.map(({ part }) => part));
	const all: Record = {
		machine: machine(),
		date: new Date().toISOString().slice(0, 10),
		figures: [...known.filter(({ part }) => !measured.has(part)), ...figures],
	};
	await writeFile(RECORD_PATH, `${JSON.stringify(all, null, '\t')}\n`);
	return all;
}

/** The table of all figures, in Markdown. */
export function table({ machine: where, date, figures }: Record): string {
	const rows = figures.map(({ name, unit, values, goal }) => {
		const value = median(values);
		const spread = values.length > 1 ? ` (${shown(Math.min(...values))} – ${shown(Math.max(...values))})` : '';
		return `| ${name} | ${shown(value)}${unit && ` ${unit}`}${spread} | ${goal ? goalText(goal, value, unit) : ''} |`;
	});
	return [`${where}, ${date}`, '', '| Measure | Median (lowest – highest) | Goal |', '| --- | --- | --- |', ...rows].join('\n');
}

function goalText(goal: NonNullable<Figure['goal']>, value: number, unit: string): string {
	const [sign, limit] = 'atMost' in goal ? ['≤', goal.atMost] : ['≥', goal.atLeast];
	const isMet = 'atMost' in goal ? value <= limit : value >= limit;
	return `${sign} ${limit}${unit && ` ${unit}`}${isMet ? '' : ' **missed**'}`;
}

function shown(value: number): string {
	const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return value.toFixed(digits);
}

function machine(): string {
	const [cpu] = cpus();
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	return `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${memory}, ${type()} ${release()}, n8n ${NEWEST_N8N}`;
}

/** What a large incident report costs n8n. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

import packPackage from '../../engine/package.mts';
import type { Figure } from '../figures.mts';

/** As large as reports get: a whole yard, in one file. */
export const REPORT_SIZE = { images: 200, imageBytes: 1_500_000 };

const REPEATS = 5;

const reportCost = z.object({
	/** By how much (bytes) the process was larger at most than right before. */
	growthBytes: z.number(),
	/** What the report adds to the data of the execution (bytes). */
	dataBytes: z.number(),
	seconds: z.number(),
});

/** What one report cost. */
export type ReportCost = z.infer<typeof reportCost>;

/** Memory, execution data and time of a report with many images, in n8n's engine and its storage of files. */
export async function createReport(): Promise<Figure[]> {
	await packPackage();
	const costs: ReportCost[] = [];
	while (costs.length < REPEATS) costs.push(await costOfOne());
	const part = 'report';
	const { images, imageBytes } = REPORT_SIZE;
	const of = `incident report with ${images} pictures of ${imageBytes / 1e6} MB`;
	return [
		{
			part,
			name: `Memory for an ${of}`,
			unit: 'MB',
			values: costs.map(({ growthBytes }) => growthBytes / 1e6),
			goal: { atMost: 60 },
		},
		{
			part,
			name: `Execution data of an ${of}`,
			unit: 'kB',
			values: costs.map(({ dataBytes }) => dataBytes / 1e3),
			goal: { atMost: 10 },
		},
		{ part, name: `Time for an ${of}`, unit: 's', values: costs.map(({ seconds }) => seconds) },
	];
}

/** In a process of its own, so that nothing of before is in its memory. */
async function costOfOne(): Promise<ReportCost> {
	const child = fork(path.join(import.meta.dirname, '../reportProcess.mts'), {
		execArgv: ['--import', 'tsx', '--expose-gc'],
	});
	const gone = once(child, 'exit');
	const [answer] = (await Promise.race([once(child, 'message'), gone])) as [unknown];
	await gone;
	return reportCost.parse(answer);
}

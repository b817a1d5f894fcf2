/** What a large incident report costs n8n. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

import packPackage from '../../engine/package.mts';
import type { Workflow } from '../../n8n/workflow.mts';
import type { Figure } from '../figures.mts';
import { withN8n } from '../n8n.mts';
import { DOWNLOAD, ours, REPORT } from '../workflows/ours.mts';
import { AT_ONCE, FIRST_REQUEST } from '../worldFacts.mts';
import { withWorld } from '../worldProcess.mts';

/** As large as reports get: a whole yard, in one file. */
export const REPORT_SIZE = { images: 200, imageBytes: 1_500_000 };

const REPEATS = 5;
const N8N_REPEATS = 3;

const part = 'report';

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
		...(await reportInN8n()),
	];
}

/** What a report adds to a workflow that fetches its images, in a whole n8n. */
async function reportInN8n(): Promise<Figure[]> {
	const { images: vehicles, imageBytes: pictureBytes } = REPORT_SIZE;
	const growths = async (behind: Workflow['nodes']): Promise<number[]> => {
		const values: number[] = [];
		while (values.length < N8N_REPEATS) {
			const growth = await withWorld({ vehicles, pictureBytes, ...AT_ONCE }, async (world) => {
				await world.startCaptures(vehicles);
				return await withN8n(world, async (n8n) => {
					const fetchImages = (count: number) =>
						ours(n8n.credential, ['request_id', FIRST_REQUEST, count], DOWNLOAD, behind);
					await n8n.measure(fetchImages(1));
					return (await n8n.measure(fetchImages(vehicles))).growth / 1e6;
				});
			});
			values.push(growth);
		}
		return values;
	};
	const name = `Growth of n8n's memory for fetching ${vehicles} pictures of ${pictureBytes / 1e6} MB`;
	return [
		{ part, name: `${name} and a report of them`, unit: 'MB', values: await growths([REPORT]) },
		{ part, name: '– without the report', unit: 'MB', values: await growths([]) },
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

/** Makes one large incident report in n8n's engine, in a process of its own, and tells what it took. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { INodeExecutionData } from 'n8n-workflow';

import { binaryData } from '../engine/core.mts';
import { startEngine } from '../engine/engine.mts';
import { REPORT_SIZE, type ReportCost } from './parts/report.mts';

const INTERVAL_MS = 5;
const SETTLING_MS = 2_000;

/** One image in n8n's storage, as a capture puts it out. */
async function imageItem(): Promise<INodeExecutionData> {
	const stored = await binaryData.store(
		{ type: 'execution', workflowId: 'workflow', executionId: 'execution' },
		randomBytes(REPORT_SIZE.imageBytes),
		{ data: '', mimeType: 'image/jpeg', fileName: 'T-118_front_facing_90301.jpg' },
	);
	return {
		json: { state: 'ready', position: 'front_facing', vehicle_number: 'T-118' },
		binary: { data: stored },
	};
}

async function imageItems(count: number): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	while (items.length < count) items.push(await imageItem());
	return items;
}

async function measure(): Promise<ReportCost> {
	const engine = await startEngine();
	const parameters = { resource: 'incidentReport', operation: 'create' };
	const items = await imageItems(REPORT_SIZE.images);
	// Whatever is only loaded once.
	await engine.runNode({ parameters, items: items.slice(0, 2) });
	global.gc?.();
	await sleep(SETTLING_MS);
	const before = process.memoryUsage.rss();
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, INTERVAL_MS);
	const beganAt = performance.now();
	const run = await engine.runNode({ parameters, items });
	const seconds = (performance.now() - beganAt) / 1_000;
	clearInterval(watch);
	if (run.items[0]?.json['pictures'] !== REPORT_SIZE.images)
		throw new Error(`The report failed: ${JSON.stringify(run.error)}`);
	const dataBytes = Buffer.byteLength(JSON.stringify(run.items));
	return { growthBytes: peak - before, dataBytes, seconds };
}

process.send?.(await measure());
process.disconnect();

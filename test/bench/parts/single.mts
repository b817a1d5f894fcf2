/** One capture per execution, with 200 different readiness times. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Workflow } from '../../n8n/workflow.mts';
import type { Figure } from '../figures.mts';
import { untilOver, withN8n, type BenchN8n } from '../n8n.mts';
import { median, quantile } from '../statistics.mts';
import { TRIGGER } from '../workflows/node.mts';
import { CAPTURE, ours } from '../workflows/ours.mts';
import { batchChain } from '../workflows/peers.mts';
import { FIRST_VEHICLE, USUAL } from '../worldFacts.mts';
import { withWorld } from '../worldProcess.mts';

const COUNT = 200;

/** Milliseconds between two starts: long enough that no execution waits for another. */
const SPACING_MS = 200;

/** Each execution takes the next vehicle: n8n counts executions. */
const NEXT_VEHICLE = `${FIRST_VEHICLE} + $execution.id % ${COUNT}`;

/** Seconds between each image being ready and being delivered. */
async function lateness(build: (n8n: BenchN8n) => Workflow): Promise<number[]> {
	return await withWorld(
		{ vehicles: COUNT, pictureBytes: 300_000, ...USUAL },
		async (world) =>
			await withN8n(world, async (n8n) => {
				const { client } = n8n;
				const id = await client.createWorkflow(build(n8n));
				await untilOver(client, await client.start(id, TRIGGER));
				await world.reset();
				const executions: string[] = [];
				for (let count = 0; count < COUNT; count++) {
					executions.push(await client.start(id, TRIGGER));
					await sleep(SPACING_MS);
				}
				for (const execution of executions) await untilOver(client, execution);
				const { captures } = await world.facts();
				if (captures.length !== COUNT)
					throw new Error(`${captures.length} captures instead of ${COUNT}`);
				return captures.map(
					({ readyAt, downloadedAt }) => ((downloadedAt ?? NaN) - readyAt) / 1_000,
				);
			}),
	);
}

/** How soon a single image is delivered once it is ready. */
export async function captureOne(): Promise<Figure[]> {
	const part = 'single';
	const input: [string, string, number] = ['vehicle_id', NEXT_VEHICLE, 1];
	const own = await lateness(({ credential }) => ours(credential, input, CAPTURE));
	const chain = await lateness(({ peer }) => batchChain(peer, input));
	const name = (what: string) => `Single picture in hand after it was ready, ${what}`;
	return [
		{ part, name: name('median'), unit: 's', values: [median(own)] },
		{ part, name: '– batch chain', unit: 's', values: [median(chain)] },
		{
			part,
			name: name('median: ours / batch chain'),
			unit: '×',
			values: [median(own) / median(chain)],
			goal: { atMost: 0.5 },
		},
		{ part, name: name('95th percentile'), unit: 's', values: [quantile(own, 0.95)] },
		{ part, name: '– batch chain', unit: 's', values: [quantile(chain, 0.95)] },
		{
			part,
			name: name('95th percentile: ours / batch chain'),
			unit: '×',
			values: [quantile(own, 0.95) / quantile(chain, 0.95)],
			goal: { atMost: 0.5 },
		},
	];
}

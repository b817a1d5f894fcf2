/** 10 000 captures through the engine, batch by batch, in virtual time: memory, and whether every one is accounted for. */
import { startEngine } from '../../engine/engine.mts';
import packPackage from '../../engine/package.mts';
import { inVirtualTime } from '../../engine/virtualTime.mts';
import { makeFleet } from '../../simulator/fleet.mts';
import { startSimulator } from '../../simulator/simulator.mts';
import type { Figure } from '../figures.mts';
import { median } from '../statistics.mts';
import { CAPTURE } from '../workflows/ours.mts';
import { USUAL } from '../worldFacts.mts';

const BATCHES = 20;
const BATCH_SIZE = 500;

/** Real milliseconds that a batch may take. */
const PATIENCE_MS = 300_000;

/** Runs all batches. */
export async function captureForLong(): Promise<Figure[]> {
	await packPackage();
	const fleet = makeFleet(BATCH_SIZE);
	const simulator = await startSimulator({ fleet, ...USUAL, pictures: { shared: true } });
	try {
		const engine = await startEngine({
			credentials: { motiveApi: { apiKey: simulator.apiKey, baseUrl: simulator.url } },
		});
		const heaps: number[] = [];
		const counts = { delivered: 0, lost: 0, twice: 0 };
		for (let batch = 0; batch < BATCHES; batch++) {
			const run = await inVirtualTime(
				async () =>
					await engine.runNode({
						parameters: { resource: 'imageCapture', ...CAPTURE },
						items: fleet.map(({ id }) => ({ json: { vehicle_id: id } })),
					}),
				{ held: () => simulator.held, patience: PATIENCE_MS },
			);
			const delivered = new Set(
				run.items.filter(({ binary }) => binary).map(({ json }) => json['request_id']),
			);
			const vehicles = new Set(simulator.captures.map(({ device }) => device));
			counts.delivered += delivered.size;
			counts.lost +=
				simulator.captures.filter(({ requestId }) => !delivered.has(requestId)).length +
				BATCH_SIZE -
				vehicles.size;
			counts.twice += simulator.captures.length - vehicles.size;
			simulator.reset();
			global.gc?.();
			heaps.push(process.memoryUsage().heapUsed / 1e6);
		}
		const part = 'long';
		const half = heaps.length / 2;
		return [
			{
				part,
				name: 'Captures delivered',
				unit: '',
				values: [counts.delivered],
				goal: { atLeast: BATCHES * BATCH_SIZE },
			},
			{ part, name: 'Captures lost', unit: '', values: [counts.lost], goal: { atMost: 0 } },
			{
				part,
				name: 'Captures started twice',
				unit: '',
				values: [counts.twice],
				goal: { atMost: 0 },
			},
			{ part, name: 'Heap after each batch of 500 captures', unit: 'MB', values: heaps },
			{
				part,
				name: 'Heap in 10 000 captures: second half / first half',
				unit: '×',
				values: [median(heaps.slice(half)) / median(heaps.slice(0, half))],
				goal: { atMost: 1.05 },
			},
		];
	} finally {
		await simulator.stop();
	}
}

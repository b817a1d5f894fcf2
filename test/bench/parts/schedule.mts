/** The poll schedule of the node and others, simulated with many seeds and several kinds of cameras. */
import { sampleLatency, type Latency } from '../../simulator/latency.mts';
import type { Figure } from '../figures.mts';
import { cameras } from '../schedule/cameras.mts';
import { schedules } from '../schedule/schedules.mts';
import { simulate, type SimulatedBatch } from '../schedule/simulate.mts';
import { mean, median, quantile } from '../statistics.mts';

/** Batches for each size of batch. */
const BATCHES = { 1: 2_000, 10: 500, 100: 200 } as const;

/** How a schedule does with many batches of one size. */
export interface ScheduleResult {
	cameras: string;
	schedule: string;
	/** Captures in a batch. */
	size: number;
	/** Per capture, on average. */
	calls: number;
	/** Seconds that pictures are found late. */
	lateMedian: number;
	late95: number;
	/** Time of the batch divided by that of its slowest camera, median. */
	overLimit: number;
}

/** Simulates all schedules, each with the same cameras of all kinds. */
export function compareSchedules(
	batches: Readonly<Record<number, number>> = BATCHES,
	kinds: Readonly<Record<string, Latency>> = cameras,
): ScheduleResult[] {
	return Object.entries(kinds).flatMap(([kind, latency]) =>
		Object.entries(batches).flatMap(([size, count]) =>
			Object.entries(schedules).map(([schedule, make]): ScheduleResult => {
				const runs = Array.from({ length: count }, (_, seed): SimulatedBatch => {
					const waits = Array.from({ length: Number(size) }, (__, index) =>
						sampleLatency(latency, `${kind}/${seed}/${index}`),
					);
					return simulate(waits, make(waits.length));
				});
				const late = runs.flatMap((run) => run.late).map((ms) => ms / 1_000);
				return {
					cameras: kind,
					schedule,
					size: Number(size),
					calls: mean(runs.map(({ calls }) => calls)),
					lateMedian: median(late),
					late95: quantile(late, 0.95),
					overLimit: median(runs.map(({ overLimit }) => overLimit).filter(Number.isFinite)),
				};
			}),
		),
	);
}

/** Prints the comparison. The figures that count are measured with the real node. */
export function printSchedules(): Promise<Figure[]> {
	const results = compareSchedules();
	for (const kind of Object.keys(cameras)) {
		for (const size of Object.keys(BATCHES)) {
			console.log(`\n${size === '1' ? 'Single captures' : `Batches of ${size}`}, cameras ${kind}`);
			const rows = results.filter(
				(result) => result.cameras === kind && result.size === Number(size),
			);
			console.table(
				Object.fromEntries(
					rows.map(({ schedule, calls, lateMedian, late95, overLimit }) => [
						schedule,
						{
							'calls per capture': calls.toFixed(2),
							'late, median (s)': lateMedian.toFixed(2),
							'late, 95 % (s)': late95.toFixed(2),
							'time / slowest': overLimit.toFixed(3),
						},
					]),
				),
			);
		}
	}
	const part = 'schedule';
	const [ours] = results.filter(({ size }) => size === 100);
	if (!ours) throw new Error('Nothing was compared');
	return Promise.resolve([
		{
			part,
			name: 'Simulated: wall time / slowest camera, 100 captures',
			unit: '×',
			values: [ours.overLimit],
			goal: { atMost: 1.05 },
		},
		{
			part,
			name: 'Simulated: found after ready, median',
			unit: 's',
			values: [ours.lateMedian],
			goal: { atMost: 1.5 },
		},
		{
			part,
			name: 'Simulated: API calls per capture',
			unit: '',
			values: [ours.calls],
			goal: { atMost: 6 },
		},
	]);
}

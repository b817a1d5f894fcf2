import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { median } from './statistics.mts';

const INTERVAL_MS = 50;

/** Freed memory goes back to the system bit by bit. */
const SETTLING_MS = 3_000;
const PAGE_BYTES = 4096;

/** Environment variables for a process whose memory is watched. */
export const WATCHED = {
	NODE_OPTIONS: `--require=${path.join(import.meta.dirname, 'collectGarbage.cjs')}`,
};

/** Resident memory of a process (bytes), as Linux tells it. */
async function memoryOf(pid: number): Promise<number> {
	const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
	return Number(resident) * PAGE_BYTES;
}

/**
 * How much memory a process that was started with {@link WATCHED} needs for some work: what is there before is cleared
 * of garbage, as it depends on chance whether that happens during the work.
 * @returns what `work` answers, and by how much (bytes) the process was larger at most than right before
 */
export async function watchMemory<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; growth: number }> {
	kill(pid, 'SIGUSR2');
	await sleep(SETTLING_MS);
	const before: number[] = [];
	for (let count = 0; count < 20; count++) {
		before.push(await memoryOf(pid));
		await sleep(INTERVAL_MS);
	}
	let peak = 0;
	let isOver = false;
	const watch = async (): Promise<void> => {
		while (!isOver) {
			peak = Math.max(peak, await memoryOf(pid));
			await sleep(INTERVAL_MS);
		}
	};
	const watching = watch();
	try {
		const result = await work();
		return { result, growth: peak - median(before) };
	} finally {
		isOver = true;
		await watching;
	}
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { median } from './statistics.mts';

const INTERVAL_MS = 50;

/** Freed memory returns to the system in small steps. */
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
 * Measures how much memory a process that was started with {@link WATCHED} needs for some work. Its garbage is collected
 * first; otherwise chance would decide whether that happens during the work.
 * @returns the result of `work`, and the largest growth of the process (bytes) during it
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

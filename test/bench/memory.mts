import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { median } from './statistics.mts';

const INTERVAL_MS = 50;
const PAGE_BYTES = 4096;

/** Resident memory of a process (bytes), as Linux tells it. */
async function memoryOf(pid: number): Promise<number> {
	const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
	return Number(resident) * PAGE_BYTES;
}

/**
 * How much memory a process needs for some work.
 * @returns what `work` answers, and by how much (bytes) the process was larger at most than right before
 */
export async function watchMemory<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; growth: number }> {
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

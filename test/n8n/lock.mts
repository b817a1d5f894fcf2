import { mkdir, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How waiting for a lock goes. */
export interface LockOptions {
	/** Told once, when another process has the lock. */
	onWait?: () => void;
	/** Ends waiting. */
	signal?: AbortSignal;
	/** How often the holder shows that it is alive, and others look (ms). */
	interval?: number;
}

/** A holder that has shown no sign of life for as many looks is gone. Clocks do not count: machines sleep. */
const LOOKS = 20;

/**
 * Does something that only one process may do at a time: the others wait. A lock whose holder died is taken over after
 * twenty intervals.
 *
 * @param path of the lock: a folder that is there as long as somebody holds it; made, with those around it
 * @throws what `use` throws, or the reason of `signal`
 */
export async function withLock<T>(
	path: string,
	use: () => Promise<T>,
	{ onWait, signal, interval = 1000 }: LockOptions = {},
): Promise<T> {
	await mkdir(dirname(path), { recursive: true });
	let seen: number | undefined;
	for (let looks = 0; !(await isMade(path)); looks++) {
		if (seen === undefined) onWait?.();
		const sign = await signOfLife(path);
		if (sign !== seen) looks = 0;
		else if (sign !== undefined && looks >= LOOKS) await remove(path, sign);
		seen = sign ?? 0;
		await sleep(interval, undefined, { ...(signal && { signal }) });
	}
	const beat = setInterval(() => void show(path), interval);
	try {
		return await use();
	} finally {
		clearInterval(beat);
		await rm(path, { recursive: true, force: true });
	}
}

/** Whether this call has made the folder. There is no moment between looking and making, so that only one can. */
async function isMade(path: string): Promise<boolean> {
	const made = mkdir(path);
	return await made.then(
		() => true,
		(error: unknown) => {
			if (hasCode(error, 'EEXIST')) return false;
			throw error;
		},
	);
}

/** When the holder has last shown that it is alive (ms); undefined once the lock is gone. */
async function signOfLife(path: string): Promise<number | undefined> {
	return await stat(path).then(
		({ mtimeMs }) => mtimeMs,
		(error: unknown) => {
			if (hasCode(error, 'ENOENT')) return undefined;
			throw error;
		},
	);
}

/** Shows that the holder is alive. A folder that is gone has been cleared away by hand: there is nothing to show. */
async function show(path: string): Promise<void> {
	const now = new Date();
	await utimes(path, now, now).catch((error: unknown) => {
		if (!hasCode(error, 'ENOENT')) throw error;
	});
}

/** Removes a lock whose holder is gone; behind a lock of its own, so that nobody removes one that was taken over meanwhile. */
async function remove(path: string, sign: number): Promise<void> {
	const own = `${path}.removing`;
	if (!(await isMade(own))) return;
	try {
		if ((await signOfLife(path)) === sign) await rm(path, { recursive: true, force: true });
	} finally {
		await rmdir(own);
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}

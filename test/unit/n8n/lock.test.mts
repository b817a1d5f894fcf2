import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLock } from '../../n8n/lock.mts';

let folder: string;
let lock: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lock-'));
	lock = join(folder, 'some', 'where.lock');
});
afterEach(async () => {
	await rm(folder, { recursive: true });
});

/** Has several do something behind the lock at the same time: the most that were in it together. */
async function mostTogether(count: number): Promise<number> {
	let inside = 0;
	let most = 0;
	const use = async () => {
		most = Math.max(most, ++inside);
		await readdir(folder);
		inside--;
	};
	await Promise.all(
		Array.from({ length: count }, async () => await withLock(lock, use, { interval: 2 })),
	);
	return most;
}

describe('withLock', () => {
	it('lets one in at a time, and leaves nothing behind', async () => {
		expect(await mostTogether(8)).toBe(1);
		expect(await readdir(join(folder, 'some'))).toEqual([]);
	});

	it('takes over from a holder that is gone, one at a time', async () => {
		await mkdir(lock, { recursive: true });
		expect(await mostTogether(8)).toBe(1);
		expect(await readdir(join(folder, 'some'))).toEqual([]);
	});

	it('waits for a holder that is alive, however long, and says once that it waits', async () => {
		const onWait = vi.fn();
		const order: string[] = [];
		let other: Promise<void> | undefined;
		const first = async () => {
			other = withLock(lock, async () => void order.push(await second()), { interval: 2, onWait });
			await expect.poll(signsOfLife, { interval: 1 }).toBeGreaterThan(50);
			order.push('first');
		};
		const second = async () => await Promise.resolve('second');
		const signs = new Set<number>();
		const signsOfLife = async () => signs.add((await stat(lock)).mtimeMs).size;
		await withLock(lock, first, { interval: 2 });
		await other;
		expect(order).toEqual(['first', 'second']);
		expect(onWait).toHaveBeenCalledOnce();
	});

	it('opens again when what was done behind it failed', async () => {
		await expect(withLock(lock, () => Promise.reject(new Error('failed')))).rejects.toThrow(
			'failed',
		);
		expect(await mostTogether(1)).toBe(1);
	});

	it('stops waiting when told to', async () => {
		const stopping = new AbortController();
		await withLock(lock, async () => {
			const waiting = withLock(lock, async () => await readdir(folder), {
				signal: stopping.signal,
				onWait: () => stopping.abort(new Error('stopped')),
			});
			await expect(waiting).rejects.toThrow('aborted');
		});
	});
});

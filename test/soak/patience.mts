import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 1_000;

/** Tries again for a minute what fails: n8n or its database may be starting just now. */
export async function patiently<T>(what: () => Promise<T>): Promise<T> {
	const deadline = performance.now() + PATIENCE_MS;
	for (;;) {
		try {
			return await what();
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await sleep(PAUSE_MS);
		}
	}
}

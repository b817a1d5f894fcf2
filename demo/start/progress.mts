import type { Simulator } from '../../test/simulator/simulator.mts';

const INTERVAL = 200;

/**
 * Runs `work` and shows meanwhile how far the captures of the simulated fleet are: one line that
 * changes, or a line for each change where the output is not a terminal.
 */
export async function withProgress<T>(fleet: Simulator, work: () => Promise<T>): Promise<T> {
	const before = { captures: fleet.captures.length, images: fleet.received('GET image').length };
	const startedAt = performance.now();
	let shown = '';
	const show = (): void => {
		const captures = fleet.captures.slice(before.captures);
		const started = captures.length;
		const ready = captures.filter(({ readyAt }) => readyAt <= Date.now()).length;
		const downloaded = fleet.received('GET image').length - before.images;
		const state = `${started} started   ${ready} ready   ${downloaded} downloaded`;
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
		const line = `   ${state}   ${seconds} s`;
		if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
		else if (state !== shown) console.log(line);
		shown = state;
	};
	const timer = setInterval(show, INTERVAL);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		show();
		if (process.stdout.isTTY) process.stdout.write('\n');
	}
}

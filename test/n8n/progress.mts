import { execa } from 'execa';

/** Where a person reads what happens. */
export interface Screen {
	/** Writes a line that stays. */
	say: (line: string) => void;
	/** Writes a line in place of the last one that was shown in this way. */
	show: (line: string) => void;
}

/** Standard output. Where it is no terminal, each line stays. */
export function screenOf(output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): Screen {
	const clearLine = output.isTTY ? '\r\u001b[K' : '';
	const shownEnd = output.isTTY ? '' : '\n';
	return {
		say: (line) => void output.write(`${clearLine}${line}\n`),
		show: (line) => void output.write(`${clearLine}${line}${shownEnd}`),
	};
}

/** What to show of some work, where, and how often. */
export interface ProgressOptions {
	screen: Screen;
	/** The folder that grows. */
	folder: string;
	/** Milliseconds between two lines; default 5000. */
	interval?: number;
}

/** Does some work, and shows meanwhile what it is doing, how long it has taken, and how large its folder is. */
export async function withProgress(
	{ screen, folder, interval = 5000 }: ProgressOptions,
	work: (begin: (step: string) => void) => Promise<void>,
): Promise<void> {
	const startedAt = performance.now();
	let step: string | undefined;
	const show = async (): Promise<void> => {
		const size = await sizeOf(folder);
		const took = inWords(performance.now() - startedAt);
		if (step !== undefined) screen.show(`  ${step}: ${took}, ${inGigabytes(size)}`);
	};
	const timer = setInterval(() => void show(), interval);
	try {
		await work((begun) => (step = begun));
	} finally {
		clearInterval(timer);
		// What is measured just now comes too late.
		step = undefined;
	}
}

/** A size in words, such as `2.9 GB`. */
export function inGigabytes(bytes: number): string {
	return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A duration in words, such as `1 min 5 s`. */
export function inWords(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	const [minutes, rest] = [Math.floor(seconds / 60), `${String(seconds % 60)} s`];
	return minutes === 0 ? rest : `${String(minutes)} min ${rest}`;
}

/** Bytes that a folder takes on disk. What npm moves away meanwhile makes `du` complain, and does not matter. */
async function sizeOf(folder: string): Promise<number> {
	const { stdout } = await execa('du', ['-sk', folder], { reject: false });
	return Number.parseInt(stdout, 10) * 1024;
}

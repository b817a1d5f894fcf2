import { on } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** A reason to end early, in words for the person. */
export class CannotGoOn extends Error {}

/** Whoever runs the probe. */
export interface Person {
	say: (text: string) => void;
	/** A line that the next one replaces; an empty one removes it. */
	progress: (text: string) => void;
	/** @throws CannotGoOn when there is nobody */
	ask: (question: string) => Promise<string>;
	/** Asks without showing what is typed. */
	askSecretly: (question: string) => Promise<string>;
}

/** The person at the terminal; what is typed or piped ahead of a question is its answer. */
export interface Terminal extends Person {
	close: () => void;
}

/**
 * Opens the terminal.
 *
 * @param stop called when the person presses Ctrl-C
 * @param signal aborted when no answer is wanted any more
 */
export function openTerminal(stop: () => void, signal: AbortSignal): Terminal {
	const { stdin, stdout } = process;
	let isSecret = false;
	const output = new Writable({
		write: (chunk: Buffer, _, done) => {
			if (!isSecret) stdout.write(chunk);
			done();
		},
	});
	const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY, historySize: 0 });
	lines.on('SIGINT', stop);
	const typed = on(lines, 'line', { signal, close: ['close'] });
	const ask = async (question: string): Promise<string> => {
		stdout.write(question);
		// The terminal must know what stands before the cursor.
		lines.setPrompt(isSecret ? '' : question);
		const { value } = (await typed.next()) as IteratorResult<[string], undefined>;
		if (value === undefined) throw new CannotGoOn('There was no answer.');
		return value[0];
	};
	return {
		say: (text) => {
			stdout.write(`${text}\n`);
		},
		progress: (text) => {
			if (stdout.isTTY) stdout.write(`\r\u001B[K${text}`);
			else if (text !== '') stdout.write(`${text}\n`);
		},
		ask,
		askSecretly: async (question) => {
			isSecret = true;
			try {
				return await ask(question);
			} finally {
				isSecret = false;
				stdout.write('\n');
			}
		},
		close: () => lines.close(),
	};
}

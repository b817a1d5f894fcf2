import type { Clock } from '../polling/clock';
import { MotiveFailure } from '../motive/failure';

/** How long a body is watched before it is given up (ms). */
const WATCH_MS = 30_000;

/** A body that brings less than this in that time is given up (bytes): one that trickles would have no end. */
const LEAST_PROGRESS = 30 * 1024;

/** Enough first bytes to tell what kind of file it is; no picture and no video is shorter. */
export const HEAD_BYTES = 16;

/** The body of an answer as it comes from the network. */
export type ByteStream = import('node:stream').Readable;

/** A look over the shoulder of whoever reads a body. */
export interface BodyWatch {
	/**
	 * The first bytes, which whoever reads the body afterwards gets all the same. Fewer than HEAD_BYTES are the whole
	 * body, of which nothing is left to read.
	 */
	head: Promise<Buffer>;
	/** Bytes that have been read so far. */
	readonly bytes: number;
	/** Why the body ended before its time, if it did. */
	readonly failure: MotiveFailure | undefined;
	stop: () => void;
}

/**
 * Watches a body without keeping it: counts its bytes, and ends it (with a MotiveFailure) when it grows larger than
 * `largest` bytes, brings less than a kilobyte a second for 30 s, or the execution is stopped.
 *
 * @param hangUp ends the request behind the body: some n8n hand out a body that cannot end while it waits for bytes
 */
export function watchBody(
	body: ByteStream,
	largest: number,
	clock: Clock,
	signal: AbortSignal,
	hangUp: () => void,
): BodyWatch {
	const stopped = new AbortController();
	let bytes = 0;
	let received = 0;
	let failure: MotiveFailure | undefined;

	const broken = new MotiveFailure('noAnswer', {
		detail: 'The connection broke during the download',
	});
	body.on('error', (error: unknown) => {
		failure = error instanceof MotiveFailure ? error : broken;
	});

	const head = new Promise<Buffer>((resolve, reject) => {
		let start = Buffer.alloc(0);
		const onEnd = () => resolve(start);
		const onData = (chunk: Buffer) => {
			received += chunk.length;
			start = Buffer.concat([start, chunk]);
			if (start.length < HEAD_BYTES) return;
			body.off('data', onData).off('end', onEnd).pause();
			body.unshift(start);
			// Added while paused, so that it sees what the reader takes and starts nothing by itself.
			body.on('data', count);
			body.on('newListener', startForReader);
			resolve(start);
		};
		body
			.on('data', onData)
			.once('end', onEnd)
			.once('error', reject)
			.once('close', () => reject(broken));
	});
	// Whoever watches may have given up before looking at the head.
	head.catch(() => undefined);

	/** A reader that only listens, as n8n does where it keeps files in its database, starts no paused body by itself. */
	function startForReader(event: string | symbol): void {
		if (event !== 'data') return;
		body.off('newListener', startForReader);
		// Starts at the next tick, when the reader listens.
		body.resume();
	}

	function count(chunk: Buffer): void {
		bytes += chunk.length;
		received += chunk.length;
		if (bytes > largest) {
			giveUp(
				new MotiveFailure('download', {
					detail: `The file is larger than ${largest / 1024 ** 2} MB`,
				}),
			);
		}
	}

	function giveUp(reason: MotiveFailure): void {
		body.destroy(reason);
		hangUp();
	}

	async function guardProgress(): Promise<void> {
		const either = AbortSignal.any([signal, stopped.signal]);
		while (!either.aborted) {
			const before = received;
			// It ends early when either is aborted.
			await clock.sleep(WATCH_MS, either).catch(() => undefined);
			if (stopped.signal.aborted) return;
			const progress = received - before;
			if (signal.aborted || progress < LEAST_PROGRESS) {
				const detail = progress > 0 ? 'The download was too slow' : 'The download stalled';
				giveUp(new MotiveFailure('noAnswer', { detail }));
				return;
			}
		}
	}

	void guardProgress();
	return {
		head,
		get bytes() {
			return bytes;
		},
		get failure() {
			return failure;
		},
		stop: () => stopped.abort(),
	};
}

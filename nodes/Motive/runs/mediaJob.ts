import type { CaptureState } from '../motive/imageCapture';
import { MotiveFailure } from '../motive/failure';
import type { MotiveApi } from '../transport/request';
import { fetchMedia, type FetchedMedium, type Medium } from './fetchMedia';
import type { WorkJob } from './job';
import type { Session } from './session';
import type { WorkOptions } from '../parameters/options';

/** What Motive answers about work that ends in several files. */
export interface MediaAnswer {
	/** Motive's own status word, unchanged. */
	status: string;
	state: CaptureState;
}

/** What is done with the files once they are there. */
export interface MediaWish {
	itemIndex: number;
	wait: boolean;
	download: boolean;
	options: WorkOptions;
}

/** An answer with the files that were made of it. */
export interface FinishedMedia<Answer> {
	answer: Answer;
	files: FetchedMedium[];
}

/** A kind of work that ends in several files. */
export interface MediaSource<Answer extends MediaAnswer> {
	/** Asks Motive how it stands. */
	ask(answer: Answer, read: MotiveApi['send']): Promise<Answer>;
	/** The files that are wanted and there. */
	mediaIn(answer: Answer): Medium[];
	/** What a user waits for, for example `video`. */
	file: string;
	/** What Motive may fail to do, for example `recall the video`. */
	attempt: string;
	/** What to say where Motive is done and none of the wanted files is there. */
	noneThere: string;
	/** Called when Motive itself has given up. */
	onFailed?(): void;
}

/** How such work is asked for and finished; how it starts is the caller's. */
export function mediaJob<Answer extends MediaAnswer>(
	session: Session,
	{ itemIndex, wait, download, options }: MediaWish,
	source: MediaSource<Answer>,
): Omit<WorkJob<Answer, FinishedMedia<Answer>>, 'start' | 'subject'> {
	return {
		itemIndex,
		wait,
		check: async (answer, patience, signal) =>
			await source.ask(
				answer,
				async (request) => await session.readOnce({ ...request, patience }, signal),
			),
		stateOf: ({ state }) => state,
		async finish(answer, signal, trouble) {
			if (answer.state === 'failed') source.onFailed?.();
			if (answer.state === 'ready') {
				const files =
					download && !session.isToolCall ? await fetchFiles(session, source, answer, signal) : [];
				return { answer, files };
			}
			if (wait && options.whenUnavailable === 'error')
				throw unavailable(source, answer, options, trouble);
			return { answer, files: [] };
		},
	};
}

async function fetchFiles<Answer extends MediaAnswer>(
	session: Session,
	{ ask, mediaIn, noneThere }: MediaSource<Answer>,
	answer: Answer,
	signal: AbortSignal,
): Promise<FetchedMedium[]> {
	if (mediaIn(answer).length === 0) throw new MotiveFailure('download', { detail: noneThere });
	const renew = async (until: AbortSignal) =>
		await ask(answer, async (request) => await session.read(request, until));
	return await fetchMedia(session, { answer, mediaIn, renew }, signal);
}

function unavailable<Answer extends MediaAnswer>(
	{ file, attempt }: MediaSource<Answer>,
	{ state, status }: Answer,
	{ timeout }: WorkOptions,
	trouble?: MotiveFailure,
): MotiveFailure {
	if (state === 'failed') {
		return new MotiveFailure('failed', {
			attempt,
			detail: `Motive’s status for it is “${status}”.`,
		});
	}
	const noFile = `No ${file} after ${timeout / 1_000} seconds`;
	return new MotiveFailure('timedOut', {
		detail: trouble ? `${noFile}, and no answer from Motive in the end` : noFile,
	});
}

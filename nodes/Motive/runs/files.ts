import { mayPass, MotiveFailure } from '../motive/failure';
import { downloadFile, type FileSource, type StoredFile } from '../transport/download';
import type { Session } from './session';

/** A file that is ready gets at least this long to arrive, even when the time for waiting is up (ms). */
const LEAST_DOWNLOAD_TIME_MS = 120_000;

/** A file of something that Motive answered. */
export interface MediaFile<Answer> {
	/** The answer that has, or should have, the address of the file. */
	answer: Answer;
	/** Where the file is, according to an answer. */
	sourceIn(answer: Answer): Omit<FileSource, 'mustBeSecure' | 'url'> & { url: string | undefined };
	/** Asks Motive once more, for a fresh address. */
	renew(signal: AbortSignal): Promise<Answer>;
}

/**
 * Downloads a file. When its address is refused (they expire), a fresh one is asked for once and tried.
 *
 * @returns the stored file, and the answer whose address led to it
 * @throws MotiveFailure `download`, and whatever `renew` throws
 */
export async function fetchFile<Answer>(
	session: Session,
	file: MediaFile<Answer>,
	signal: AbortSignal,
): Promise<{ answer: Answer; stored: StoredFile }> {
	const { context, api, clock, downloads } = session;
	const deadline = Math.max(session.deadline, clock.now() + LEAST_DOWNLOAD_TIME_MS);
	const download = async (answer: Answer): Promise<StoredFile> => {
		const { url, ...source } = file.sourceIn(answer);
		if (url === undefined) {
			const detail = `Motive says that the ${source.kind.name} is ready, but gives no address for it`;
			throw new MotiveFailure('notFound', { detail });
		}
		const call = async () =>
			await downloadFile(context, { ...source, url, mustBeSecure: api.isSecure }, clock, signal);
		return await downloads.run(call, { mayRepeat: mayPass, deadline, signal });
	};

	const { name } = file.sourceIn(file.answer).kind;
	const [first] = await Promise.allSettled([download(file.answer)]);
	if (first.status === 'fulfilled') return { answer: file.answer, stored: first.value };
	if (!addressRefused(first.reason)) throw asDownloadFailure(first.reason, name);

	const fresh = await file.renew(signal);
	const [second] = await Promise.allSettled([download(fresh)]);
	if (second.status === 'fulfilled') return { answer: fresh, stored: second.value };
	throw asDownloadFailure(second.reason, name);
}

function addressRefused(failure: unknown): boolean {
	const kinds = ['unauthorized', 'forbidden', 'notFound', 'refused'];
	return failure instanceof MotiveFailure && kinds.includes(failure.kind);
}

function asDownloadFailure(failure: unknown, name: string): unknown {
	if (!(failure instanceof MotiveFailure)) return failure;
	const { status, detail } = failure.facts;
	const byStatus =
		status === undefined
			? `The ${name} could not be fetched`
			: `The host of the ${name} answered HTTP ${status}`;
	return new MotiveFailure('download', { detail: detail ?? byStatus });
}

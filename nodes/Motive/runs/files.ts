import { asError, mayPass, MotiveFailure } from '../motive/failure';
import { mediumBaseName, type LinkedMedium } from '../motive/media';
import { parseMoment } from '../motive/moment';
import type { RepeatPolicy } from '../polling/requestQueue';
import { downloadFile, type StoredFile } from '../transport/download';
import type { MediaKind } from '../transport/fileType';
import type { Session } from './session';

/** A file that a job has made, or should have made. */
export interface JobFile {
	/** What tells it from the others of its job, for example the camera position. */
	name: string;
	/** What it is called in messages. */
	subject: string;
	kind: MediaKind;
	/** Name of the file without its extension. */
	baseName: string;
	/** Presigned address, if Motive gave one. */
	url: string | undefined;
	/** When that stops working (ms), as far as Motive says so. */
	expiresAt?: number;
}

/** The file of an image or a video that an answer names. */
export function mediumFile(
	medium: LinkedMedium,
	kind: MediaKind,
	subject: string,
	job: { sourceName: string | null; id: string },
): JobFile {
	const expiresAt = parseMoment(medium.expiresAt, 'UTC');
	return {
		name: medium.name,
		subject,
		kind,
		baseName: mediumBaseName(medium, job),
		url: medium.url,
		...(!Number.isNaN(expiresAt) && { expiresAt }),
	};
}

/** A file that was downloaded, or the reason why not. */
export interface Download {
	file: JobFile;
	stored?: StoredFile;
	failure?: unknown;
}

/** Where the files of an answer are, and how to get fresh addresses. */
export interface FilesOf<Answer> {
	files: (answer: Answer) => JobFile[];
	/** Asks Motive once more. */
	renew: () => Promise<Answer>;
}

/** A file that is ready gets at least this long to arrive, however short the timeout (ms). */
const LEAST_DOWNLOAD_TIME_MS = 120_000;

/**
 * Downloads all files of an answer side by side; each one fails alone. When addresses have expired or are refused, Motive
 * is asked for fresh ones, once for each file and together for those that need it at the same time.
 *
 * @returns what became of each file, and the answer whose addresses were used last
 */
export async function downloadFiles<Answer>(
	session: Session,
	firstAnswer: Answer,
	{ files, renew }: FilesOf<Answer>,
	signal: AbortSignal,
): Promise<{ answer: Answer; downloads: Download[] }> {
	let answer = firstAnswer;
	let renewal: Promise<void> | undefined;
	const renewOnce = async (): Promise<void> => {
		renewal ??= renew()
			.then(
				(fresh) => {
					answer = fresh;
				},
				(failure: unknown) => {
					throw toRenewalFailure(failure);
				},
			)
			.finally(() => {
				renewal = undefined;
			});
		await renewal;
	};
	const latest = (name: string) => files(answer).find((file) => file.name === name);

	// All in one turn of the queue: a fresh address that waited for another turn could expire again.
	const store = async (file: JobFile): Promise<StoredFile> => {
		const { url, expiresAt = Infinity } = latest(file.name) ?? {};
		try {
			if (session.clock.now() < expiresAt) return await downloadFrom(session, file, url, signal);
		} catch (error) {
			if (!addressRefused(error)) throw asError(error);
		}
		if (latest(file.name)?.url === url) await renewOnce();
		return await downloadFrom(session, file, latest(file.name)?.url, signal);
	};
	const download = async (file: JobFile): Promise<Download> => {
		try {
			const stored = await inTurn(session, async () => await store(file), signal);
			return { file, stored };
		} catch (error) {
			return { file, failure: toDownloadFailure(error, file) };
		}
	};
	return { downloads: await Promise.all(files(firstAnswer).map(download)), answer };
}

/** Waiting for a turn does not count: the time for repeating begins with the first try. */
async function inTurn<T>(
	{ clock, timeout, downloads }: Session,
	call: () => Promise<T>,
	signal: AbortSignal,
): Promise<T> {
	let firstTry: number | undefined;
	const policy: RepeatPolicy = {
		mayRepeat: mayPass,
		signal,
		deadline: () => (firstTry ?? clock.now()) + Math.max(timeout, LEAST_DOWNLOAD_TIME_MS),
	};
	return await downloads.run(async () => {
		firstTry ??= clock.now();
		return await call();
	}, policy);
}

async function downloadFrom(
	{ context, isSecure, clock }: Session,
	{ kind, baseName }: JobFile,
	url: string | undefined,
	signal: AbortSignal,
): Promise<StoredFile> {
	if (url === undefined) {
		const detail = `Motive says that the ${kind.name} is ready, but gives no link to it`;
		throw new MotiveFailure('notFound', { detail });
	}
	const source = { url, kind, baseName, mustBeSecure: isSecure };
	return await downloadFile(context, source, clock, signal);
}

function addressRefused(failure: unknown): boolean {
	const kinds = ['unauthorized', 'forbidden', 'notFound', 'refused'];
	return failure instanceof MotiveFailure && kinds.includes(failure.kind);
}

function toRenewalFailure(failure: unknown): Error {
	if (!(failure instanceof MotiveFailure)) return asError(failure);
	const detail = 'The address of the file has expired, and Motive gave no fresh one';
	return new MotiveFailure('download', { ...failure.facts, detail });
}

function toDownloadFailure(failure: unknown, { kind: { name } }: JobFile): Error {
	if (!(failure instanceof MotiveFailure)) return asError(failure);
	const { status, detail } = failure.facts;
	const byStatus =
		status === undefined
			? `The ${name} could not be downloaded`
			: `The host of the ${name} answered HTTP ${status}`;
	return new MotiveFailure('download', { detail: detail ?? byStatus });
}

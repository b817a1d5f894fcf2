import type { CaptureAnswer } from '../../capture/captureState';
import { mayPass, MotiveFailure } from '../../capture/failure';
import { downloadImage, type StoredImage } from '../../transport/imageDownload';
import { fileBaseName, type FinishedCapture } from './captureJson';
import type { CaptureSession } from './captureSession';

/** A picture that is ready gets at least this long to arrive, even when the time for waiting is up (ms). */
const LEAST_DOWNLOAD_TIME_MS = 120_000;

/**
 * Downloads the picture of a capture. When its address is refused (they expire) the capture is asked for once more,
 * and the fresh address is tried.
 *
 * @param ask asks Motive for the capture again
 * @returns the picture, with the answer whose address led to it
 * @throws MotiveFailure `download`
 */
export async function fetchImage(
	session: CaptureSession,
	answer: CaptureAnswer,
	ask: (session: CaptureSession, answer: CaptureAnswer) => Promise<CaptureAnswer>,
): Promise<FinishedCapture> {
	const { clock, signal, lane } = session;
	const deadline = Math.max(session.deadline, clock.now() + LEAST_DOWNLOAD_TIME_MS);
	const policy = { mayRepeat: mayPass, deadline, signal };
	const download = async (from: CaptureAnswer): Promise<StoredImage> =>
		await session.downloads.run(async () => await downloadOnce(session, from), policy);

	const [first] = await Promise.allSettled([download(answer)]);
	if (first.status === 'fulfilled') return { answer, stored: first.value };
	if (!addressRefused(first.reason)) throw asDownloadFailure(first.reason);

	const fresh = await lane.run(async () => await ask(session, answer), policy);
	const [second] = await Promise.allSettled([download(fresh)]);
	if (second.status === 'fulfilled') return { answer: fresh, stored: second.value };
	throw asDownloadFailure(second.reason);
}

async function downloadOnce({ context, api, clock, signal }: CaptureSession, answer: CaptureAnswer) {
	const url = answer.image?.url;
	if (url === undefined) {
		throw new MotiveFailure('notFound', { detail: 'Motive says that the picture is ready, but gives no address for it' });
	}
	const source = { url, baseName: fileBaseName(answer), mustBeSecure: api.isSecure };
	return await downloadImage(context, source, clock, signal);
}

function addressRefused(failure: unknown): boolean {
	const kinds = ['unauthorized', 'forbidden', 'notFound', 'refused'];
	return failure instanceof MotiveFailure && kinds.includes(failure.kind);
}

function asDownloadFailure(failure: unknown): unknown {
	if (!(failure instanceof MotiveFailure)) return failure;
	const { status } = failure.facts;
	const byStatus = status === undefined ? 'The picture could not be fetched' : `The image host answered HTTP ${status}`;
	return new MotiveFailure('download', { detail: failure.facts.detail ?? byStatus });
}

import type { MediaKind } from '../transport/fileType';
import type { StoredFile } from '../transport/download';
import { fetchFile } from './files';
import type { Session } from './session';

/** One of several files that an answer of Motive's leads to. */
export interface Medium {
	/** What tells it from the others, for example the camera position. */
	name: string;
	kind: MediaKind;
	/** Name of the file without its extension. */
	baseName: string;
	/** Presigned address, once there is one. */
	url: string | undefined;
}

/** A file that was tried: it is there, or it is known why not. */
export type FetchedMedium = { name: string } & ({ stored: StoredFile } | { failure: unknown });

/** An answer with several files, and how to get it anew when their addresses have expired. */
export interface MediaAnswer<Answer> {
	answer: Answer;
	mediaIn(answer: Answer): Medium[];
	renew(signal: AbortSignal): Promise<Answer>;
}

/** Downloads all files of an answer side by side; each one fails alone. The answer is renewed at most once for all. */
export async function fetchMedia<Answer>(
	session: Session,
	{ answer, mediaIn, renew }: MediaAnswer<Answer>,
	signal: AbortSignal,
): Promise<FetchedMedium[]> {
	let renewed: Promise<Answer> | undefined;
	const renewOnce = async () => await (renewed ??= renew(signal));
	const media = mediaIn(answer);
	const fetched = await Promise.allSettled(
		media.map(async (medium) => {
			const sourceIn = (from: Answer) =>
				mediaIn(from).find(({ name }) => name === medium.name) ?? { ...medium, url: undefined };
			return await fetchFile(session, { answer, sourceIn, renew: renewOnce }, signal);
		}),
	);
	return media.map(({ name }, index) => {
		const result = fetched[index];
		return result?.status === 'fulfilled'
			? { name, stored: result.value.stored }
			: { name, failure: result?.reason as unknown };
	});
}

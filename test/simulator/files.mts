import { error, type Answer } from './answers.mts';
import type { Clock } from './clock.mts';
import type { Device, VideoPosition } from './fleet.mts';
import type { Call } from './host.mts';
import { iso } from './motive.mts';
import { BUCKET, type FileStore } from './store.mts';

/** Path of a picture on the image host. */
export const imagePath = `/${BUCKET}/:owner/:file`;
/** Path of a video on the image host. */
export const videoPath = `/${BUCKET}/videos/:owner/:file`;

/** A picture or a video that somebody was told the address of. */
export interface OfferedFile {
	/** Its path in the bucket, as `imagePath` or `videoPath`: letters, digits and `-_./` only. */
	key: string;
	type: 'image/jpeg' | 'video/mp4';
	/** Whose camera it is from. */
	device: Device;
	/** Which camera, where it is only one. */
	position?: VideoPosition;
	/** Makes its content, before the first download. */
	make: () => Buffer | Promise<Buffer>;
}

/** All files that were offered, by key. */
export type OfferedFiles = Map<string, OfferedFile>;

const HOUR = 3600;

/** A name for the file of each of these positions; a position that comes again has a number behind it. */
export function named<P extends VideoPosition>(
	positions: readonly P[],
): Array<{ position: P; name: string }> {
	return positions.map((position, index) => {
		const nth = positions.slice(0, index + 1).filter((each) => each === position).length;
		return { position, name: nth === 1 ? position : `${position}-${nth}` };
	});
}

/** The key of a file in the address of its download. */
export function keyIn(pathname: string): string {
	return pathname.replace(`/${BUCKET}/`, '');
}

/** Reads the time of a signature, `20260702T184109Z`, as milliseconds since the epoch. */
function signingTime(text: string): number {
	return Date.parse(
		text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
	);
}

function signingText(at: number): string {
	return iso(at).replaceAll(/[-:]/g, '');
}

/** Pictures and videos, in S3 and behind presigned URLs. */
export class Files {
	private readonly uploads = new WeakMap<OfferedFile, Promise<void>>();

	constructor(
		private readonly store: FileStore,
		private readonly offered: OfferedFiles,
		private readonly clock: Clock,
	) {}

	/** A fresh URL of a file; it stops working `seconds` from now (below 0: has stopped). */
	async url(file: OfferedFile, seconds: number): Promise<{ url: string; expires_at: string }> {
		if (!this.offered.has(file.key)) this.offered.set(file.key, file);
		const expiresAt = Math.floor(this.clock.now() / 1000 + seconds) * 1000;
		// What has stopped working was once signed for a while.
		const lifetime = seconds > 0 ? seconds : HOUR;
		const url = await this.store.sign(file.key, expiresAt - lifetime * 1000, lifetime);
		return { url, expires_at: iso(expiresAt) };
	}

	/** Serves a download: the signature is compared with what the AWS SDK signs, the rest is judged by S3. */
	async serve({ request }: Call): Promise<Answer> {
		const url = new URL(request.url, 'http://images');
		const signedAt = signingTime(url.searchParams.get('X-Amz-Date') ?? '');
		const lifetime = Number(url.searchParams.get('X-Amz-Expires'));
		if (!(signedAt > 0 && lifetime > 0)) return error(403, 'the URL is not signed');
		const key = keyIn(url.pathname);
		const expected = new URL(await this.store.sign(key, signedAt, lifetime));
		expected.searchParams.sort();
		const presented = new URLSearchParams(url.searchParams);
		presented.sort();
		// s3rver does not calculate version 4 signatures.
		if (expected.searchParams.toString() !== presented.toString())
			return error(403, 'SignatureDoesNotMatch');
		const file = this.offered.get(key);
		if (file) await this.stored(file);
		// S3 looks at the clock of the process, which differs from ours if a test injects one.
		url.searchParams.set('X-Amz-Date', signingText(signedAt + Date.now() - this.clock.now()));
		const { authorization } = request.headers;
		return await this.store.get(
			`${url.pathname}${url.search}`,
			authorization === undefined ? {} : { authorization },
		);
	}

	private async stored(file: OfferedFile): Promise<void> {
		const upload = this.uploads.get(file) ?? this.upload(file);
		this.uploads.set(file, upload);
		await upload;
	}

	private async upload({ key, type, make }: OfferedFile): Promise<void> {
		await this.store.put(key, type, await make());
	}
}

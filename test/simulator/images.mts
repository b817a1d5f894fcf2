import { error, type Answer } from './answers.mts';
import type { Capture } from './captures.mts';
import type { Clock } from './clock.mts';
import type { Call } from './host.mts';
import { iso } from './motive.mts';
import type { Painter } from './pictures.mts';
import { BUCKET, type PictureStore } from './store.mts';

/** Path of a picture on the image host; `request_id` tells the capture. */
export const imagePath = `/${BUCKET}/:request_id/:file`;

/** Reads the time of a signature, `20260702T184109Z`, as milliseconds since the epoch. */
function signingTime(text: string): number {
	return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function signingText(at: number): string {
	return iso(at).replaceAll(/[-:]/g, '');
}

/** The pictures of finished captures, in S3 and behind presigned URLs. */
export class Images {
	private readonly uploads = new WeakMap<Capture, Promise<void>>();

	constructor(
		private readonly store: PictureStore,
		private readonly painter: Painter,
		private readonly clock: Clock,
		private readonly lifetime: number,
	) {}

	/**
	 * A fresh URL of a capture's picture, which is drawn and stored before the first one is given out.
	 * It stops working `seconds` from now (below 0: has stopped), by default after the usual lifetime.
	 */
	async url(capture: Capture, seconds = this.lifetime): Promise<{ url: string; expires_at: string }> {
		const key = `${capture.requestId}/${capture.position}.jpg`;
		const upload = this.uploads.get(capture) ?? this.upload(key, capture);
		this.uploads.set(capture, upload);
		await upload;
		const expiresAt = Math.floor(this.clock.now() / 1000 + seconds) * 1000;
		const lifetime = Math.max(seconds, this.lifetime);
		const url = await this.store.sign(key, expiresAt - lifetime * 1000, lifetime);
		return { url, expires_at: iso(expiresAt) };
	}

	private async upload(key: string, capture: Capture): Promise<void> {
		await this.store.put(key, await this.painter.paint(capture));
	}

	/** Serves a download: the signature is compared with what the AWS SDK signs, the rest is judged by S3. */
	async serve({ request, params }: Call): Promise<Answer> {
		const url = new URL(request.url, 'http://images');
		const signedAt = signingTime(url.searchParams.get('X-Amz-Date') ?? '');
		const lifetime = Number(url.searchParams.get('X-Amz-Expires'));
		if (!(signedAt > 0 && lifetime > 0)) return error(403, 'the URL is not signed');
		const key = [params['request_id'], params['file']].join('/');
		const expected = new URL(await this.store.sign(key, signedAt, lifetime));
		expected.searchParams.sort();
		const presented = new URLSearchParams(url.searchParams);
		presented.sort();
		// s3rver does not calculate version 4 signatures.
		if (expected.searchParams.toString() !== presented.toString()) return error(403, 'SignatureDoesNotMatch');
		// S3 looks at the clock of the process, which differs from ours if a test injects one.
		url.searchParams.set('X-Amz-Date', signingText(signedAt + Date.now() - this.clock.now()));
		const { authorization } = request.headers;
		return await this.store.get(`${url.pathname}${url.search}`, authorization === undefined ? {} : { authorization });
	}
}

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../polling/clock';
import { MotiveFailure } from '../motive/failure';
import { HEAD_BYTES, watchBody, type ByteStream } from './bodyWatch';
import { cleanText } from './cleanText';
import { fileTypeOf, type MediaKind } from './fileType';
import { kindOf, parseFailure, parseRetryAfter } from './parseFailure';
import { LONGEST_ANSWER_MS } from './request';

const MOST_REDIRECTS = 3;

/** What a download needs to know. */
export interface FileSource {
	/** Presigned address: a secret, so it stays out of every message. */
	url: string;
	kind: MediaKind;
	/** Name of the file without its extension. */
	baseName: string;
	/** Whether an unencrypted address is refused. */
	mustBeSecure: boolean;
}

/** A file in n8n's binary storage. */
export interface StoredFile {
	binary: IBinaryData;
	fileName: string;
	mimeType: string;
	/** Bytes. */
	fileSize: number;
}

/**
 * Streams a file from its presigned address into n8n's binary storage, without any credential.
 * The body is judged as it passes: empty, cut short, oversized or something else than expected is a failure and
 * not a file. Whether it is as long as it was announced to be, the connection itself knows best: n8n undoes the encoding of
 * a body without a word, so that its length here may be another one.
 *
 * @throws MotiveFailure with the kind of the HTTP status when the storage refuses (403, 404: the address has expired),
 * `noAnswer` when the connection breaks, falls silent or ends too early, `download` when the body is not acceptable
 */
export async function downloadFile(
	context: IExecuteFunctions,
	source: FileSource,
	clock: Clock,
	signal: AbortSignal,
): Promise<StoredFile> {
	const { kind, baseName } = source;
	const { body, announced, hangUp } = await openFile(context, source, clock, signal);
	const watch = watchBody(body, kind.largest, clock, signal, hangUp);
	try {
		if (announced > kind.largest)
			throw new MotiveFailure('download', { detail: `The ${kind.name} is too large` });
		const head = await watch.head;
		if (head.length === 0)
			throw new MotiveFailure('download', { detail: `The ${kind.name} arrived empty` });
		const type = head.length < HEAD_BYTES ? undefined : fileTypeOf(head, kind);
		if (!type)
			throw new MotiveFailure('download', { detail: `What arrived is not a ${kind.name}` });
		const fileName = `${baseName}.${type.extension}`;
		const binary = await context.helpers.prepareBinaryData(body, fileName, type.mimeType);
		return { binary, fileName, mimeType: type.mimeType, fileSize: watch.bytes };
	} catch (error) {
		throw signal.aborted ? signal.reason : (watch.failure ?? asFailure(error));
	} finally {
		watch.stop();
		body.destroy();
		hangUp();
	}
}

async function openFile(
	context: IExecuteFunctions,
	source: FileSource,
	clock: Clock,
	signal: AbortSignal,
) {
	let url = source.url;
	for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
		checkAddress(url, source);
		const call = new AbortController();
		const hangUp = () => call.abort();
		const either = AbortSignal.any([signal, call.signal]);
		const response = await requestStream(context, url, either).catch((error: unknown) => {
			throw signal.aborted ? signal.reason : parseFailure(error, [], clock.now());
		});
		const { statusCode: status, headers } = response;
		const body = response.body as ByteStream;
		if (status >= 200 && status < 300) {
			return { body, announced: Number(headers['content-length'] ?? 0), hangUp };
		}
		body.destroy();
		hangUp();
		const { location } = headers;
		if (status < 300 || status >= 400 || typeof location !== 'string') {
			const retryAfterMs = parseRetryAfter(headers['retry-after'], clock.now());
			throw new MotiveFailure(kindOf(status), {
				status,
				...(retryAfterMs !== undefined && { retryAfterMs }),
			});
		}
		url = URL.canParse(location, url) ? new URL(location, url).href : '';
	}
	throw new MotiveFailure('download', {
		detail: `The address of the ${source.kind.name} leads from one redirect to the next`,
	});
}

async function requestStream(context: IExecuteFunctions, url: string, signal: AbortSignal) {
	return (await context.helpers.httpRequest({
		method: 'GET',
		url,
		// Images and videos are packed already. What is sent in an encoding all the same, n8n has undone.
		headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// Followed by hand, so that each address is checked.
		disableFollowRedirect: true,
		timeout: LONGEST_ANSWER_MS,
		abortSignal: signal,
	})) as { body: unknown; headers: Record<string, unknown>; statusCode: number };
}

function checkAddress(address: string, { kind, mustBeSecure }: FileSource): void {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new MotiveFailure('download', {
			detail: `The address that Motive gave for the ${kind.name} is not usable`,
		});
	}
	if (mustBeSecure && url.protocol !== 'https:') {
		throw new MotiveFailure('download', {
			detail: `The address that Motive gave for the ${kind.name} is not encrypted (http), so it was not fetched`,
		});
	}
}

function asFailure(error: unknown): MotiveFailure {
	if (error instanceof MotiveFailure) return error;
	const text = error instanceof Error ? cleanText(error.message) : '';
	return new MotiveFailure('download', { detail: `n8n could not store the file: ${text}` });
}

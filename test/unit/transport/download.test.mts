import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { MotiveFailure } from '../../../nodes/Motive/motive/failure.ts';
import {
	downloadFile,
	type FileSource,
	type StoredFile,
} from '../../../nodes/Motive/transport/download.ts';
import { IMAGE } from '../../../nodes/Motive/transport/fileType.ts';
import { VirtualClock } from '../polling/virtualClock.mts';
import { unanswered } from './n8nErrors.mts';

const jpeg = Buffer.concat([
	Buffer.from('ffd8ffe000104a46494600010101', 'hex'),
	Buffer.alloc(5_000, 7),
]);
const URL = 'https://bucket.example/a.jpg?X-Amz-Signature=5f1d';

interface Host {
	body: Buffer;
	headers?: Record<string, string>;
	status?: number;
	/** Stands in for n8n's storage. */
	store?: (body: Readable) => Promise<Buffer>;
}

/** Downloads from a host that gives every request the same answer; `requests` collects the requests. */
async function download(
	host: Host,
	part: Partial<FileSource> = {},
	requests: IHttpRequestOptions[] = [],
): Promise<StoredFile> {
	const { body, headers = {}, status = 200, store = buffer } = host;
	const helpers = {
		httpRequest: (options: IHttpRequestOptions) => {
			requests.push(options);
			return Promise.resolve({
				statusCode: status,
				headers,
				body: Readable.from([body], { objectMode: false }),
			});
		},
		prepareBinaryData: async (stream: Readable, fileName: string, mimeType: string) => ({
			data: (await store(stream)).toString('base64'),
			fileName,
			mimeType,
		}),
	};
	const clock = new VirtualClock();
	const source = { url: URL, kind: IMAGE, baseName: 'T-118_rear_7', mustBeSecure: true, ...part };
	const context = { helpers } as unknown as IExecuteFunctions;
	return await clock.run(downloadFile(context, source, clock, new AbortController().signal));
}

/** One answer of a host. */
interface Hop {
	status: number;
	headers?: Record<string, string>;
}

const redirect = (location: string, status = 302): Hop => ({ status, headers: { location } });

/**
 * Downloads where each request gets the next answer, and the last one for good; a good status brings a picture.
 *
 * @returns also what was asked for, and whether the requests and their bodies were ended
 */
function follow(hops: Hop[], part: Partial<FileSource> = {}) {
	const requests: IHttpRequestOptions[] = [];
	const bodies: Readable[] = [];
	const stopping = new AbortController();
	const httpRequest = (options: IHttpRequestOptions) => {
		requests.push(options);
		const hop = hops[requests.length - 1] ?? hops.at(-1);
		const body = Readable.from([jpeg], { objectMode: false });
		bodies.push(body);
		return Promise.resolve({ statusCode: hop?.status, headers: hop?.headers ?? {}, body });
	};
	const prepareBinaryData = async (stream: Readable) => ({ data: String(await buffer(stream)) });
	const context = {
		helpers: { httpRequest, prepareBinaryData },
	} as unknown as IExecuteFunctions;
	const clock = new VirtualClock();
	const source = { url: URL, kind: IMAGE, baseName: 'T-118', mustBeSecure: true, ...part };
	return {
		file: clock.run(downloadFile(context, source, clock, stopping.signal)),
		clock,
		urls: () => requests.map(({ url }) => url),
		areEnded: () => [
			...bodies.map((body) => body.destroyed),
			...requests.map(({ abortSignal }) => (abortSignal as AbortSignal).aborted),
		],
	};
}

describe('A redirect of a file', () => {
	it.each([300, 301, 302, 303, 307, 308, 399])('with HTTP %i is followed', async (status) => {
		const { file, urls, areEnded } = follow([
			redirect('https://other.example/b.jpg?X-Amz-Signature=77', status),
			redirect('/c.jpg', status),
			redirect('d.jpg', status),
			{ status: 200 },
		]);
		expect(await file).toMatchObject({ fileSize: jpeg.length });
		expect(urls()).toEqual([
			URL,
			'https://other.example/b.jpg?X-Amz-Signature=77',
			'https://other.example/c.jpg',
			'https://other.example/d.jpg',
		]);
		expect(new Set(areEnded())).toEqual(new Set([true]));
	});

	it('is the last after three', async () => {
		const { file, urls } = follow([redirect('/a.jpg')]);
		await expect(file).rejects.toMatchObject({
			kind: 'download',
			facts: { detail: 'The address of the picture leads from one redirect to the next' },
		});
		expect(urls()).toHaveLength(4);
	});

	it.each(['http://[', 'file:///etc/passwd', 'https://user@other.example/b.jpg'])(
		'to %s is not followed',
		async (location) => {
			const { file, urls } = follow([redirect(location), { status: 200 }]);
			await expect(file).rejects.toMatchObject({
				kind: 'download',
				facts: { detail: 'The address that Motive gave for the picture is not usable' },
			});
			expect(urls()).toEqual([URL]);
		},
	);

	it('to an unencrypted address is followed only where that is allowed', async () => {
		const hops = [redirect('http://other.example/b.jpg'), { status: 200 }];
		await expect(follow(hops).file).rejects.toThrow('not encrypted');
		const { file } = follow(hops, { mustBeSecure: false });
		expect(await file).toMatchObject({ fileSize: jpeg.length });
	});

	it('without an address is a refusal', async () => {
		await expect(follow([{ status: 302 }]).file).rejects.toMatchObject({
			kind: 'redirected',
			facts: { status: 302 },
		});
	});
});

describe('The status of a file', () => {
	it.each([200, 201, 206, 299])('is a good one: %i', async (status) => {
		expect(await follow([{ status }]).file).toMatchObject({ fileSize: jpeg.length });
	});

	it.each([101, 199, 400, 403, 404, 503])(
		'%i is a refusal, also with an address to go to',
		async (status) => {
			const { file, urls, areEnded } = follow([redirect('/b.jpg', status), { status: 200 }]);
			const failure: unknown = await file.catch((error: unknown) => error);
			expect(failure).toBeInstanceOf(MotiveFailure);
			expect(failure).toHaveProperty('facts', { status });
			expect(urls()).toEqual([URL]);
			expect(areEnded()).toEqual([true, true]);
		},
	);
});

describe('What a download leaves behind', () => {
	it('is nothing that is still open, watched or waited for', async () => {
		const { file, clock, areEnded } = follow([{ status: 200 }]);
		await file;
		expect(areEnded()).toEqual([true, true]);
		await clock.run(clock.sleep(0));
		expect(clock.sleeping).toBe(0);
	});
});

describe('A download that gets no answer', () => {
	const failing = async (error: Error, signal: AbortSignal) => {
		const clock = new VirtualClock();
		const helpers = { httpRequest: async () => await Promise.reject(error) };
		const source = { url: URL, kind: IMAGE, baseName: 'T-118', mustBeSecure: true };
		const context = { helpers } as unknown as IExecuteFunctions;
		return await clock.run(downloadFile(context, source, clock, signal));
	};

	it('says why', async () => {
		await expect(
			failing(unanswered('ECONNREFUSED'), new AbortController().signal),
		).rejects.toMatchObject({
			kind: 'unreachable',
			facts: { detail: 'The server refused the connection: ECONNREFUSED' },
		});
	});

	it('fails for the reason for which the execution was stopped', async () => {
		const reason = new Error('stopped');
		const thrown = failing(unanswered('ERR_CANCELED'), AbortSignal.abort(reason));
		await expect(thrown).rejects.toBe(reason);
	});

	it('is given up when the execution is stopped', async () => {
		const clock = new VirtualClock();
		const stopping = new AbortController();
		const httpRequest = async ({ abortSignal }: IHttpRequestOptions) =>
			await new Promise((_resolve, reject) => {
				abortSignal?.addEventListener?.('abort', () => reject(unanswered('ERR_CANCELED')));
				stopping.abort(new Error('stopped'));
			});
		const context = { helpers: { httpRequest } } as unknown as IExecuteFunctions;
		const source = { url: URL, kind: IMAGE, baseName: 'T-118', mustBeSecure: true };
		await expect(clock.run(downloadFile(context, source, clock, stopping.signal))).rejects.toThrow(
			'stopped',
		);
	});
});

describe('downloadFile', () => {
	it('streams the file into the storage, under its name and type', async () => {
		const stored = await download({
			body: jpeg,
			headers: { 'content-length': String(jpeg.length) },
		});
		expect(stored).toMatchObject({
			fileName: 'T-118_rear_7.jpg',
			mimeType: 'image/jpeg',
			fileSize: jpeg.length,
		});
		expect(Buffer.from(stored.binary.data, 'base64')).toEqual(jpeg);
	});

	it('sends no credential, follows no redirect by itself, and wants the plain bytes', async () => {
		const requests: IHttpRequestOptions[] = [];
		await download({ body: jpeg }, {}, requests);
		expect(requests).toMatchObject([
			{
				url: URL,
				headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
				encoding: 'stream',
				disableFollowRedirect: true,
			},
		]);
		expect(requests[0]).not.toHaveProperty('auth');
	});

	it.each([
		[
			'announced as too large',
			{ body: jpeg, headers: { 'content-length': '1000000000' } },
			'download',
			'The picture is too large',
		],
		['empty', { body: Buffer.alloc(0) }, 'download', 'The picture arrived empty'],
		[
			'only the beginning of a picture',
			{ body: jpeg.subarray(0, 5) },
			'download',
			'What arrived is not a picture',
		],
		[
			'a web page',
			{ body: Buffer.from('<!doctype html><html></html>') },
			'download',
			'What arrived is not a picture',
		],
	])('does not accept a body that is %s', async (_, host, kind, detail) => {
		await expect(download(host)).rejects.toMatchObject({ kind, facts: { detail } });
	});

	it('takes a picture that is exactly as large as allowed, or as short as one can be', async () => {
		const headers = { 'content-length': String(IMAGE.largest) };
		await expect(download({ body: jpeg, headers })).resolves.toMatchObject({
			fileSize: jpeg.length,
		});
		await expect(download({ body: jpeg.subarray(0, 16) })).resolves.toMatchObject({ fileSize: 16 });
	});

	it('takes a body whose encoding n8n has undone, so that its announced length is another', async () => {
		for (const length of ['100', '9000']) {
			const host = { body: jpeg, headers: { 'content-length': length } };
			await expect(download(host)).resolves.toMatchObject({ fileSize: jpeg.length });
		}
	});

	it.each([
		[403, 'forbidden'],
		[404, 'notFound'],
		[503, 'unavailable'],
	])('says that the host answered HTTP %i', async (status, kind) => {
		const failure = { kind, facts: { status, retryAfterMs: 7_000 } };
		await expect(
			download({ body: jpeg, status, headers: { 'retry-after': '7' } }),
		).rejects.toMatchObject(failure);
	});

	it.each([
		'',
		'bucket.example/a.jpg',
		'file:///a.jpg',
		'ftp://bucket.example/a.jpg',
		'https://user:secret@bucket.example/a.jpg',
		'https://user@bucket.example/a.jpg',
		'https://:secret@bucket.example/a.jpg',
		'xhttps://bucket.example/a.jpg',
	])('asks nobody for %j', async (url) => {
		const requests: IHttpRequestOptions[] = [];
		const part = { url, mustBeSecure: false };
		await expect(download({ body: jpeg }, part, requests)).rejects.toMatchObject({
			kind: 'download',
			facts: { detail: 'The address that Motive gave for the picture is not usable' },
		});
		expect(requests).toEqual([]);
	});

	it('fetches an unencrypted address only where that is allowed', async () => {
		const url = 'http://bucket.example/a.jpg';
		await expect(download({ body: jpeg }, { url })).rejects.toThrow('not encrypted');
		await expect(download({ body: jpeg }, { url, mustBeSecure: false })).resolves.toMatchObject({
			fileSize: jpeg.length,
		});
	});

	it('says when the storage failed, without the signature', async () => {
		const store = () => Promise.reject(new Error(`disk full while writing ${URL}`));
		await expect(download({ body: jpeg, store })).rejects.toMatchObject({
			kind: 'download',
			facts: {
				detail:
					'n8n could not store the file: disk full while writing https://bucket.example/a.jpg',
			},
		});
	});
});

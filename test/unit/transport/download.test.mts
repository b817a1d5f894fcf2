import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	downloadFile,
	type FileSource,
	type StoredFile,
} from '../../../nodes/Motive/transport/download.ts';
import { IMAGE } from '../../../nodes/Motive/transport/fileType.ts';
import { VirtualClock } from '../polling/virtualClock.mts';

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
	])('asks nobody for %j', async (url) => {
		const requests: IHttpRequestOptions[] = [];
		await expect(download({ body: jpeg }, { url }, requests)).rejects.toMatchObject({
			kind: 'download',
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

import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl, S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import S3rver from 's3rver';
import type { Answer } from './answers.mts';

// This says on every start that versions of 2027 will want Node 22; the Node of the tests is ours to choose.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Bucket that holds pictures and videos. */
export const BUCKET = 'motive-captures';

const MOST_SIGNED = 10_000;

/** Account that s3rver knows by default. */
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * A real S3 server with a temporary directory. The AWS SDK signs for it but does not talk to it:
 * its client sets timers, which tests that replace `setTimeout` would see.
 */
export class FileStore {
	private readonly presigner: S3RequestPresigner;
	/** What was signed lately: lists of events are fetched again and again within a second. */
	private readonly signed = new Map<string, Promise<string>>();

	private constructor(
		private readonly server: S3rver,
		private readonly port: number,
		private readonly directory: string,
		private readonly endpoint: URL,
		private readonly client: S3Client,
	) {
		this.presigner = new S3RequestPresigner(client.config);
	}

	/** Starts an S3 server whose presigned URLs begin with `endpoint`. */
	static async start(endpoint: string): Promise<FileStore> {
		const directory = await mkdtemp(path.join(tmpdir(), 'motive-simulator-'));
		const server = new S3rver({
			address: '127.0.0.1',
			port: 0,
			silent: true,
			directory,
			vhostBuckets: false,
			configureBuckets: [{ name: BUCKET, configs: [] }],
		});
		const { port } = await server.run();
		const client = new S3Client({
			endpoint,
			forcePathStyle: true,
			region: 'us-east-1',
			credentials,
			requestChecksumCalculation: 'WHEN_REQUIRED',
			responseChecksumValidation: 'WHEN_REQUIRED',
		});
		return new FileStore(server, port, directory, new URL(endpoint), client);
	}

	/** A URL that allows to read `key` for `seconds` after `signedAt` (milliseconds; S3 drops fractions of a second). */
	async sign(key: string, signedAt: number, seconds: number): Promise<string> {
		const what = [key, Math.floor(signedAt / 1000), seconds].join(' ');
		if (this.signed.size >= MOST_SIGNED) this.signed.clear();
		const url = this.signed.get(what) ?? this.presign(key, signedAt, seconds);
		this.signed.set(what, url);
		return await url;
	}

	private async presign(key: string, signedAt: number, seconds: number): Promise<string> {
		const { protocol, hostname, port, host } = this.endpoint;
		const path = `/${BUCKET}/${key}`;
		const plain = {
			protocol,
			hostname,
			port: Number(port),
			method: 'GET',
			path,
			query: {},
			headers: { host },
		};
		// Without the client around it, which takes ten times as long: a page of events has hundreds of URLs.
		const signed = await this.presigner.presign(plain, {
			signingDate: new Date(signedAt),
			expiresIn: seconds,
		});
		const url = new URL(path, this.endpoint);
		for (const [name, value] of Object.entries(signed.query ?? {}))
			url.searchParams.set(name, String(value));
		return url.href;
	}

	/** Stores a file of this content type, and makes sure that whoever reads it from now on gets all of it. */
	async put(key: string, type: string, content: Buffer): Promise<void> {
		const command = new PutObjectCommand({ Bucket: BUCKET, Key: key });
		const url = new URL(await getSignedUrl(this.client, command));
		const headers = { 'content-type': type, 'content-length': String(content.length) };
		const { status } = await this.send('PUT', `${url.pathname}${url.search}`, headers, content);
		if (status !== 200) throw new Error(`S3 refused an upload with status ${String(status)}`);
		// s3rver says now and then that it is done before a byte of the file is on the disk.
		while ((await this.sizeOf(key)) !== content.length);
	}

	private async sizeOf(key: string): Promise<number> {
		const { pathname, search } = new URL(
			await getSignedUrl(this.client, new GetObjectCommand({ Bucket: BUCKET, Key: key })),
		);
		return (await this.send('GET', `${pathname}${search}`, {})).body.length;
	}

	/** What S3 says to a request for `target` (path and query) with these headers. */
	async get(target: string, headers: Record<string, string>): Promise<Answer> {
		return await this.send('GET', target, headers);
	}

	private async send(
		method: string,
		target: string,
		headers: Record<string, string>,
		body?: Buffer,
	): Promise<Answer & { body: Buffer }> {
		// Kept connections are closed by s3rver when idle for 5 s, now and then just while a request is on its way.
		const agent = false;
		const outgoing = httpRequest({
			host: '127.0.0.1',
			port: this.port,
			agent,
			method,
			path: target,
			headers,
		});
		outgoing.end(body);
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			outgoing.once('response', resolve).once('error', reject);
		});
		const type = response.headers['content-type'];
		return {
			status: response.statusCode ?? 0,
			headers: type === undefined ? {} : { 'content-type': type },
			body: await buffer(response),
		};
	}

	/** Stops the server and removes its directory. */
	async stop(): Promise<void> {
		this.client.destroy();
		await this.server.close();
		await rm(this.directory, { recursive: true, force: true });
	}
}

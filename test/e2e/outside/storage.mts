import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';

/** A real S3 server with one bucket. */
export interface Storage {
	/** Where it listens. */
	readonly url: string;
	/** The names of all files, sorted. */
	names(): Promise<string[]>;
	/** A file and its content type. */
	read(name: string): Promise<{ type: string | undefined; content: Buffer }>;
	stop(): Promise<void>;
}

/** Account that s3rver knows by default. */
export const STORAGE_ACCOUNT = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** Starts an S3 server with a temporary directory. */
export async function startStorage(bucket: string): Promise<Storage> {
	const directory = await mkdtemp(join(tmpdir(), 'outside-storage-'));
	const configureBuckets = [{ name: bucket, configs: [] }];
	const options = {
		address: '127.0.0.1',
		port: 0,
		silent: true,
		directory,
		vhostBuckets: false,
		configureBuckets,
	};
	const server = new S3rver(options);
	const { port } = await server.run();
	const url = `http://127.0.0.1:${String(port)}`;
	const client = new S3Client({
		endpoint: url,
		forcePathStyle: true,
		region: 'us-east-1',
		credentials: STORAGE_ACCOUNT,
	});
	return {
		url,
		names: async () => {
			const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
			return Contents.map(({ Key }) => Key ?? '').sort();
		},
		read: async (name) => {
			const { ContentType: type, Body } = await client.send(
				new GetObjectCommand({ Bucket: bucket, Key: name }),
			);
			return { type, content: Buffer.from((await Body?.transformToByteArray()) ?? []) };
		},
		stop: async () => {
			client.destroy();
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}

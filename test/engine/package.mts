/**
 * The package as users get it: `npm pack` of the built repository, unpacked below `.cache/packed`.
 * Vitest calls the default export once per run (globalSetup).
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { pack, unpack } from './tarball.mts';

const repository = path.resolve(import.meta.dirname, '../..');
const cache = path.join(repository, '.cache/packed');

/**
 * Folder of the unpacked package. It lies inside the repository so that `n8n-workflow` is found, and
 * not below a `node_modules`, because Vitest leaves everything there out of its coverage.
 */
export const packedPackage = path.join(cache, 'n8n-nodes-motive');

/**
 * Packs and unpacks the built package. An identical one stays in place, so that two test runs do not
 * delete each other's files.
 * @throws when the repository has not been built
 */
export default async function packPackage(): Promise<void> {
	if (!existsSync(path.join(repository, 'dist/nodes'))) {
		throw new Error('There is no dist folder to test: run "npm run build" first.');
	}
	await mkdir(cache, { recursive: true });
	const work = await mkdtemp(path.join(cache, 'new-'));
	try {
		const tarball = await pack(repository, work);
		const stamp = path.join(cache, 'integrity.txt');
		const known = existsSync(packedPackage) && existsSync(stamp) && (await readFile(stamp, 'utf8'));
		if (known === tarball.integrity) return;
		await unpack(tarball, path.join(work, 'package'));
		await rm(packedPackage, { recursive: true, force: true });
		await rename(path.join(work, 'package'), packedPackage);
		await writeFile(stamp, tarball.integrity);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

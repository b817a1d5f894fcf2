import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, unpack } from '../engine/tarball.mts';

/**
 * Installs a built package where n8n keeps community packages. It uses the tarball that npm would publish, so that a
 * missing file is noticed here and not by the first user.
 * @param packageDir the package's folder, built
 * @param userFolder n8n's `N8N_USER_FOLDER`
 */
export async function installPackage(packageDir: string, userFolder: string): Promise<void> {
	const work = await mkdtemp(join(tmpdir(), 'npm-pack-'));
	try {
		const tarball = await pack(packageDir, work);
		const target = join(userFolder, '.n8n/nodes/node_modules', tarball.name);
		await rm(target, { recursive: true, force: true });
		await unpack(tarball, target);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

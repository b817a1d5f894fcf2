import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';

const packed = z.tuple([z.object({ name: z.string(), filename: z.string() })]);

/**
 * Puts a built package where n8n keeps the community packages of its users. It takes the way over the tarball that
 * npm would publish, so that a file missing from it is noticed here and not by the first user.
 * @param packageDir the package's folder, built
 * @param userFolder n8n's `N8N_USER_FOLDER`
 */
export async function installPackage(packageDir: string, userFolder: string): Promise<void> {
	const work = await mkdtemp(join(tmpdir(), 'npm-pack-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', work];
		const { stdout } = await execa('npm', args, { cwd: packageDir });
		const [{ name, filename }] = packed.parse(JSON.parse(stdout));
		const target = join(userFolder, '.n8n/nodes/node_modules', name);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		await execa('tar', ['-xzf', join(work, filename), '-C', target, '--strip-components=1']);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}

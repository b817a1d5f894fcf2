/** The package as npm would publish it. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { execa } from 'execa';
import { z } from 'zod';

const Packed = z.tuple([
	z.object({ name: z.string(), filename: z.string(), integrity: z.string(), size: z.number() }),
]);

/** A tarball of a package. */
export interface Tarball {
	/** Name of the package. */
	name: string;
	file: string;
	/** Hash of the contents. */
	integrity: string;
	/** Bytes. */
	size: number;
}

/** Packs a built package into a folder. */
export async function pack(packageFolder: string, folder: string): Promise<Tarball> {
	const flags = ['--json', '--ignore-scripts', '--pack-destination', folder];
	const { stdout } = await execa('npm', ['pack', ...flags], { cwd: packageFolder });
	const [{ filename, ...rest }] = Packed.parse(JSON.parse(stdout));
	return { ...rest, file: path.join(folder, filename) };
}

/** Unpacks a tarball into a folder, which is created if need be. */
export async function unpack({ file }: Tarball, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await execa('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
}

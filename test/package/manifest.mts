import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { z } from 'zod';

export const repository = path.resolve(import.meta.dirname, '../..');

/** Reads the fields of a package.json that the schema names. */
export async function readManifest<Schema extends z.ZodTypeAny>(
	schema: Schema,
	folder = repository,
): Promise<z.output<Schema>> {
	return schema.parse(
		JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
	) as z.output<Schema>;
}

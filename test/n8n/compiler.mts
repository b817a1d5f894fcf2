import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What compiling takes, by the names that it may have. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
	'a C++ compiler': ['g++', 'clang++', 'c++'],
	make: ['make', 'gmake'],
	'Python 3': ['python3', 'python'],
};

/**
 * What a machine needs for n8n's database driver, and whether it is there.
 * @param path folders in which programs are looked for; default: those of this process
 */
export async function compilerNeeds(path = process.env['PATH'] ?? ''): Promise<string> {
	const found = await Promise.all(
		Object.entries(TOOLS).map(async ([tool, names]) => ({
			tool,
			isHere: await hasAny(path, names),
		})),
	);
	const missing = found.filter(({ isHere }) => !isHere).map(({ tool }) => tool);
	const state = missing.length === 0 ? 'all are here' : `missing here: ${missing.join(', ')}`;
	return `If the database driver cannot be had from github.com it is compiled, with ${Object.keys(TOOLS).join(', ')} (${state})`;
}

async function hasAny(path: string, names: readonly string[]): Promise<boolean> {
	const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
	const looks = await Promise.allSettled(
		places.map(async (place) => await access(place, constants.X_OK)),
	);
	return looks.some(({ status }) => status === 'fulfilled');
}

import type { JsonObject } from '../../motive/json';
import { ASSETS, readAll } from '../../transport/lists';
import type { MotiveApi } from '../../transport/request';
import { nothingFound } from '../../runs/lookUp';

/** The id of an asset in a sentence. */
export function idInWords(id: number): string {
	return `the ID ${id}`;
}

/**
 * Finds assets by their ids. Motive documents no request for a single one, so the list of all is read, once per run.
 *
 * @param read how to send a request that only reads
 * @throws (the function) MotiveFailure `notFound`
 */
export function assetsById(read: MotiveApi['send']): (id: number) => Promise<JsonObject> {
	let all: Promise<JsonObject[]> | undefined;
	return async (id) => {
		all ??= readAll(read, ASSETS);
		const asset = (await all).find((each) => each['id'] === id);
		if (!asset) throw nothingFound({ kind: 'asset', by: idInWords(id) });
		return asset;
	};
}

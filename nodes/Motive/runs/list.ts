import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { readAll, type MotiveList } from '../transport/lists';
import type { FilterField } from '../parameters/filterFields';
import { allOf } from '../parameters/filters';
import { getManyFields, readFilters, readGetMany } from '../parameters/listFields';
import type { Operation } from './operation';
import { mergeFields } from '../parameters/readers';
import { runReads } from './read';

/** A Get Many, as far as it differs from the others. */
export interface GetMany {
	list: MotiveList;
	/** What is listed, in words that fit behind “list of”. */
	things: string;
	/** What the list of operations says about it. */
	description: string;
	/** In alphabetical order. */
	filters: FilterField[];
	simplify(entry: JsonObject): JsonObject;
}

/** The operation that lists records: filtered, as many as wanted, simplified where wanted. */
export function getMany({ list, things, description, filters, simplify }: GetMany): Operation {
	return {
		option: { name: 'Get Many', action: `Get many ${things}`, description },
		description: getManyFields(filters.map(({ field }) => field)),
		execute: async (context) =>
			await runReads(context, {
				readItem(_, itemIndex) {
					const set = readFilters(context, itemIndex);
					const zone = context.getTimezone();
					const given = filters.filter(({ field }) => set[field.name] !== undefined);
					const filter = allOf(given.map(({ field, read }) => read(set[field.name], zone)));
					return { ...readGetMany(context, itemIndex), ...filter };
				},
				subjectOf: () => `list of ${things}`,
				connect:
					(read) =>
					async ({ accepts, limit, query, extraQuery, ...input }) => {
						const wish = { accepts, limit, query: mergeFields(query, extraQuery) as IDataObject };
						const entries = await readAll(read, list, wish);
						return input.simplify ? entries.map(simplify) : entries;
					},
			}),
	};
}

import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import type { MotiveList } from '../motive/lists';
import type { FilterField } from '../parameters/filterFields';
import { listFields, readListInput } from '../parameters/listFields';
import { mergeFields } from '../parameters/readers';
import { requestAll } from '../transport/paging';
import { LIST_ADVICE } from '../transport/errorTexts';
import type { Operation } from './operation';
import { readOperation } from './read';

/** An operation that lists records, as far as it differs from others. */
export interface ListOperation {
	list: MotiveList;
	/** What is listed, in words that fit behind “list of”. */
	things: string;
	/** What the list of operations says about it. */
	description: string;
	/** In alphabetical order. */
	filters: FilterField[];
	/** The record as one row of a table. */
	simplify: (record: JsonObject) => JsonObject;
}

/** Makes an operation that lists records: filtered, as many as wanted, simplified where wanted. */
export function listOperation({
	list,
	things,
	description,
	filters,
	simplify,
}: ListOperation): Operation {
	return readOperation({
		text: { name: 'Get Many', action: `Get many ${things}`, description },
		fields: listFields(filters.map(({ field }) => field)),
		read: (context, itemIndex) => readListInput(context, itemIndex, filters),
		advice: LIST_ADVICE,
		subject: () => `list of ${things}`,
		connect:
			({ request }) =>
			async (input) => {
				const { accepts, limit, extraQuery } = input;
				const query = mergeFields(input.query, extraQuery) as IDataObject;
				const records = await requestAll(request, list, {
					accepts,
					limit,
					query,
					sideBySide: true,
				});
				return input.simplify ? records.map(simplify) : records;
			},
	});
}

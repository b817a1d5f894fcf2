import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import type { MotiveList } from '../motive/lists';
import type { FilterField } from '../parameters/filterFields';
import { listFields, readListInput } from '../parameters/listFields';
import { mergeFields } from '../parameters/readers';
import { requestAll } from '../transport/paging';
import type { Operation } from './operation';
import { readOperation } from './read';

/** An operation that lists records, as far as it differs from others. */
export interface ListOperation {
	list: MotiveList;
	/** What the list of operations says about it. */
	description: string;
	/** In alphabetical order. */
	filters: FilterField[];
	/** The record as one row of a table. */
	simplify: (record: JsonObject) => JsonObject;
}

/** Makes an operation that lists records: filtered, as many as wanted, simplified where wanted. */
export function listOperation({ list, description, filters, simplify }: ListOperation): Operation {
	return readOperation({
		text: { name: 'Get Many', action: `Get many ${list.things}`, description },
		fields: listFields(filters.map(({ field }) => field)),
		read: (context, itemIndex) => readListInput(context, itemIndex, filters),
		subject: () => `list of ${list.things}`,
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

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import type { FilterField } from './filterFields';
import { allOf, type ListFilter } from './filters';
import { readBoolean, readJsonObject, readOptions, readWholeNumber } from './readers';

/** What a Get Many is asked for. */
export interface ListInput extends ListFilter {
	/** Infinity: all. */
	limit: number;
	simplify: boolean;
	/** Parameters that the user adds to the request. */
	extraQuery: JsonObject;
}

/** Whether the output is cut down to the fields that matter. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The parameters of a Get Many; `filters` are those of its resource. */
export function listFields(filters: INodeProperties[]): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: filters,
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Additional Query Parameters',
					name: 'queryJson',
					type: 'json',
					default: '{}',
					placeholder: 'e.g. { "media_required": true }',
					description:
						'Parameters to add to the request to Motive, as a JSON object. They replace those of the same name; null leaves one out.',
				},
			],
		},
	];
}

/**
 * Reads `simplify`.
 *
 * @throws BadInput
 */
export function readSimplify(context: IExecuteFunctions, itemIndex: number): boolean {
	return readBoolean(context.getNodeParameter('simplify', itemIndex, true), 'Simplify');
}

/**
 * Reads the parameters of a Get Many with these filters; those that the user left empty do not count.
 *
 * @throws BadInput
 */
export function readListInput(
	context: IExecuteFunctions,
	itemIndex: number,
	filters: readonly FilterField[],
): ListInput {
	const chosen: unknown = context.getNodeParameter('filters', itemIndex, {});
	const values = isObject(chosen) ? chosen : {};
	const given = filters.filter(({ field }) => !isEmpty(values[field.name]));
	const filter = allOf(
		given.map(({ field, read }) => read(values[field.name], context.getTimezone())),
	);
	const returnAll = context.getNodeParameter('returnAll', itemIndex, false);
	return {
		...filter,
		limit: readBoolean(returnAll, 'Return All')
			? Infinity
			: readWholeNumber(context.getNodeParameter('limit', itemIndex, 50), 'Limit'),
		simplify: readSimplify(context, itemIndex),
		extraQuery: readJsonObject(
			readOptions(context, itemIndex)['queryJson'] ?? {},
			'Additional Query Parameters',
		),
	};
}

function isEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.length === 0;
	return value === undefined || value === null || value === '';
}

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import { readJsonObject, readWholeNumber } from './readers';

/** What every Get Many is asked for, besides its filters. */
export interface GetManyInput {
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
export function getManyFields(filters: INodeProperties[]): INodeProperties[] {
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

/** Reads `simplify`. */
export function readSimplify(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('simplify', itemIndex, true) !== false;
}

/**
 * Reads the parameters that every Get Many has.
 *
 * @throws BadInput
 */
export function readGetMany(context: IExecuteFunctions, itemIndex: number): GetManyInput {
	const returnAll = context.getNodeParameter('returnAll', itemIndex, false) === true;
	const options = context.getNodeParameter('options', itemIndex, {});
	return {
		limit: returnAll
			? Infinity
			: readWholeNumber(context.getNodeParameter('limit', itemIndex, 50), 'Limit'),
		simplify: readSimplify(context, itemIndex),
		extraQuery: readJsonObject(options['queryJson'] ?? {}, 'Additional Query Parameters'),
	};
}

/** Reads `filters` without those that the user left empty. */
export function readFilters(context: IExecuteFunctions, itemIndex: number): JsonObject {
	const filters: unknown = context.getNodeParameter('filters', itemIndex, {});
	const given = Object.entries(isObject(filters) ? filters : {}).filter(
		([, value]) => !isEmpty(value),
	);
	return Object.fromEntries(given);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		value === '' ||
		(Array.isArray(value) && value.length === 0)
	);
}

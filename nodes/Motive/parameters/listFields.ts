import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import type { FilterField } from './filterFields';
import { allOf, type ListFilter } from './filters';
import { BadInput } from './badInput';
import {
	collectionOf,
	optionsOf,
	parametersOf,
	readBoolean,
	readJsonObject,
	readWholeNumber,
} from './readers';

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

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

const queryJsonOption: INodeProperties = {
	displayName: 'Additional Query Parameters',
	name: 'queryJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "media_required": true }',
	description:
		'Parameters to add to the request to Motive, as a JSON object. They replace those of the same name; null leaves one out.',
};

/** The parameters of a Get Many; `filters` are those of its resource. */
export function listFields(filters: INodeProperties[]): INodeProperties[] {
	return [
		returnAllField,
		limitField,
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
			options: [queryJsonOption],
		},
	];
}

/**
 * Reads the parameters of a Get Many with these filters.
 *
 * @throws BadInput
 */
export function readListInput(
	context: IExecuteFunctions,
	itemIndex: number,
	filters: readonly FilterField[],
): ListInput {
	const parameter = parametersOf(context, itemIndex);
	const option = optionsOf(context, itemIndex);
	return {
		...readFilters(context, itemIndex, filters),
		limit: parameter(returnAllField, readBoolean)
			? Infinity
			: parameter(limitField, readWholeNumber),
		simplify: parameter(simplifyField, readBoolean),
		extraQuery: option(queryJsonOption, readJsonObject),
	};
}

/**
 * Filters that the user left empty do not count. One whose expression finds nothing is refused: without it there would be
 * more than was asked for.
 */
function readFilters(
	context: IExecuteFunctions,
	itemIndex: number,
	filters: readonly FilterField[],
): ListFilter {
	const values = collectionOf(context, itemIndex, 'filters');
	const set = filters.filter(({ field: { displayName, name } }) => {
		const value = values[name];
		if (Object.hasOwn(values, name) && (value === null || value === undefined))
			throw new BadInput(`${displayName} is set, but has no value: give it one, or take it out`);
		return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
	});
	return allOf(set.map(({ field, read }) => read(values[field.name], context.getTimezone())));
}

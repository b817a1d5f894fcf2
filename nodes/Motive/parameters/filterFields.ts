import type { INodeProperties } from 'n8n-workflow';

import { parseEvent } from '../motive/event';
import { NOT_GIVEN, SEVERITIES } from '../motive/eventWords';
import type { JsonObject } from '../motive/json';
import {
	byActivity,
	byIds,
	byWords,
	startedFrom,
	startedUntil,
	updatedAfter,
	type ListFilter,
} from './filters';
import { readMoment } from './moment';
import { readChoice, readChoices, readIds, type ChoiceField } from './choices';

/** A filter of a Get Many: what the editor shows, and what it does. */
export interface FilterField {
	field: INodeProperties;
	/**
	 * Makes the filter of what the user set.
	 *
	 * @param timeZone the workflow's time zone
	 * @throws BadInput
	 */
	read: (value: unknown, timeZone: string) => ListFilter;
}

/** Puts a field and its reader together. */
export function filterField<F extends INodeProperties>(
	field: F,
	read: (value: unknown, field: F, timeZone: string) => ListFilter,
): FilterField {
	return { field, read: (value, timeZone) => read(value, field, timeZone) };
}

/** Only what belongs to some drivers. */
export function driverFilter(idsOf: (entry: JsonObject) => readonly unknown[]): FilterField {
	return filterField(
		{
			displayName: 'Driver Names or IDs',
			name: 'driverIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getDrivers' },
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		(value, field) => byIds(readIds(value, field), 'driver_ids', idsOf),
	);
}

/** Only what is in use, or only what is not. */
export function statusFilter(things: string, parameter?: string): FilterField {
	const status: ChoiceField<'active' | 'deactivated'> = {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Deactivated', value: 'deactivated' },
		],
		default: 'active',
		description: `Only active ${things}, or only deactivated ones`,
	};
	return filterField(status, (value, field) =>
		byActivity(readChoice(value, field) === 'active', parameter),
	);
}

/** Only what changed since a moment. */
export function updatedAfterFilter(things: string): FilterField {
	return filterField(
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: `Only ${things} whose data changed at this moment or later`,
		},
		(value, field, timeZone) => updatedAfter(readMoment(value, field, timeZone), timeZone),
	);
}

const severities: ChoiceField = {
	displayName: 'Severities',
	name: 'severities',
	type: 'multiOptions',
	options: SEVERITIES,
	default: [],
	description: 'Only events of these severities',
};

/** The filters that safety and speeding events have in common. */
export const eventFilters = {
	drivers: driverFilter((event) => [parseEvent(event).driver.id]),
	from: filterField(
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Only events that began at this moment or later',
		},
		(value, field, timeZone) => startedFrom(readMoment(value, field, timeZone), timeZone),
	),
	severities: filterField(severities, (value, field) =>
		byWords(
			readChoices(value, field),
			undefined,
			(event) => parseEvent(event).severity ?? NOT_GIVEN,
		),
	),
	until: filterField(
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description:
				'Only events that began at this moment or before. A date without a time means its end.',
		},
		(value, field, timeZone) => startedUntil(readMoment(value, field, timeZone, 'end'), timeZone),
	),
	vehicles: filterField(
		{
			displayName: 'Vehicle Names or IDs',
			name: 'vehicleIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getVehicles' },
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		(value, field) =>
			byIds(readIds(value, field), 'vehicle_ids', (event) => [parseEvent(event).vehicle.id]),
	),
};

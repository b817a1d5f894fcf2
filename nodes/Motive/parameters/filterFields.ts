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
import { readChoice, readIds, readList } from './readers';

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

/** Only what belongs to some drivers. */
export function driverFilter(
	description: string,
	idsOf: (entry: JsonObject) => readonly unknown[],
): FilterField {
	return {
		field: {
			displayName: 'Driver IDs',
			name: 'driverIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 20011, 20012',
			description: `${description}, separated by commas`,
		},
		read: (value) => byIds(readIds(value, 'Driver IDs'), 'driver_ids', idsOf),
	};
}

/** Only what is in use, or only what is not. */
export function statusFilter(things: string, parameter?: string): FilterField {
	return {
		field: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Deactivated', value: 'deactivated' },
			],
			default: 'active',
			description: `Only active ${things}, or only deactivated ones`,
		},
		read: (value) =>
			byActivity(readChoice(value, ['active', 'deactivated'], 'Status') === 'active', parameter),
	};
}

/** Only what changed since a moment. */
export function updatedAfterFilter(things: string): FilterField {
	return {
		field: {
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: `Only ${things} whose data changed at this moment or later`,
		},
		read: (value, timeZone) => updatedAfter(readMoment(value, 'Updated After', timeZone)),
	};
}

/** The filters that safety and speeding events have in common. */
export const eventFilters = {
	drivers: driverFilter('Only events of these drivers', (event) => [parseEvent(event).driver.id]),
	from: {
		field: {
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Only events that began at this moment or later',
		},
		read: (value, timeZone) => startedFrom(readMoment(value, 'From', timeZone)),
	},
	severities: {
		field: {
			displayName: 'Severities',
			name: 'severities',
			type: 'multiOptions',
			options: SEVERITIES,
			default: [],
			description: 'Only events of these severities',
		},
		read: (value) =>
			byWords(readList(value), undefined, (event) => parseEvent(event).severity ?? NOT_GIVEN),
	},
	until: {
		field: {
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description:
				'Only events that began at this moment or before. A date without a time means its end.',
		},
		read: (value, timeZone) => startedUntil(readMoment(value, 'Until', timeZone, 'end')),
	},
	vehicles: {
		field: {
			displayName: 'Vehicle Names or IDs',
			name: 'vehicleIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getVehicles' },
			default: [],
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		read: (value) =>
			byIds(readIds(value, 'Vehicle Names or IDs'), 'vehicle_ids', (event) => [
				parseEvent(event).vehicle.id,
			]),
	},
} satisfies Record<string, FilterField>;

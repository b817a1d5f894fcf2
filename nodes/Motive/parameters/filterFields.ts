import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../motive/json';
import { byActivity, byIds, updatedAfter, type ListFilter } from './filters';
import { readMoment } from './readMoment';
import { readChoice, readIds } from './readers';

/** A filter of a Get Many: what the editor shows, and what it does. */
export interface FilterField {
	field: INodeProperties;
	/**
	 * Makes the filter of what the user set.
	 *
	 * @param timeZone the workflow's time zone
	 * @throws BadInput
	 */
	read(value: unknown, timeZone: string): ListFilter;
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

/** Only vehicles or assets that are in use, or only those that are not. */
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
			description: `Only ${things} that are in use, or only those that are not`,
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

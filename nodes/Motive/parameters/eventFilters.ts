import { NOT_GIVEN, SEVERITIES } from '../motive/eventWords';
import { normaliseEvent } from '../motive/event';
import { driverFilter, type FilterField } from './filterFields';
import { byIds, byWords, startedFrom, startedUntil } from './filters';
import { readMoment } from './readMoment';
import { readIds, readList } from './readers';

/** The filters that safety and speeding events have in common. */
export const eventFilters = {
	drivers: driverFilter('Only events of these drivers', (event) => [
		normaliseEvent(event).driver.id,
	]),
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
			byWords(readList(value), undefined, (event) => normaliseEvent(event).severity ?? NOT_GIVEN),
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
				normaliseEvent(event).vehicle.id,
			]),
	},
} satisfies Record<string, FilterField>;

import { SAFETY_EVENT_TYPES } from '../../fleet/eventWords';
import { SAFETY_EVENTS } from '../../transport/lists';
import { eventFilters } from '../eventFilters';
import { updatedAfterFilter, type FilterField } from '../filterFields';
import { byWords } from '../filters';
import { getMany } from '../getMany';
import { readList } from '../readParameters';
import { simplifySafetyEvent } from './simplifySafetyEvent';

const types: FilterField = {
	field: {
		displayName: 'Types',
		name: 'types',
		type: 'multiOptions',
		options: SAFETY_EVENT_TYPES,
		default: [],
		description:
			'Only events of these types. For a type that is not listed, use an expression with a list of names.',
	},
	read: (value) => byWords(readList(value), 'event_types', (event) => event['type']),
};

/**
 * Lists safety events.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const getAll = getMany({
	description: 'List crashes, hard brakes, distractions and the like',
	list: SAFETY_EVENTS,
	things: 'safety events',
	filters: [
		eventFilters.drivers,
		eventFilters.from,
		eventFilters.severities,
		types,
		eventFilters.until,
		updatedAfterFilter('events'),
		eventFilters.vehicles,
	],
	simplify: simplifySafetyEvent,
});

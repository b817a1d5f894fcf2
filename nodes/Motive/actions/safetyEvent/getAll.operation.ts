import { SAFETY_EVENT_TYPES } from '../../motive/eventWords';
import { SAFETY_EVENTS } from '../../motive/lists';
import { eventFilters, filterField, updatedAfterFilter } from '../../parameters/filterFields';
import { byWords } from '../../parameters/filters';
import { listOperation } from '../../runs/list';
import { readWords, type ChoiceField } from '../../parameters/choices';
import { simplifySafetyEvent } from './output';

const types: ChoiceField = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	options: SAFETY_EVENT_TYPES,
	default: [],
	description:
		'Only events of these types. For a type that is not listed, use an expression with a list of names.',
};

/**
 * Lists safety events.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const getManySafetyEvents = listOperation({
	description: 'List crashes, hard brakes, distractions and the like',
	list: SAFETY_EVENTS,
	filters: [
		eventFilters.drivers,
		eventFilters.from,
		eventFilters.severities,
		filterField(types, (value, field) =>
			byWords(readWords(value, field), 'event_types', (event) => event['type']),
		),
		eventFilters.until,
		updatedAfterFilter('events'),
		eventFilters.vehicles,
	],
	simplify: simplifySafetyEvent,
});

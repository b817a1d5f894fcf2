import { SPEEDING_EVENTS } from '../../transport/lists';
import { eventFilters } from '../../parameters/eventFilters';
import { getMany } from '../../runs/list';
import { simplifySpeedingEvent } from './simplifySpeedingEvent';

/**
 * Lists speeding events.
 *
 * @see https://developer.gomotive.com/docs/step-3-view-the-speeding-events
 */
export const getAll = getMany({
	description: 'List where vehicles were faster than allowed',
	list: SPEEDING_EVENTS,
	things: 'speeding events',
	filters: [
		eventFilters.drivers,
		eventFilters.from,
		eventFilters.severities,
		eventFilters.until,
		eventFilters.vehicles,
	],
	simplify: simplifySpeedingEvent,
});

import { SPEEDING_EVENTS } from '../../motive/lists';
import { eventFilters } from '../../parameters/filterFields';
import { listOperation } from '../../runs/list';
import { simplifySpeedingEvent } from './output';

/**
 * Lists speeding events.
 *
 * @see https://developer.gomotive.com/docs/step-3-view-the-speeding-events
 */
export const getManySpeedingEvents = listOperation({
	description: 'List where vehicles were faster than allowed',
	list: SPEEDING_EVENTS,
	filters: [
		eventFilters.drivers,
		eventFilters.from,
		eventFilters.severities,
		eventFilters.until,
		eventFilters.vehicles,
	],
	simplify: simplifySpeedingEvent,
});

import type { JsonObject } from '../../motive/json';
import { optionsField } from '../../parameters/jobOptions';
import { simplifyField } from '../../parameters/listFields';
import { optionsOf, parametersOf, readBoolean } from '../../parameters/readers';
import { readOperation } from '../../runs/read';
import { eventId, eventTime, onlyIfStandsOption, vehicleIdOption } from './fields';
import { eventFinder, onceListed } from './find';
import { simplifySafetyEvent } from './output';
import { readWantedEvent } from './parameters';

/**
 * Gets one safety event, and tells whether it still stands: Motive takes those back that its review does not confirm.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const getSafetyEvent = readOperation({
	text: {
		name: 'Get',
		action: 'Get safety event',
		description: 'Fetch an event, or learn that Motive has taken it back',
	},
	fields: [eventId, eventTime, simplifyField, optionsField([onlyIfStandsOption, vehicleIdOption])],
	read(context, itemIndex) {
		const parameter = parametersOf(context, itemIndex);
		const option = optionsOf(context, itemIndex);
		return {
			event: readWantedEvent(context, parameter, option),
			onlyIfStands: option(onlyIfStandsOption, readBoolean),
			simplify: parameter(simplifyField, readBoolean),
		};
	},
	subject: ({ event: { id } }) => `safety event ${id}`,
	connect({ request, clock, signal, inputs }) {
		const finder = eventFinder();
		for (const { event } of inputs) finder.expect(event);
		return async ({ event: wanted, onlyIfStands, simplify }): Promise<JsonObject[]> => {
			const look = async () => await finder.find(request, wanted);
			const event = await onceListed(look, { clock, signal });
			if (event === undefined) return onlyIfStands ? [] : [{ id: wanted.id, stands: false }];
			return [{ ...(simplify ? simplifySafetyEvent(event) : event), stands: true }];
		};
	},
});

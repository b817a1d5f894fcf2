import type { IDataObject } from 'n8n-workflow';

import { parseEventMedia } from '../motive/eventMedia';
import type { JsonObject } from '../motive/json';
import { SAFETY_EVENTS, SPEEDING_EVENTS, type MotiveList } from '../motive/lists';

/** A kind of event that Motive can be asked for. */
export interface EventKind {
	/** Its value in the parameter `event`. */
	name: string;
	/** What the editor calls it. */
	title: string;
	description: string;
	/** How messages speak of them. */
	things: string;
	list: MotiveList;
	/** What is asked of the list besides days. */
	query: IDataObject;
	/** The action under which a webhook gets the same event. */
	action: string;
	/** The OAuth2 scope that the list needs. */
	scope: string;
	/** Whether a record of the list counts already. */
	counts: (record: JsonObject) => boolean;
}

const SAFETY = { list: SAFETY_EVENTS, scope: 'driver_performance_events.read' };

/** What the Motive Polling Trigger can look for; in alphabetical order. */
export const EVENT_KINDS: EventKind[] = [
	{
		...SAFETY,
		name: 'safetyEvent',
		title: 'Safety Event',
		description: 'A crash, hard brake, distraction and the like, as soon as Motive lists it',
		things: 'safety events',
		query: {},
		action: 'driver_performance_event_created',
		counts: () => true,
	},
	{
		...SAFETY,
		name: 'safetyEventMedia',
		title: 'Safety Event Media Ready',
		description: 'The first picture or video of a safety event can be downloaded',
		things: 'safety events with pictures or videos',
		// Without it the list has no links.
		query: { media_required: true },
		action: 'driver_performance_event_updated',
		counts: (record) => parseEventMedia(record).media.length > 0,
	},
	{
		name: 'speedingEvent',
		title: 'Speeding Event',
		description: 'A vehicle was faster than allowed',
		things: 'speeding events',
		list: SPEEDING_EVENTS,
		query: {},
		action: 'speeding_event_created',
		scope: 'speeding_events.read',
		counts: () => true,
	},
];

import type { JsonObject } from './answers.mts';
import { incidentOf, type EventMedia } from './eventMedia.mts';
import { safetyEvent, speedingEvent } from './events.mts';
import type { Happening } from './happenings.mts';
import { withMedia } from './subEvents.mts';
import { isRecord } from './values.mts';

/** What a webhook gets of an event, with its media as they are now. */
export async function payloadOf(
	happening: Happening,
	media: EventMedia,
	action?: string,
): Promise<JsonObject> {
	const { device, record } = happening;
	const { driver } = record;
	const changes = {
		...record,
		driver: undefined,
		vehicle: undefined,
		current_driver: driver,
		...(action !== undefined && { action }),
	};
	if (happening.kind === 'speeding') return speedingEvent(device, changes);
	const { sub_event_metadata: parts, ...whole } = await withMedia(
		safetyEvent(device, changes),
		incidentOf(happening),
		media,
	);
	return {
		...whole,
		driver_id: isRecord(driver) ? driver['id'] : null,
		// Here the parts of an event stand beside its other fields.
		...(isRecord(parts) && {
			action: action ?? 'driver_performance_event_updated',
			sub_events: parts['sub_events'],
		}),
	};
}

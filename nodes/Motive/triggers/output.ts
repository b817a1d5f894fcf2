import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { NormalisedEvent } from '../motive/event';
import type { JsonObject } from '../motive/json';
import { successJson } from '../runs/items';

/** An event: as Motive gives it, and in common terms. */
export interface SeenEvent {
	record: JsonObject;
	event: NormalisedEvent;
}

/**
 * The item of an event: what Motive says of it, as it came, and next to that the event in common terms. No record is
 * known to have a key `event`; if one has, it is kept as `motive_event`, so that what workflows rely on has its place.
 */
export function eventItem({ record, event }: SeenEvent): INodeExecutionData {
	return { json: successJson(record, { event }) as IDataObject };
}

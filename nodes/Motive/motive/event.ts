import { isObject, type JsonObject } from './json';
import { withZone } from './moment';
import { parseId, parseName, parseNumber, parseObject, parseText, type Id } from './parse';

/** What every event has in common, under the same names whatever its action; null where Motive says nothing. */
export interface NormalisedEvent {
	/** What happened, in Motive's word, for example `speeding_event_created`. */
	action: string | null;
	/** Id of what the event is about: of the event itself, or of the vehicle or user that was changed. */
	id: Id | null;
	/** Kind within the action, for example `hard_brake`. */
	type: string | null;
	/** In lower case, for example `critical`. */
	severity: string | null;
	/** When it happened (not when it was sent): ISO 8601 with a time zone. */
	occurred_at: string | null;
	vehicle: { id: Id | null; number: string | null };
	driver: { id: Id | null; name: string | null };
	/** Place in words. */
	location: string | null;
	/** Degrees. */
	lat: number | null;
	/** Degrees. */
	lon: number | null;
}

/** Where the moment of an event may stand, best first. */
const TIMES = [
	'occurred_at',
	'start_time',
	'located_at',
	'event_time',
	'last_observed_at',
	'first_observed_at',
	'time',
	'timestamp',
	'updated_at',
];

/**
 * Reads an event of any action. Never throws: what is not there or not readable is null.
 *
 * @param timeZone for times that come without one; UTC, in which Motive writes times unless it is asked for another
 */
export function parseEvent(payload: JsonObject, timeZone = 'UTC'): NormalisedEvent {
	const body = bodyOf(payload);
	const action = parseText(payload, 'action');
	const metadata = parseObject(body, 'metadata');
	const place = parseObject(body, 'location');
	const occurredAt = parseOccurredAt(payload) ?? parseText(body, 'created_at');
	const severity = parseText(metadata, 'severity') ?? parseText(body, 'severity', 'dtc_severity');
	return {
		action,
		id: parseId(body, 'id'),
		type: isSpeeding(action)
			? 'speeding'
			: (parseText(body, 'type', 'event_type') ??
				parseText(metadata, 'trigger') ??
				parseText(body, 'trigger')),
		severity: severity?.toLowerCase() ?? null,
		occurred_at: occurredAt === null ? null : withZone(occurredAt, timeZone),
		vehicle: parseVehicle(body, action),
		driver: parseDriver(body, action),
		location: parsePlace(body, place, action),
		lat: parseNumber(body, 'lat', 'latitude', 'start_lat') ?? parseNumber(place, 'lat', 'latitude'),
		lon:
			parseNumber(body, 'lon', 'lng', 'longitude', 'start_lon') ??
			parseNumber(place, 'lon', 'lng', 'longitude'),
	};
}

/** When an event happened, as Motive writes it; null if it does not say. */
export function parseOccurredAt(payload: JsonObject): string | null {
	const body = bodyOf(payload);
	return (hasLeft(body) ? parseText(body, 'end_time') : null) ?? parseText(body, ...TIMES);
}

/** Lists of speeding events have another word there, which is about the limit. */
function isSpeeding(action: string | null): boolean {
	return action?.startsWith('speeding_event_') ?? false;
}

/** Whether somebody has left a geofence: then the start is when, and with whom, it was entered. */
function hasLeft(body: JsonObject): boolean {
	return parseText(body, 'event_type') === 'geofence_exit';
}

/** Attributes stand next to the action; where there is only a single object, those in it count as well. */
function bodyOf(payload: JsonObject): JsonObject {
	const attributes = Object.entries(payload).filter(([key]) => key !== 'action');
	const [, only] = attributes[0] ?? [];
	return attributes.length === 1 && isObject(only) ? { ...only, ...payload } : payload;
}

function parseVehicle(body: JsonObject, action: string | null): NormalisedEvent['vehicle'] {
	if (action === 'vehicle_upserted')
		return { id: parseId(body, 'id'), number: parseText(body, 'number') };
	const vehicle = parseObject(body, 'vehicle', 'current_vehicle');
	return {
		id: parseId(vehicle, 'id') ?? parseId(body, 'vehicle_id'),
		number: parseText(vehicle, 'number') ?? parseText(body, 'vehicle_number'),
	};
}

function parseDriver(body: JsonObject, action: string | null): NormalisedEvent['driver'] {
	if (action?.startsWith('user_')) return { id: parseId(body, 'id'), name: parseName(body) };
	const atBorder = hasLeft(body) ? ['end_driver', 'start_driver'] : ['start_driver'];
	const driver = parseObject(body, ...atBorder, 'driver', 'current_driver', 'user');
	return {
		id: parseId(driver, 'id') ?? parseId(body, 'driver_id', 'user_id'),
		name: parseName(driver) ?? parseText(body, 'driver_name'),
	};
}

function parsePlace(body: JsonObject, place: JsonObject, action: string | null): string | null {
	const described = action?.startsWith('vehicle_location_') ? parseText(body, 'description') : null;
	return (
		parseText(body, 'location', 'nominatim_location', 'address') ??
		parseText(place, 'description', 'address', 'name') ??
		described
	);
}

import { isObject, type JsonObject } from './json';
import { readId, readName, readNumber, readObject, readText, type Id } from './parse';

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
	/** When it happened (not when it was sent), as Motive writes it: ISO 8601. */
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

/** Reads an event of any action. Never throws: what is not there or not readable is null. */
export function normaliseEvent(payload: JsonObject): NormalisedEvent {
	const body = bodyOf(payload);
	const action = readText(payload, 'action');
	const metadata = readObject(body, 'metadata');
	const place = readObject(body, 'location');
	const severity = readText(metadata, 'severity') ?? readText(body, 'severity', 'dtc_severity');
	return {
		action,
		id: readId(body, 'id'),
		type:
			readText(body, 'type', 'event_type') ??
			readText(metadata, 'trigger') ??
			readText(body, 'trigger'),
		severity: severity?.toLowerCase() ?? null,
		occurred_at: readMoment(payload) ?? readText(body, 'created_at'),
		vehicle: readVehicle(body, action),
		driver: readDriver(body, action),
		location: readPlace(body, place, action),
		lat: readNumber(body, 'lat', 'latitude', 'start_lat') ?? readNumber(place, 'lat', 'latitude'),
		lon:
			readNumber(body, 'lon', 'lng', 'longitude', 'start_lon') ??
			readNumber(place, 'lon', 'lng', 'longitude'),
	};
}

/** When an event happened, if it says so. */
export function readMoment(payload: JsonObject): string | null {
	return readText(bodyOf(payload), ...TIMES);
}

/** Attributes stand next to the action; where there is only a single object, those in it count as well. */
function bodyOf(payload: JsonObject): JsonObject {
	const attributes = Object.entries(payload).filter(([key]) => key !== 'action');
	const [, only] = attributes[0] ?? [];
	return attributes.length === 1 && isObject(only) ? { ...only, ...payload } : payload;
}

function readVehicle(body: JsonObject, action: string | null): NormalisedEvent['vehicle'] {
	if (action === 'vehicle_upserted')
		return { id: readId(body, 'id'), number: readText(body, 'number') };
	const vehicle = readObject(body, 'vehicle', 'current_vehicle');
	return {
		id: readId(vehicle, 'id') ?? readId(body, 'vehicle_id'),
		number: readText(vehicle, 'number') ?? readText(body, 'vehicle_number'),
	};
}

function readDriver(body: JsonObject, action: string | null): NormalisedEvent['driver'] {
	if (action?.startsWith('user_')) return { id: readId(body, 'id'), name: readName(body) };
	const driver = readObject(body, 'driver', 'current_driver', 'user');
	return {
		id: readId(driver, 'id') ?? readId(body, 'driver_id', 'user_id'),
		name: readName(driver) ?? readText(body, 'driver_name'),
	};
}

function readPlace(body: JsonObject, place: JsonObject, action: string | null): string | null {
	const described = action?.startsWith('vehicle_location_') ? readText(body, 'description') : null;
	return (
		readText(body, 'location', 'nominatim_location', 'address') ??
		readText(place, 'description', 'address', 'name') ??
		described
	);
}

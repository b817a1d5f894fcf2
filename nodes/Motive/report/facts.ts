import { parseEvent } from '../motive/event';
import { SAFETY_EVENT_TYPES } from '../motive/eventWords';
import type { JsonObject } from '../motive/json';
import { parseObject, parseText } from '../motive/parse';
import { positionName } from '../motive/positions';
import type { Incident } from './report';

/** What is known about an incident, in words; a text is empty where nothing is known. */
export interface Facts {
	/** Kind of event, for example `Hard Brake`. */
	type: string;
	/** In lower case, for example `critical`. */
	severity: string;
	/** As Motive writes it. */
	occurredAt: string;
	eventId: string;
	/** Fleet numbers. */
	vehicle: string;
	/** Names. */
	asset: string;
	/** Year, make and model. */
	model: string;
	vin: string;
	/** License plate, with its state. */
	plate: string;
	driver: string;
	company: string;
	place: string;
	coordinates: Coordinates | null;
}

/** A point on the map, in degrees. */
export interface Coordinates {
	lat: number;
	lon: number;
}

/**
 * Gathers what is known: from the event, and what it leaves open about vehicle and company from the other sources.
 *
 * @param timeZone of times that come without one
 */
export function factsOf(
	{ event, sources }: Pick<Incident, 'event' | 'sources'>,
	timeZone: string,
): Facts {
	const { id, type, severity, occurred_at, vehicle, driver, location, lat, lon } = parseEvent(
		event ?? {},
		timeZone,
	);
	const all = [event ?? {}, ...sources];
	const unit = all.flatMap(unitsIn).find(isDescribed) ?? {};
	return {
		type: typeName(type ?? ''),
		severity: severity ?? '',
		occurredAt: occurred_at ?? '',
		eventId: String(id ?? ''),
		vehicle: vehicle.number ?? (distinct(all.map(vehicleNumber)) || String(vehicle.id ?? '')),
		asset: distinct(all.map(assetName)),
		model: words(unit, 'year', 'make', 'model'),
		vin: words(unit, 'vin'),
		plate: words(unit, 'license_plate_state', 'license_plate_number'),
		driver: driver.name ?? String(driver.id ?? ''),
		company: all.map(companyName).find(Boolean) ?? '',
		place: location ?? '',
		coordinates: coordinatesOf(lat, lon),
	};
}

/** What an incident is called in a line, for example `Hard Brake · T-118`; empty where nothing is known. */
export function subjectOf({ type, vehicle, asset }: Facts): string {
	return [type, vehicle || asset].filter(Boolean).join(' · ');
}

/** A type of event as the editor calls it. */
function typeName(type: string): string {
	return SAFETY_EVENT_TYPES.find(({ value }) => value === type)?.name ?? positionName(type);
}

/** Where vehicles and assets stand in records of Motive's, and records that are one themselves. */
function unitsIn(source: JsonObject): JsonObject[] {
	return [parseObject(source, 'vehicle', 'current_vehicle'), parseObject(source, 'asset'), source];
}

/** Whether a record tells more of a vehicle or asset than its name. A model alone may be that of anything. */
function isDescribed(unit: JsonObject): boolean {
	return parseText(unit, 'vin', 'make', 'license_plate_number') !== null;
}

function vehicleNumber(source: JsonObject): string {
	return (
		parseText(parseObject(source, 'vehicle', 'current_vehicle'), 'number') ??
		parseText(source, 'vehicle_number') ??
		''
	);
}

function assetName(source: JsonObject): string {
	return parseText(parseObject(source, 'asset'), 'name') ?? parseText(source, 'asset_name') ?? '';
}

function companyName(source: JsonObject): string {
	return (
		parseText(parseObject(source, 'company'), 'name') ??
		parseText(source, 'company_name', 'company') ??
		''
	);
}

function coordinatesOf(lat: number | null, lon: number | null): Coordinates | null {
	if (lat === null || lon === null) return null;
	return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

function words(source: JsonObject, ...names: string[]): string {
	return names.flatMap((name) => parseText(source, name) ?? []).join(' ');
}

function distinct(texts: readonly string[]): string {
	return [...new Set(texts)].filter(Boolean).join(', ');
}

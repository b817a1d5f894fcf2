import type { JsonObject } from './json';
import { ASSETS, DRIVERS, VEHICLES, type MotiveList } from './lists';
import { isFound, matchKey, searchable, type Searchable } from './matching';
import { parseId, parseName, parseObject, parseText, type Id } from './parse';
import { isActive } from './records';

/** What people pick from lists. */
export type FleetKind = 'asset' | 'driver' | 'vehicle';

/** A record of the fleet, as far as it takes to find it. */
export interface FleetEntry {
	id: Id;
	/** What people call it: the fleet number or the name, else the id. */
	name: string;
	/** What helps to tell it from others. */
	details: string[];
	isActive: boolean;
	texts: Searchable;
	/** All that Motive says about it, of assets only: for those there is no request for a single one. */
	record?: JsonObject;
}

/** Where each kind is listed. */
export const FLEET_LISTS: Record<FleetKind, MotiveList> = {
	asset: ASSETS,
	driver: DRIVERS,
	vehicle: VEHICLES,
};

/** The texts of a record; what it does not have is null. */
interface Texts {
	name: string | null;
	/** What is shown behind the name. */
	shown: Array<string | null>;
	/** What it is found by as well. */
	hidden: Array<string | null>;
}

const TEXTS: Record<FleetKind, (record: JsonObject) => Texts> = {
	asset: (asset) => ({
		name: parseText(asset, 'name'),
		shown: [
			joined(asset, ['make', 'model']),
			parseText(asset, 'type')?.replaceAll('_', ' ') ?? null,
		],
		hidden: [parseText(asset, 'vin'), parseText(asset, 'license_plate_number')],
	}),
	driver: (driver) => ({
		name: parseName(driver),
		shown: [parseText(driver, 'driver_company_id'), parseText(driver, 'email', 'username')],
		hidden: [parseText(driver, 'username'), parseText(driver, 'phone')],
	}),
	vehicle: (vehicle) => ({
		name: parseText(vehicle, 'number'),
		shown: [driverName(vehicle), joined(vehicle, ['year', 'make', 'model'])],
		hidden: [parseText(vehicle, 'vin'), parseText(vehicle, 'license_plate_number')],
	}),
};

/** The entries for records of the fleet, but for those without an id, which nothing can be done with. */
export function fleetEntries(kind: FleetKind, records: readonly JsonObject[]): FleetEntry[] {
	return records.map((record) => fleetEntry(kind, record)).filter((entry) => entry !== undefined);
}

/** The entry for a record of the fleet; none for one without an id. */
export function fleetEntry(kind: FleetKind, record: JsonObject): FleetEntry | undefined {
	const id = parseId(record, 'id');
	if (id === null) return undefined;
	const { name, shown, hidden } = TEXTS[kind](record);
	const active = isActive(record);
	const status = active ? null : (parseText(record, 'status') ?? 'inactive');
	const details = [...shown, status].filter((text) => text !== null);
	return {
		id,
		name: name ?? `ID ${id}`,
		details,
		isActive: active,
		texts: searchable([name, ...details], [String(id), ...hidden]),
		...(kind === 'asset' && { record }),
	};
}

/** The entries that people may mean by a name, however they spell it; active ones only if there are any. */
export function entriesNamed(name: string, entries: readonly FleetEntry[]): FleetEntry[] {
	const key = matchKey(name);
	const named = entries.filter((entry) => key !== '' && matchKey(entry.name) === key);
	const active = named.filter((entry) => entry.isActive);
	return active.length > 0 ? active : named;
}

/** The entries that are found by a name, for somebody who mistyped it. */
export function entriesLike(name: string, entries: readonly FleetEntry[]): FleetEntry[] {
	return matchKey(name) === '' ? [] : entries.filter(({ texts }) => isFound(name, texts));
}

/** Who drives a vehicle: now, or permanently where nobody does. */
function driverName(vehicle: JsonObject): string | null {
	return (
		parseName(parseObject(vehicle, 'current_driver')) ??
		parseName(parseObject(vehicle, 'permanent_driver'))
	);
}

function joined(record: JsonObject, names: readonly string[]): string | null {
	const texts = names.map((name) => parseText(record, name)).filter((text) => text !== null);
	return texts.length > 0 ? texts.join(' ') : null;
}

import { asError, MotiveFailure } from '../motive/failure';
import {
	entriesLike,
	entriesNamed,
	FLEET_LISTS,
	type FleetEntry,
	type FleetKind,
} from '../motive/fleet';
import { isObject, type JsonObject } from '../motive/json';
import { isEntryOf } from '../motive/lists';
import { parseEntries, parseInteger, parseText, unwrapEntry } from '../motive/parse';
import type { RequestFleet } from '../transport/fleetLists';
import type { MotiveRequest, SendRequest } from '../transport/request';

/** A record that Motive finds by one request. */
export interface Lookup {
	kind: FleetKind;
	/** What it is looked up by, in words that fit into a sentence, for example `the number “T-118”`. */
	by: string;
	request: Pick<MotiveRequest, 'path' | 'query'>;
	/** Whether a record is the one: a picture of the wrong truck is worse than none. */
	isMeant: (record: JsonObject) => boolean;
	/** What people call it, where that is how it is looked up: they may spell it differently. */
	name?: string;
}

/** Requests all vehicles, assets or drivers of the company. */
type RequestWholeFleet = (kind: FleetKind) => Promise<readonly FleetEntry[]>;

/** A record with its id, and the other fields as Motive gave them. */
export type FleetRecord = JsonObject & { id: number };

/** Most records that are looked up one by one; for more of them the list may take fewer requests. */
export const FEW_RECORDS = 5;

/** Most names that a message gives as examples. */
const MOST_EXAMPLES = 3;

/**
 * Looks one record up.
 *
 * @param fleet where to look for a name that Motive does not know in this spelling; nowhere unless given
 * @throws MotiveFailure `notFound` when there is none, Motive answers with another one, or the name may mean several
 */
export async function lookUp(
	send: SendRequest,
	lookup: Lookup,
	fleet?: RequestWholeFleet,
): Promise<FleetRecord> {
	const { kind, name, isMeant } = lookup;
	try {
		const record = recordIn(await send({ method: 'GET', ...lookup.request }), kind);
		const id = parseInteger(record, 'id');
		if (id !== null && isEntryOf(FLEET_LISTS[kind], record) && isMeant(record))
			return { ...record, id };
	} catch (error) {
		if (!(error instanceof MotiveFailure && error.kind === 'notFound')) throw asError(error);
	}
	if (fleet === undefined || name === undefined) throw nothingFound(lookup);
	return await lookUp(send, vehicleById(idOf(lookup, name, await fleet(kind))));
}

/** A vehicle by its fleet number. */
export function vehicleByNumber(number: string): Lookup {
	return {
		kind: 'vehicle',
		by: `the number “${number}”`,
		request: { path: '/v1/vehicles/lookup', query: { number } },
		isMeant: (vehicle) => isSame(parseText(vehicle, 'number'), number),
		name: number,
	};
}

/** A vehicle by its id. */
export function vehicleById(id: number): Lookup {
	return {
		kind: 'vehicle',
		by: byId(id),
		request: { path: `/v1/vehicles/${id}` },
		isMeant: (vehicle) => parseInteger(vehicle, 'id') === id,
	};
}

/**
 * A vehicle or asset by the id that another system gave it.
 *
 * @see https://developer-docs.gomotive.com/reference/lookup-an-asset-using-an-external-id
 */
export function recordByExternalId(
	kind: 'vehicle' | 'asset',
	externalId: string,
	integrationName: string,
): Lookup {
	return {
		kind,
		by: `the external ID “${externalId}” of “${integrationName}”`,
		request: {
			path: `/v1/${kind}s/lookup_by_external_id`,
			query: { external_id: externalId, integration_name: integrationName },
		},
		isMeant: ({ external_ids: linked }) =>
			!Array.isArray(linked) ||
			linked.some((link: unknown) => isObject(link) && String(link['external_id']) === externalId),
	};
}

/**
 * Finds vehicles by their fleet numbers; each number is looked up once per run. Those that are asked for at the same time
 * are looked for in the list of all vehicles where it is there already, or takes fewer requests.
 *
 * @returns a function from fleet number to the vehicle's id and its number as Motive spells it; it throws MotiveFailure
 * `notFound` when no vehicle or more than one can be meant
 */
export function vehiclesByNumber(
	send: SendRequest,
	fleet: RequestFleet,
): (number: string) => Promise<{ id: number; name: string }> {
	const numbers = new Set<string>();
	let reading: Promise<readonly FleetEntry[] | undefined> | undefined;
	return remembering(async (number) => {
		numbers.add(number);
		// All items ask in the same moment.
		await Promise.resolve();
		// Where it fails, each lookup tells why for its own item.
		reading ??= fleet('vehicle', numbers.size > FEW_RECORDS ? numbers.size : 0).catch(
			() => undefined,
		);
		const list = (await reading) ?? [];
		const [listed, another] = list.filter(({ name }) => isSame(name, number));
		if (typeof listed?.id === 'number' && !another) return { id: listed.id, name: listed.name };
		const vehicle = await lookUp(send, vehicleByNumber(number), fleet);
		return { id: vehicle.id, name: parseText(vehicle, 'number') ?? number };
	});
}

/**
 * Finds assets by their ids. Motive documents no request for a single one, so they are looked for in the list of all.
 *
 * @returns a function from asset id to the asset; it throws MotiveFailure `notFound` when there is none
 */
export function assetsById(fleet: RequestWholeFleet): (id: number) => Promise<JsonObject> {
	const listOf = remembering(fleet);
	return async (id) => {
		const asset = (await listOf('asset')).find((each) => each.id === id)?.record;
		if (!asset) throw nothingFound({ kind: 'asset', by: byId(id) });
		return asset;
	};
}

/**
 * Finds what people call vehicles and assets: the fleet number or the name behind an id; each is looked up once per run.
 *
 * @returns a function from kind and id to the name; it throws MotiveFailure `notFound` when there is no such record or it
 * has no name
 */
export function sourceNames(
	send: SendRequest,
	fleet: RequestWholeFleet,
): (kind: 'vehicle' | 'asset', id: number) => Promise<string> {
	const assetById = assetsById(fleet);
	const vehicleOf = remembering(async (id: number) => await lookUp(send, vehicleById(id)));
	return async (kind, id) => {
		const record = kind === 'asset' ? await assetById(id) : await vehicleOf(id);
		const name = parseText(record, kind === 'asset' ? 'name' : 'number');
		if (name !== null) return name;
		const detail = `Motive has no ${kind === 'asset' ? 'name' : 'number'} for the ${kind} ${id}`;
		throw new MotiveFailure('notFound', { detail });
	};
}

/** An id in a sentence. */
export function byId(id: number): string {
	return `the ID ${id}`;
}

/** Finds each thing once. What failed is looked for again by the next who asks: it may have passed. */
function remembering<Key, Found>(find: (key: Key) => Promise<Found>): (key: Key) => Promise<Found> {
	const known = new Map<Key, Promise<Found>>();
	return async (key) => {
		const found = known.get(key) ?? find(key);
		known.set(key, found);
		try {
			return await found;
		} catch (error) {
			known.delete(key);
			throw asError(error);
		}
	};
}

/** The record in an answer, whether it is wrapped or not, or in a list of one. */
function recordIn(answer: unknown, kind: FleetKind): JsonObject {
	const { plural, singular } = FLEET_LISTS[kind];
	const [entry] = isObject(answer) ? parseEntries(answer, plural) : [];
	const record = unwrapEntry(entry?.value ?? answer, singular);
	return isObject(record) ? record : {};
}

/** The id of the only record that can be meant by a name. */
function idOf(lookup: Lookup, name: string, entries: readonly FleetEntry[]): number {
	const named = entriesNamed(name, entries);
	const [only] = named;
	if (named.length === 1 && typeof only?.id === 'number') return only.id;
	if (named.length > 1) {
		const detail = `More than one ${lookup.kind} may be meant by ${lookup.by}: ${examplesOf(named)}`;
		throw new MotiveFailure('notFound', { detail });
	}
	const alike = entriesLike(name, entries);
	throw nothingFound(lookup, alike.length > 0 ? ` (similar: ${examplesOf(alike)})` : '');
}

function examplesOf(entries: readonly FleetEntry[]): string {
	const names = entries.map(({ name }) => name);
	const more = names.length > MOST_EXAMPLES ? ' and others' : '';
	return names.slice(0, MOST_EXAMPLES).join(', ') + more;
}

/** Whether Motive says what was asked for, but for case and for the two ways to write é. */
export function isSame(said: string | null, asked: string): boolean {
	const plain = (text: string) => text.normalize('NFC').trim().toLowerCase();
	return said !== null && plain(said) === plain(asked);
}

function nothingFound({ kind, by }: Pick<Lookup, 'kind' | 'by'>, addendum = ''): MotiveFailure {
	return new MotiveFailure('notFound', { detail: `Motive has no ${kind} with ${by}${addendum}` });
}

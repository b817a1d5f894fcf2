import { asError, MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import { ASSETS } from '../motive/lists';
import { parseInteger, parseText, unwrapEntry } from '../motive/parse';
import { requestAll } from '../transport/paging';
import type { MotiveRequest, SendRequest } from '../transport/request';

/** A record that Motive finds by one request. */
export interface Lookup {
	kind: 'vehicle' | 'asset';
	/** What it is looked up by, in words that fit into a sentence, for example `the number “T-118”`. */
	by: string;
	request: Pick<MotiveRequest, 'path' | 'query'>;
	/** Whether a record is the one: a picture of the wrong truck is worse than none. */
	isMeant: (record: JsonObject) => boolean;
}

/** A record with its id, and the other fields as Motive gave them. */
export type FleetRecord = JsonObject & { id: number };

/**
 * Looks one record up.
 *
 * @throws MotiveFailure `notFound` when there is none, or Motive answers with another one
 */
export async function lookUp(send: SendRequest, lookup: Lookup): Promise<FleetRecord> {
	const { kind, request, isMeant } = lookup;
	const answer = unwrapEntry(await answerTo(send, lookup, { method: 'GET', ...request }), kind);
	const fields = isObject(answer) ? answer : {};
	const id = parseInteger(fields, 'id');
	if (id === null || !isMeant({ ...fields, id })) throw nothingFound(lookup);
	return { ...fields, id };
}

/** A vehicle by its fleet number. */
export function vehicleByNumber(number: string): Lookup {
	return {
		kind: 'vehicle',
		by: `the number “${number}”`,
		request: { path: '/v1/vehicles/lookup', query: { number } },
		isMeant: (vehicle) => numberKey(String(vehicle['number'])) === numberKey(number),
	};
}

/** A vehicle by its id. */
export function vehicleById(id: number): Lookup {
	return {
		kind: 'vehicle',
		by: byId(id),
		request: { path: `/v1/vehicles/${id}` },
		isMeant: (vehicle) => vehicle['id'] === id,
	};
}

/**
 * A vehicle or asset by the id that another system gave it.
 *
 * @see https://developer-docs.gomotive.com/reference/lookup-an-asset-using-an-external-id
 */
export function recordByExternalId(
	kind: Lookup['kind'],
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
 * Finds the ids of vehicles by their fleet numbers; each number is looked up once per run.
 *
 * @returns a function from fleet number to vehicle id; it throws MotiveFailure `notFound` when Motive has no vehicle with
 * exactly this number
 */
export function vehicleIds(send: SendRequest): (number: string) => Promise<number> {
	const vehicleOf = remembering(
		async (number: string) => await lookUp(send, vehicleByNumber(number)),
	);
	return async (number) => (await vehicleOf(number)).id;
}

/**
 * Finds assets by their ids. Motive documents no request for a single one, so the list of all is read, once per run.
 *
 * @returns a function from asset id to the asset; it throws MotiveFailure `notFound` when there is none
 */
export function assetsById(send: SendRequest): (id: number) => Promise<JsonObject> {
	const listOf = remembering(async (list: typeof ASSETS) => await requestAll(send, list));
	return async (id) => {
		const assets = await listOf(ASSETS);
		const asset = assets.find((each) => parseInteger(each, 'id') === id);
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
): (kind: Lookup['kind'], id: number) => Promise<string> {
	const assetById = assetsById(send);
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

async function answerTo(
	send: SendRequest,
	lookup: Lookup,
	request: MotiveRequest,
): Promise<unknown> {
	try {
		return await send(request);
	} catch (error) {
		const isMissing = error instanceof MotiveFailure && error.kind === 'notFound';
		throw isMissing ? nothingFound(lookup) : asError(error);
	}
}

function nothingFound({ kind, by }: Pick<Lookup, 'kind' | 'by'>): MotiveFailure {
	return new MotiveFailure('notFound', { detail: `Motive has no ${kind} with ${by}` });
}

/** A fleet number as it is compared: é may be written as one character or as two. */
function numberKey(number: string): string {
	return number.normalize('NFC').trim().toLowerCase();
}

import { MotiveFailure } from '../motive/failure';
import { isObject, type JsonObject } from '../motive/json';
import { unwrapEntry } from '../transport/lists';
import type { MotiveApi, MotiveRequest } from '../transport/request';

/** A record that Motive finds by one request. */
export interface Lookup {
	kind: 'vehicle' | 'asset';
	/** What it is looked up by, in words that fit into a sentence, for example `the number “T-118”`. */
	by: string;
	request: Pick<MotiveRequest, 'path' | 'query'>;
	/** Whether a record is the one: a picture of the wrong truck is worse than none. */
	isMeant(record: JsonObject): boolean;
}

/** A record with its id, and the other fields as Motive gave them. */
export type FleetRecord = JsonObject & { id: number };

/**
 * Looks one record up.
 *
 * @param read how to send a request that only reads
 * @throws MotiveFailure `notFound` when there is none, or Motive answers with another one
 */
export async function lookUp(read: MotiveApi['send'], lookup: Lookup): Promise<FleetRecord> {
	const { kind, request, isMeant } = lookup;
	const [answer] = await Promise.allSettled([read({ method: 'GET', ...request })]);
	if (answer.status === 'rejected') {
		throw answer.reason instanceof MotiveFailure && answer.reason.kind === 'notFound'
			? nothingFound(lookup)
			: answer.reason;
	}
	const record = unwrapEntry(answer.value, kind);
	if (!isFleetRecord(record) || !isMeant(record)) throw nothingFound(lookup);
	return record;
}

/** The failure of a record that is not there. */
export function nothingFound({ kind, by }: Pick<Lookup, 'kind' | 'by'>): MotiveFailure {
	return new MotiveFailure('notFound', { detail: `Motive has no ${kind} with ${by}` });
}

/** A vehicle by its fleet number. */
export function vehicleByNumber(number: string): Lookup {
	return {
		kind: 'vehicle',
		by: `the number “${number}”`,
		request: { path: '/v1/vehicles/lookup', query: { number } },
		isMeant: (vehicle) => String(vehicle['number']).trim().toLowerCase() === number.toLowerCase(),
	};
}

/** A vehicle by its id. */
export function vehicleById(id: number): Lookup {
	return {
		kind: 'vehicle',
		by: `the ID ${id}`,
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

function isFleetRecord(value: unknown): value is FleetRecord {
	return isObject(value) && typeof value['id'] === 'number';
}

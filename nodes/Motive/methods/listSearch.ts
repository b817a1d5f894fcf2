import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import type { FleetEntry, FleetKind } from '../motive/fleet';
import { isFound } from '../motive/matching';
import { pickerLabel } from '../parameters/pickers';
import { RequestQueue } from '../polling/requestQueue';
import { executionClock as clock, stopSignal } from '../transport/executionClock';
import { fleetLists } from '../transport/fleetLists';
import { toNodeError } from '../transport/nodeError';
import { connectToMotive, type SendRequest } from '../transport/request';

/** Pages under way at the same time, as with the operations that read. */
const CONCURRENCY = 4;

/** Someone waits in front of the list, so an answer that takes longer is given up (ms). */
const LONGEST_ANSWER_MS = 30_000;

/** How long a request is repeated while Motive is busy or out of order (ms). */
const LONGEST_REPEATING_MS = 4_000;

/** The vehicles of the fleet for the picker, active ones first. */
export async function searchVehicles(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, 'vehicle', filter);
}

/** The assets of the fleet for the picker, active ones first. */
export async function searchAssets(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, 'asset', filter);
}

/** The drivers of the fleet for the picker, active ones first. */
export async function searchDrivers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, 'driver', filter);
}

async function search(
	context: ILoadOptionsFunctions,
	kind: FleetKind,
	filter = '',
): Promise<INodeListSearchResult> {
	const entries = await requestFleet(context, kind);
	const results = entries
		.filter(({ texts }) => isFound(filter, texts))
		.map(({ id, name, details, isActive }) => ({ id, isActive, label: pickerLabel(name, details) }))
		.sort(
			(one, other) =>
				Number(other.isActive) - Number(one.isActive) || compareNaturally(one.label, other.label),
		);
	return { results: results.map(({ label, id }) => ({ name: label, value: String(id) })) };
}

async function requestFleet(
	context: ILoadOptionsFunctions,
	kind: FleetKind,
): Promise<readonly FleetEntry[]> {
	try {
		const { account, turns, request: send } = await connectToMotive(context, clock);
		const queue = new RequestQueue({ clock, turns, concurrency: CONCURRENCY });
		const signal = stopSignal(context);
		const request: SendRequest = async (what) => {
			const end = clock.now() + LONGEST_REPEATING_MS;
			const call = async () => await send({ ...what, patience: LONGEST_ANSWER_MS });
			return await queue.run(call, { mayRepeat: isBusy, deadline: () => end, signal });
		};
		return await fleetLists({ request, clock, account })(kind);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { subject: `list of ${kind}s` });
	}
}

/** A host that cannot be reached is most likely a mistake in the credential, so its owner is told at once. */
function isBusy(failure: unknown): boolean {
	return failure instanceof MotiveFailure && ['rateLimited', 'unavailable'].includes(failure.kind);
}

const compareNaturally = new Intl.Collator('en', { numeric: true }).compare;

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { MotiveFailure } from '../motive/failure';
import { RequestQueue } from '../polling/requestQueue';
import type { JsonObject } from '../motive/json';
import { isActive } from '../motive/records';
import { ASSETS, VEHICLES, type MotiveList } from '../motive/lists';
import { pickerLabel } from '../parameters/pickers';
import { executionClock, stopSignal } from '../transport/executionClock';
import { requestAll } from '../transport/paging';
import { connectToMotive, type SendRequest } from '../transport/request';
import { toNodeError } from '../transport/nodeError';

/** Someone waits in front of the list, so an answer that takes longer is given up (ms). */
const LONGEST_ANSWER_MS = 30_000;

/** How long a request is repeated while Motive is busy or out of order (ms). */
const LONGEST_REPEATING_MS = 4_000;

/** The vehicles of the fleet for the picker, active ones first. */
export async function searchVehicles(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, VEHICLES, filter, ({ number, year, make, model, vin }) => ({
		name: text(number),
		details: [[year, make, model].map(text).filter(Boolean).join(' '), text(vin)],
	}));
}

/** The assets of the fleet for the picker, active ones first. */
export async function searchAssets(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, ASSETS, filter, ({ name, make, model, type }) => ({
		name: text(name),
		details: [[make, model].map(text).filter(Boolean).join(' '), text(type).replaceAll('_', ' ')],
	}));
}

interface Label {
	name: string;
	details: string[];
}

async function search(
	context: ILoadOptionsFunctions,
	list: MotiveList,
	filter: string | undefined,
	labelOf: (entry: JsonObject) => Label,
): Promise<INodeListSearchResult> {
	const entries = await requestFleet(context, list);
	const wanted = (filter ?? '').trim().toLowerCase();
	const results = entries
		.map((entry) => ({
			label: fullLabel(entry, labelOf(entry)),
			active: isActive(entry),
			id: entry['id'],
		}))
		.filter(({ label }) => label.toLowerCase().includes(wanted))
		.sort(
			(one, other) =>
				Number(other.active) - Number(one.active) || compareNaturally(one.label, other.label),
		);
	return { results: results.map(({ label, id }) => ({ name: label, value: String(id) })) };
}

async function requestFleet(
	context: ILoadOptionsFunctions,
	list: MotiveList,
): Promise<JsonObject[]> {
	const clock = executionClock;
	try {
		const api = await connectToMotive(context, clock);
		const queue = new RequestQueue({ clock, concurrency: 1 });
		const signal = stopSignal(context);
		const request: SendRequest = async (what) => {
			const end = clock.now() + LONGEST_REPEATING_MS;
			const call = async () => await api.request({ ...what, patience: LONGEST_ANSWER_MS });
			return await queue.run(call, { mayRepeat: isBusy, deadline: () => end, signal });
		};
		return await requestAll(request, list);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { subject: `list of ${list.plural}` });
	}
}

/** A host that cannot be reached is most likely a mistake in the credential, so its owner is told at once. */
function isBusy(failure: unknown): boolean {
	return failure instanceof MotiveFailure && ['rateLimited', 'unavailable'].includes(failure.kind);
}

function fullLabel(entry: JsonObject, { name, details }: Label): string {
	const label = pickerLabel(name === '' ? `ID ${String(entry['id'])}` : name, details);
	return isActive(entry) ? label : `${label} (${text(entry['status']) || 'inactive'})`;
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

const compareNaturally = new Intl.Collator('en', { numeric: true }).compare;

import { MotiveFailure } from '../../capture/failure';
import { isObject, type JsonObject } from '../../capture/json';
import { unwrapEntry } from '../../transport/lists';
import type { MotiveApi } from '../../transport/motiveApi';

/**
 * The id of the vehicle with a fleet number; each number is looked up once per run of the node.
 *
 * @param read how to send a request that only reads
 * @returns a function from fleet number to vehicle id
 * @throws (the function) MotiveFailure `notFound` when Motive has no vehicle with exactly this number
 */
export function vehicleLookup(read: MotiveApi['send']): (number: string) => Promise<number> {
	const known = new Map<string, Promise<number>>();
	return async (number) => {
		const found = known.get(number) ?? lookUp(read, number);
		known.set(number, found);
		return await found;
	};
}

async function lookUp(read: MotiveApi['send'], number: string): Promise<number> {
	const request = { method: 'GET', path: '/v1/vehicles/lookup', query: { number } } as const;
	const [answer] = await Promise.allSettled([read(request)]);
	if (answer.status === 'rejected') {
		throw answer.reason instanceof MotiveFailure && answer.reason.kind === 'notFound' ? noVehicle(number) : answer.reason;
	}
	const vehicle = unwrapEntry(answer.value, 'vehicle');
	// A picture of the wrong truck is worse than none, so the answer has to be about this number.
	if (!isObject(vehicle) || !hasNumber(vehicle, number) || typeof vehicle['id'] !== 'number') throw noVehicle(number);
	return vehicle['id'];
}

function hasNumber(vehicle: JsonObject, number: string): boolean {
	return String(vehicle['number']).trim().toLowerCase() === number.toLowerCase();
}

function noVehicle(number: string): MotiveFailure {
	return new MotiveFailure('notFound', { detail: `Motive has no vehicle with the number “${number}”` });
}

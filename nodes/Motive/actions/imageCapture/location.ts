import { MotiveFailure } from '../../motive/failure';
import type { ImageCapture } from '../../motive/imageCapture';
import { isObject, type JsonObject } from '../../motive/json';
import { requestLocations } from '../../runs/vehicleLocations';
import { errorText } from '../../transport/errorTexts';
import type { SendRequest } from '../../transport/request';

/** Where a vehicle is, in Motive's words; or why that is not known. */
export type Whereabouts = { location: JsonObject } | { missing: string };

/** An image capture, and where its vehicle is if that was asked for. */
export interface LocatedCapture extends ImageCapture {
	whereabouts?: Whereabouts;
}

/** Vehicles by id, with their locations. */
type Located = Awaited<ReturnType<typeof requestLocations>>;

/**
 * The newest location of a vehicle; each vehicle is asked for once per run of the node, together with those that images
 * come of while Motive answers for others. A picture counts without its place, so nothing is repeated and nothing thrown.
 *
 * @param request how to send a request, without repeating it
 * @returns a function from vehicle id to its whereabouts
 */
export function vehicleLocations(
	request: SendRequest,
): (vehicleId: number) => Promise<Whereabouts> {
	const known = new Map<number, Promise<Whereabouts>>();
	let next: { ids: Set<number>; located: Promise<Located> } | undefined;
	let underWay: Promise<unknown> = Promise.resolve();
	const requestNext = async (ids: ReadonlySet<number>): Promise<Located> => {
		await underWay;
		next = undefined;
		return await requestLocations(request, ids);
	};
	const locate = async (vehicleId: number): Promise<Whereabouts> => {
		if (next === undefined) {
			const ids = new Set<number>();
			next = { ids, located: requestNext(ids) };
			underWay = next.located.catch(() => undefined);
		}
		next.ids.add(vehicleId);
		return await whereaboutsIn(next.located, vehicleId);
	};
	return async (vehicleId) => {
		const found = known.get(vehicleId) ?? locate(vehicleId);
		known.set(vehicleId, found);
		return await found;
	};
}

async function whereaboutsIn(located: Promise<Located>, vehicleId: number): Promise<Whereabouts> {
	try {
		const location = (await located).get(vehicleId)?.['current_location'];
		return isObject(location) ? { location } : { missing: 'Motive knows none' };
	} catch (error) {
		return { missing: reasonOf(error) };
	}
}

function reasonOf(failure: unknown): string {
	return failure instanceof MotiveFailure
		? errorText(failure, 'vehicle locations').message
		: 'it could not be read';
}

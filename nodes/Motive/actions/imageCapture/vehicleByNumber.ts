import type { MotiveApi } from '../../transport/request';
import { lookUp, vehicleByNumber } from '../../runs/lookUp';

/**
 * The id of the vehicle with a fleet number; each number is looked up once per run of the node.
 *
 * @param read how to send a request that only reads
 * @returns a function from fleet number to vehicle id
 * @throws (the function) MotiveFailure `notFound` when Motive has no vehicle with exactly this number
 */
export function vehicleLookup(read: MotiveApi['send']): (number: string) => Promise<number> {
	const known = new Map<string, Promise<{ id: number }>>();
	return async (number) => {
		const found = known.get(number) ?? lookUp(read, vehicleByNumber(number));
		known.set(number, found);
		return (await found).id;
	};
}

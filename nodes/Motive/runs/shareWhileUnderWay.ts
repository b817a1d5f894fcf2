import type { MotiveRequest } from '../transport/request';

/** A way to send a request that only reads. */
type Read<Rest extends unknown[]> = (request: MotiveRequest, ...rest: Rest) => Promise<unknown>;

/** Sends the same request once where several items ask for it at the same time, and gives all of them the answer. */
export function shareWhileUnderWay<Rest extends unknown[]>(read: Read<Rest>): Read<Rest> {
	const underWay = new Map<string, Promise<unknown>>();
	return async (request, ...rest) => {
		const key = JSON.stringify([request.path, request.query]);
		const answer =
			underWay.get(key) ??
			read(request, ...rest).finally(() => {
				underWay.delete(key);
			});
		underWay.set(key, answer);
		return await answer;
	};
}

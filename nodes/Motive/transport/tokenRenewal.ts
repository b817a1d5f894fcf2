import { mayPass, MotiveFailure } from '../capture/failure';
import { isCredentialTrouble } from './readFailure';

const NOT_RENEWED = 'The sign-in to Motive could not be renewed';

/**
 * A way to get a new access token, for any number of requests that find the old one expired at the same time: one asks
 * and the others wait. Motive takes a refresh token only once, and n8n before 2.30 would send the same one for each
 * request that is answered with 401.
 *
 * @param ask sends a request that only reads, in such a way that n8n renews and stores the token if it has expired
 * @param read makes a failure of what `ask` throws
 * @returns a function that throws MotiveFailure: `unreachable` when a later try may succeed, `unauthorized` when only the
 * user can help
 */
export function tokenRenewal(
	ask: () => Promise<unknown>,
	read: (error: unknown) => MotiveFailure,
): () => Promise<void> {
	let running: Promise<void> | undefined;
	const renew = async (): Promise<void> => {
		const [asked] = await Promise.allSettled([ask()]);
		if (asked.status === 'rejected') throwUnlessRenewed(asked.reason, read(asked.reason));
	};
	return async () => {
		running ??= renew().finally(() => {
			running = undefined;
		});
		await running;
	};
}

function throwUnlessRenewed(error: unknown, failure: MotiveFailure): void {
	const isTrouble = isCredentialTrouble(error) && failure.kind !== 'rateLimited';
	if (isTrouble) {
		throw new MotiveFailure('unauthorized', { detail: failure.facts.detail?.replace(/\.$/, '') ?? NOT_RENEWED });
	}
	// No matter which of the two hosts it was: nothing was done.
	if (mayPass(failure)) throw new MotiveFailure('unreachable', { detail: NOT_RENEWED });
	// Any other answer is about what was read, which a good token need not allow.
}

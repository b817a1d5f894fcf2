import { mayPass, MotiveFailure } from '../motive/failure';
import { isCredentialTrouble } from './parseFailure';

const NOT_RENEWED = 'The sign-in to Motive could not be renewed';

/** Renewals under way, by the ID of the credential. */
const running = new Map<string, Promise<void>>();

/**
 * A way to get a new access token, for any number of requests that find the old one expired at the same time, in whichever
 * executions of this process: one asks and the others wait. Motive takes a refresh token only once, and older versions
 * of n8n (2.8 does, 2.35 does not) would send the same one for each request that is answered with 401.
 *
 * @param credentialId whose token it is
 * @param ask sends a request that only reads, in such a way that n8n renews and stores the token if it has expired
 * @param toFailure makes a failure of what `ask` throws
 * @returns a function that throws MotiveFailure: `unreachable` when a later try may succeed, `unauthorized` when only the
 * user can help
 */
export function tokenRenewal(
	credentialId: string,
	ask: () => Promise<unknown>,
	toFailure: (error: unknown) => MotiveFailure,
): () => Promise<void> {
	const renew = async (): Promise<void> => {
		try {
			await ask();
		} catch (error) {
			throwUnlessRenewed(error, toFailure(error));
		} finally {
			running.delete(credentialId);
		}
	};
	return async () => {
		const renewal = running.get(credentialId) ?? renew();
		running.set(credentialId, renewal);
		await renewal;
	};
}

function throwUnlessRenewed(error: unknown, failure: MotiveFailure): void {
	const isTrouble = isCredentialTrouble(error) && failure.kind !== 'rateLimited';
	if (isTrouble) {
		throw new MotiveFailure('unauthorized', {
			detail: failure.facts.detail?.replace(/\.$/, '') ?? NOT_RENEWED,
		});
	}
	// No matter which of the two hosts it was: nothing was done.
	if (mayPass(failure)) {
		const detail = [NOT_RENEWED, failure.facts.detail].filter(Boolean).join(': ');
		throw new MotiveFailure('unreachable', { detail });
	}
	// Any other answer is about what was read, which a good token need not allow.
}

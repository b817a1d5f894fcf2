import { describe, expect, it } from 'vitest';

import { parseFailure } from '../../../nodes/Motive/transport/parseFailure.ts';
import { tokenRenewal } from '../../../nodes/Motive/transport/tokenRenewal.ts';
import { answered, unanswered } from './n8nErrors.mts';

const read = (error: unknown) => parseFailure(error, [], 0);
const failing = (error: Error) => tokenRenewal('7', async () => await Promise.reject(error), read);

describe('tokenRenewal', () => {
	it('asks once for all that come while it is asking, and anew for those that come later', async () => {
		let asked = 0;
		const renew = tokenRenewal('7', async () => await Promise.resolve((asked += 1)), read);
		await Promise.all([renew(), renew(), renew()]);
		expect(asked).toBe(1);
		await renew();
		expect(asked).toBe(2);
	});

	it('is one for all executions that use the same credential', async () => {
		const asked: string[] = [];
		const renewal = (credentialId: string, execution: string) =>
			tokenRenewal(credentialId, async () => await Promise.resolve(asked.push(execution)), read)();
		await Promise.all([renewal('7', 'first'), renewal('7', 'second'), renewal('8', 'third')]);
		expect(asked).toEqual(['first', 'third']);
	});

	it('fails for all of them, and tries again later', async () => {
		let asked = 0;
		const ask = async () => {
			asked += 1;
			if (asked === 1) await Promise.reject(unanswered('ECONNRESET'));
		};
		const renew = tokenRenewal('7', ask, read);
		const [one, other] = await Promise.allSettled([renew(), renew()]);
		expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
		await expect(renew()).resolves.toBeUndefined();
	});

	it.each([answered(503), answered(429), unanswered('ECONNREFUSED'), unanswered('ETIMEDOUT')])(
		'leaves room for another try after: $message',
		async (error) => {
			const detail: unknown = expect.stringContaining('The sign-in to Motive could not be renewed');
			await expect(failing(error)()).rejects.toMatchObject({
				kind: 'unreachable',
				facts: { detail },
			});
		},
	);

	it.each([
		[
			new Error('The credential "Fleet" needs to be reconnected.'),
			'The credential "Fleet" needs to be reconnected',
		],
		[unanswered('EAUTH'), 'The sign-in to Motive could not be renewed'],
		[unanswered('ESTATUS'), 'The sign-in to Motive could not be renewed'],
	])('leaves it to the user after: %s', async (error, detail) => {
		await expect(failing(error)()).rejects.toMatchObject({
			kind: 'unauthorized',
			facts: { detail },
		});
	});

	it.each([
		[answered(503), 'The sign-in to Motive could not be renewed'],
		[
			unanswered('ECONNREFUSED'),
			'The sign-in to Motive could not be renewed: The server refused the connection: ECONNREFUSED',
		],
	])('says no more than it knows after: $message', async (error, detail) => {
		await expect(failing(error)()).rejects.toMatchObject({ facts: { detail } });
	});

	it('leaves room for another try when the sign-in gets too many requests', async () => {
		const error = Object.assign(answered(429), { code: 'EAUTH' });
		await expect(failing(error)()).rejects.toMatchObject({ kind: 'unreachable' });
	});

	it('keeps the dots within what n8n says', async () => {
		const error = new Error('Reconnect “api.gomotive.com”. It is not connected.');
		await expect(failing(error)()).rejects.toMatchObject({
			kind: 'unauthorized',
			facts: { detail: 'Reconnect “api.gomotive.com”. It is not connected' },
		});
	});

	it.each([401, 403, 404])(
		'does not mind HTTP %i, which is about what was read',
		async (status) => {
			await expect(failing(answered(status))()).resolves.toBeUndefined();
		},
	);
});

import { describe, expect, it } from 'vitest';

import { MotiveFailure, type FailureKind } from '../../../nodes/Motive/motive/failure.ts';
import {
	explainRefusal,
	localAddressError,
	noSecretError,
	switchedOffError,
	toRegistrationError,
} from '../../../nodes/Motive/triggers/registrationErrors.ts';
import { node, NodeOperationError } from '../transport/n8nErrors.mts';

const webhook = (url: string, actions: string[], enabled = true) => ({
	...{ id: url, url, actions, enabled },
	secret: null,
});

describe('A refusal', () => {
	const refusal = new MotiveFailure('refused', { status: 422 });
	const two = ['https://one.example/x', 'https://two.example:8443/y'];

	it('is explained by the webhooks that take up the room', () => {
		const existing = two.map((url) => webhook(url, ['vehicle_upserted', 'unheard_of']));
		const explained = explainRefusal(refusal, ['vehicle_upserted', 'unheard_of', 'free'], existing);
		expect(explained).toMatchObject({
			kind: 'refused',
			facts: { status: 422 },
			message:
				'Motive has no room for another webhook on Vehicle Created or Updated, unheard_of: two lead to ' +
				'one.example and two.example:8443 already',
		});
	});

	it('names an address that is none as it is, and each host once', () => {
		const existing = ['nowhere', 'nowhere', 'https://one.example/x', 'https://one.example/y'].map(
			(url) => webhook(url, ['a']),
		);
		expect(explainRefusal(refusal, ['a'], existing).message).toMatch(
			/: two lead to nowhere and one\.example already$/,
		);
	});

	it.each([
		['only one webhook for it', [webhook('x', ['a'])]],
		['one of them switched off', [webhook('x', ['a']), webhook('y', ['a'], false)]],
		['one of them for something else', [webhook('x', ['a']), webhook('y', ['b'])]],
	])('stays as it is where there is %s', (_, existing) => {
		expect(explainRefusal(refusal, ['a'], existing)).toBe(refusal);
	});

	it('is no other failure', () => {
		const existing = two.map((url) => webhook(url, ['a']));
		for (const failure of [new MotiveFailure('busy'), new Error('lost')])
			expect(explainRefusal(failure, ['a'], existing)).toBe(failure);
		expect(explainRefusal('lost', ['a'], existing)).toEqual(new Error('lost'));
	});
});

describe('The error of an activation', () => {
	it.each<[FailureKind, string]>([
		['unauthorized', 'webhooks need a live key'],
		['forbidden', 'company_webhooks.manage'],
		['refused', 'two active webhooks for each event'],
		['rateLimited', 'Publish the workflow again in a few minutes.'],
		['unavailable', 'This usually passes.'],
		['noAnswer', 'a webhook that was made is found'],
	])('says in its message what to do about %s', (kind, advice) => {
		const error = toRegistrationError(node, new MotiveFailure(kind));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toContain(advice);
		expect(error.message).toMatch(/[\w)]\. \w/);
	});

	it('is about the webhook', () => {
		expect(toRegistrationError(node, new MotiveFailure('notFound')).message).toContain('webhook');
	});

	it('has no end where there is nothing to add', () => {
		expect(toRegistrationError(node, new Error('lost')).message).not.toMatch(/\. $|undefined/);
	});

	it('names the address that Motive cannot reach, and the ways out', () => {
		const { message } = localAddressError(node, 'http://localhost:5678/webhook/secret');
		expect(message).toMatch(/^Motive cannot reach n8n at http:\/\/localhost:5678\. Set the /);
		expect(message).toContain('WEBHOOK_URL');
		expect(message).toMatch(/Motive Polling Trigger .* need not reach n8n\.$/);
		expect(message).not.toContain('secret');
		expect(localAddressError(node, 'nowhere').message).toContain('at nowhere. ');
	});

	it('names the webhook that Motive does not switch on, and what may be in its way', () => {
		const { message } = switchedOffError(node, 'https://n8n.example/webhook/secret');
		expect(message).toMatch(
			/^Motive does not switch the webhook to https:\/\/n8n\.example on\. Motive sends a test /,
		);
		expect(message).toContain('firewall');
		expect(message).not.toContain('secret');
	});

	it('says how to give n8n the secret', () => {
		expect(noSecretError(node).message).toBe(
			'The secret of the webhook is missing. Make a Motive Webhook API credential with it, and choose it in the ' +
				'Motive Trigger.',
		);
	});
});

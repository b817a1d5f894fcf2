import { NodeOperationError, type INode } from 'n8n-workflow';

import { asError, MotiveFailure } from '../motive/failure';
import type { Advice } from '../transport/errorTexts';
import { toNodeError } from '../transport/nodeError';
import type { CompanyWebhook } from './companyWebhooks';
import { EVENT_OPTIONS } from './eventOptions';

/** Active webhooks that Motive is said to allow for each action. */
const MOST_PER_ACTION = 2;

/** Advice where the one for requests of the Motive node would lead astray. */
const ADVICE: Advice = {
	unauthorized:
		'Check the API key of the credential: it may be mistyped, switched off, or of another company. A key in test mode ' +
		'never changes anything, so webhooks need a live key.',
	forbidden:
		'With OAuth2 the app needs the scope company_webhooks.manage. Without it, set Webhook Registration to Manual and ' +
		'make the webhook in the Motive Dashboard.',
	refused:
		'Motive allows two active webhooks for each event. Every published workflow with a Motive Trigger uses one, and so does ' +
		'listening for a test event. Unpublish a workflow, remove a webhook in the Motive Dashboard, or choose other events.',
	rateLimited: 'Publish the workflow again in a few minutes.',
	unavailable: 'This usually passes. Publish the workflow again in a few minutes.',
	noAnswer:
		'The connection broke or took too long. Publish the workflow again; a webhook that was made is found.',
};

/** The n8n error for anything that goes wrong with the webhook at Motive. */
export function toRegistrationError(node: INode, failure: unknown): NodeOperationError {
	const { message, description } = toNodeError(node, failure, {
		subject: 'webhook',
		advice: ADVICE,
	});
	return failedActivation(node, message, description ?? '');
}

/** A refusal in the words of the user, if the reason is that there are too many webhooks. */
export function explainRefusal(
	refusal: unknown,
	actions: readonly string[],
	existing: readonly CompanyWebhook[],
): Error {
	if (!(refusal instanceof MotiveFailure) || refusal.kind !== 'refused') return asError(refusal);
	const rivalsOf = (action: string) =>
		existing.filter((webhook) => webhook.enabled && webhook.actions.includes(action));
	const full = actions.filter((action) => rivalsOf(action).length >= MOST_PER_ACTION);
	if (full.length === 0) return refusal;
	const names = full.map(
		(action) => EVENT_OPTIONS.find(({ value }) => value === action)?.name ?? action,
	);
	const hosts = new Set(
		full.flatMap(rivalsOf).map(({ url }) => (URL.canParse(url) ? new URL(url).host : url)),
	);
	return new MotiveFailure('refused', {
		...refusal.facts,
		detail: `Motive has no room for another webhook on ${names.join(', ')}: two lead to ${[...hosts].join(' and ')} already`,
	});
}

/** The error for an address of n8n's that Motive cannot reach. */
export function localAddressError(node: INode, url: string): NodeOperationError {
	const advice =
		'Set the environment variable WEBHOOK_URL of n8n to an address that the internet can reach (for a trial, to that ' +
		'of a tunnel), restart n8n and publish the workflow again. Or use the Motive Polling Trigger in place of this one: ' +
		'it asks Motive for new events, so that Motive need not reach n8n.';
	return failedActivation(node, `Motive cannot reach n8n at ${originOf(url)}`, advice);
}

/** The error for a webhook that Motive has made but does not switch on. */
export function switchedOffError(node: INode, url: string): NodeOperationError {
	const advice =
		'Motive sends a test message first, which n8n seems not to have got. Check that WEBHOOK_URL is the public address of ' +
		'n8n and that no firewall or sign-in page is in front of it, then publish the workflow again.';
	return failedActivation(
		node,
		`Motive does not switch the webhook to ${originOf(url)} on`,
		advice,
	);
}

/** The error for a webhook made by hand whose secret n8n does not know. */
export function noSecretError(node: INode): NodeOperationError {
	return failedActivation(
		node,
		'The secret of the webhook is missing',
		'Make a Motive Webhook API credential with it, and choose it in the Motive Trigger.',
	);
}

/** All in the message: of an activation that fails n8n shows nothing else. */
function failedActivation(node: INode, what: string, advice: string): NodeOperationError {
	return new NodeOperationError(node, [what, advice].filter((text) => text !== '').join('. '));
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : url;
}

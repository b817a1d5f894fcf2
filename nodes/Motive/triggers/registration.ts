import type { IHookFunctions } from 'n8n-workflow';

import { mayPass, MotiveFailure } from '../motive/failure';
import {
	connectToWebhooks,
	type CompanyWebhook,
	type CompanyWebhooks,
	type WebhookSettings,
} from './companyWebhooks';
import { isManual, readActions } from './parameters';
import {
	forgetRegistration,
	isLocal,
	keepRegistration,
	registrationIn,
	secretIn,
	serves,
	type Registration,
} from './registrationData';
import {
	explainRefusal,
	localAddressError,
	noEventsError,
	switchedOffError,
	toRegistrationError,
} from './registrationErrors';
import { newSecret } from './signature';

/** Someone waits for the workflow to become active (ms). */
const PATIENCE_MS = 20_000;

/** When n8n starts, one workflow after the other is asked for, and one that is known need not hold up the others (ms). */
const PATIENCE_WHEN_KNOWN_MS = 5_000;

/**
 * Whether Motive has the webhook of this trigger, switched on and for the chosen actions.
 *
 * When Motive cannot be asked for a moment, as may happen when n8n starts, what n8n remembers counts: a passing outage
 * must not end a trigger that works.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const wanted = readWanted(context);
	const known = registrationIn(context.getWorkflowStaticData('node'));
	const isAsRemembered = known !== undefined && serves(known, wanted);
	const [listed] = await Promise.allSettled([
		list(context, isAsRemembered ? PATIENCE_WHEN_KNOWN_MS : PATIENCE_MS),
	]);
	if (listed.status === 'fulfilled') {
		return listed.value.some(
			(webhook) => webhook.id === known?.id && webhook.enabled && serves(webhook, wanted),
		);
	}
	if (!isKeptBack(listed.reason) && !mayPass(listed.reason))
		throw toRegistrationError(context.getNode(), listed.reason);
	if (isAsRemembered) {
		context.logger.warn(
			'Motive could not be asked for its webhooks, so the one that n8n remembers is taken to be there',
		);
	}
	return isAsRemembered;
}

/**
 * Makes the webhook at Motive. One that is left from before (other actions were chosen, or n8n has lost its secret) is
 * changed instead: Motive allows only two for each action.
 *
 * Before Motive switches a webhook on it sends a test message there, which the trigger already answers.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const wanted = readWanted(context);
	const data = context.getWorkflowStaticData('node');
	// A secret that n8n knows already is kept: it is the one by which the test message will be judged.
	const settings = { ...wanted, secret: secretIn(data) ?? newSecret() };
	const [made] = await Promise.allSettled([make(context, settings)]);
	if (made.status === 'rejected') throw toRegistrationError(context.getNode(), made.reason);
	if (made.value === undefined) throw switchedOffError(context.getNode(), wanted.url);
	keepRegistration(data, { ...settings, id: made.value });
	return true;
}

/**
 * Removes the webhook at Motive. When that does not work n8n goes on all the same; the webhook is found again when the
 * workflow is activated the next time.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (isManual(context) || isLocal(url)) return true;
	const data = context.getWorkflowStaticData('node');
	const known = registrationIn(data);
	const [removed] = await Promise.allSettled([removeOwn(context, url, known)]);
	if (removed.status === 'rejected') {
		const { message } = toRegistrationError(context.getNode(), removed.reason);
		context.logger.warn(`The webhook may be left at Motive: ${message}`);
		return false;
	}
	forgetRegistration(data);
	return true;
}

function readWanted(context: IHookFunctions): { url: string; actions: string[] } {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const actions = readActions(context);
	if (actions.length === 0) throw noEventsError(context.getNode());
	if (isLocal(url)) throw localAddressError(context.getNode(), url);
	return { url, actions };
}

async function list(context: IHookFunctions, patience: number): Promise<CompanyWebhook[]> {
	const webhooks = await connectToWebhooks(context, patience);
	return await webhooks.list();
}

/** @returns the id of the webhook; undefined when Motive made it but does not switch it on, so that it was removed again */
async function make(
	context: IHookFunctions,
	settings: WebhookSettings,
): Promise<string | undefined> {
	const webhooks = await connectToWebhooks(context, PATIENCE_MS);
	const existing = await listIfAllowed(webhooks);
	const [leftover, ...surplus] = existing.filter(({ url }) => url === settings.url);
	for (const { id } of surplus) await webhooks.remove(id);
	const [made] = await Promise.allSettled([
		leftover ? webhooks.update(leftover.id, settings) : webhooks.create(settings),
	]);
	if (made.status === 'rejected') throw explainRefusal(made.reason, settings.actions, existing);
	const { id, enabled } = made.value;
	if (enabled || (await webhooks.update(id, {})).enabled) return id;
	await webhooks.remove(id);
	return undefined;
}

async function removeOwn(
	context: IHookFunctions,
	url: string,
	known: Registration | undefined,
): Promise<void> {
	const webhooks = await connectToWebhooks(context, PATIENCE_MS);
	// By id only where it is surely the webhook of this n8n: workflows are copied between instances with what they remember.
	const own =
		known?.url === url
			? [known]
			: (await listIfAllowed(webhooks)).filter((webhook) => webhook.url === url);
	for (const { id } of own) await webhooks.remove(id);
}

/** The webhooks that there are, or none where Motive keeps the list back. */
async function listIfAllowed(webhooks: CompanyWebhooks): Promise<CompanyWebhook[]> {
	return await webhooks.list().catch((failure: unknown) => {
		if (!isKeptBack(failure)) throw failure;
		return [];
	});
}

/** Whether the list cannot be had, though webhooks can be made: with OAuth2 "manage" does not include "read". */
function isKeptBack(failure: unknown): boolean {
	return (
		failure instanceof MotiveFailure &&
		['forbidden', 'notFound', 'unreadable'].includes(failure.kind)
	);
}

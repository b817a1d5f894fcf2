import type { IHookFunctions } from 'n8n-workflow';

import { asError, mayPass, MotiveFailure } from '../motive/failure';
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
	try {
		const patience = isAsRemembered ? PATIENCE_WHEN_KNOWN_MS : PATIENCE_MS;
		const webhooks = await list(context, patience);
		return webhooks.some(
			(webhook) => webhook.id === known?.id && webhook.enabled && serves(webhook, wanted),
		);
	} catch (error) {
		if (!isKeptBack(error) && !mayPass(error)) throw toRegistrationError(context.getNode(), error);
		if (isAsRemembered) {
			context.logger.warn(
				'Motive could not be asked for its webhooks, so the one that n8n remembers is taken to be there',
			);
		}
		return isAsRemembered;
	}
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
	const id = await makeOrThrow(context, settings);
	if (id === undefined) throw switchedOffError(context.getNode(), wanted.url);
	keepRegistration(data, { ...settings, id });
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
	try {
		await removeOwn(context, url, known);
		forgetRegistration(data);
		return true;
	} catch (error) {
		const { message } = toRegistrationError(context.getNode(), error);
		context.logger.warn(`The webhook may be left at Motive: ${message}`);
		return false;
	}
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

async function makeOrThrow(
	context: IHookFunctions,
	settings: WebhookSettings,
): Promise<string | undefined> {
	try {
		return await make(context, settings);
	} catch (error) {
		throw toRegistrationError(context.getNode(), error);
	}
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
	const { id, enabled } = await createOrUpdate(webhooks, leftover?.id, settings, existing);
	if (enabled || (await webhooks.update(id, {})).enabled) return id;
	await webhooks.remove(id);
	return undefined;
}

async function createOrUpdate(
	webhooks: CompanyWebhooks,
	id: string | undefined,
	settings: WebhookSettings,
	existing: readonly CompanyWebhook[],
): Promise<CompanyWebhook> {
	try {
		return id === undefined ? await webhooks.create(settings) : await webhooks.update(id, settings);
	} catch (error) {
		throw explainRefusal(error, settings.actions, existing);
	}
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
	try {
		return await webhooks.list();
	} catch (error) {
		if (!isKeptBack(error)) throw asError(error);
		return [];
	}
}

/** Whether the list cannot be had, though webhooks can be made: with OAuth2 "manage" does not include "read". */
function isKeptBack(failure: unknown): boolean {
	return (
		failure instanceof MotiveFailure &&
		['forbidden', 'notFound', 'unreadable'].includes(failure.kind)
	);
}

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { asError, mayPass, MotiveFailure } from '../motive/failure';
import {
	connectToWebhooks,
	type CompanyWebhook,
	type CompanyWebhooks,
	type WebhookSettings,
} from './companyWebhooks';
import { isManual, readActions, readEventFilters, readManualSecret } from './parameters';
import {
	forgetRegistration,
	isLocal,
	isSameAddress,
	keepRegistration,
	ownerOf,
	ownRegistration,
	registrationIn,
	serves,
	type Registration,
} from './registrationData';
import {
	explainRefusal,
	localAddressError,
	noSecretError,
	switchedOffError,
	toRegistrationError,
} from './registrationErrors';
import { newSecret } from './signature';

/**
 * The triggers that this process has been asked to activate, by owner. Then n8n has made sure that the address of their
 * webhook is theirs alone.
 */
const activated = new Set<string>();

/** The triggers whose webhook is being made or changed at Motive right now, by owner. */
const underWay = new Set<string>();

/** Whether the webhook of this trigger is being made or changed, so that its secret is not settled yet. */
export function isBeingRegistered(context: IWebhookFunctions): boolean {
	return underWay.has(ownerOf(context));
}

/**
 * Whether Motive has the webhook of this trigger, switched on and for the chosen actions.
 *
 * When Motive cannot be asked for a moment, as may happen when n8n starts, what n8n remembers counts: a passing outage
 * must not end a trigger that works.
 *
 * @throws NodeOperationError when there is something that the user has to mend first, or Motive does not answer
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return await isReadyByHand(context);
	const wanted = readWanted(context);
	activated.add(ownerOf(context));
	const known = ownRegistration(context, context.getWorkflowStaticData('node'));
	const isAsRemembered = known !== undefined && serves(known, wanted);
	try {
		const webhooks = await connectToWebhooks(context);
		return (await webhooks.list()).some(
			(webhook) => isAsRemembered && webhook.id === known.id && isAlive(webhook, known),
		);
	} catch (error) {
		const isKept = isKeptBack(error);
		if (isAsRemembered && (isKept || mayPass(error))) {
			context.logger.warn(
				'Motive could not be asked for its webhooks, so the one that n8n remembers is taken to be there',
			);
			return true;
		}
		if (isKept) return false;
		throw toRegistrationError(context.getNode(), error);
	}
}

/**
 * Makes the webhook at Motive. One that is left from before (n8n had another address, other actions were chosen, or its
 * secret was lost) is changed instead: Motive allows only two for each action.
 *
 * Before Motive switches a webhook on it sends a test message there, which the trigger already answers.
 *
 * @throws NodeOperationError when there is something that the user has to mend first, or Motive does not answer
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const wanted = readWanted(context);
	const owner = ownerOf(context);
	const data = context.getWorkflowStaticData('node');
	const remembered = registrationIn(data);
	// n8n gives an address to one trigger only.
	const isOwn = ({ owner: whose, url }: Registration) =>
		whose === owner || isSameAddress(url, wanted.url);
	const known = remembered && isOwn(remembered) ? remembered : undefined;
	// A secret that n8n knows already is kept: it is the one by which the test message will be judged.
	const settings = { ...wanted, secret: known?.secret ?? newSecret() };
	underWay.add(owner);
	const made = await makeOrThrow(context, settings, known).finally(() => underWay.delete(owner));
	if (made === undefined) throw switchedOffError(context.getNode(), wanted.url);
	const { id, secret } = made;
	keepRegistration(data, { ...settings, id, secret: secret ?? settings.secret, owner });
	return true;
}

/**
 * Removes the webhook at Motive. When that does not work n8n goes on all the same; the webhook is found again when the
 * workflow is activated the next time.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (isManual(context)) return true;
	const data = context.getWorkflowStaticData('node');
	try {
		await removeOwn(context, ownRegistration(context, data));
		forgetRegistration(data);
		return true;
	} catch (error) {
		const { message } = toRegistrationError(context.getNode(), error);
		context.logger.warn(`The webhook may be left at Motive: ${message}`);
		return false;
	}
}

/** @throws NodeOperationError without a secret: nothing that Motive sends could be told from what others send */
async function isReadyByHand(context: IHookFunctions): Promise<boolean> {
	readChosen(context);
	if ((await readManualSecret(context)) === undefined) throw noSecretError(context.getNode());
	return true;
}

function readWanted(context: IHookFunctions): { url: string; actions: string[] } {
	const url = addressOf(context);
	const actions = readChosen(context);
	if (isLocal(url)) throw localAddressError(context.getNode(), url);
	return { url, actions };
}

/** The chosen actions. What cannot be read of them or of the filters is told now, and not at each delivery. */
function readChosen(context: IHookFunctions): string[] {
	try {
		readEventFilters(context);
		return readActions(context);
	} catch (error) {
		throw toRegistrationError(context.getNode(), error);
	}
}

function addressOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** Whether a webhook at Motive is what was registered, and switched on. */
function isAlive(webhook: CompanyWebhook, known: Registration): boolean {
	const isSigned = webhook.secret === null || webhook.secret === known.secret;
	return webhook.enabled && isSigned && serves(webhook, known);
}

async function makeOrThrow(
	context: IHookFunctions,
	settings: WebhookSettings,
	known: Registration | undefined,
): Promise<CompanyWebhook | undefined> {
	try {
		return await make(await connectToWebhooks(context), settings, known);
	} catch (error) {
		throw toRegistrationError(context.getNode(), error);
	}
}

/** @returns the webhook; undefined when Motive made it but does not switch it on, so that it was removed again */
async function make(
	webhooks: CompanyWebhooks,
	settings: WebhookSettings,
	known: Registration | undefined,
): Promise<CompanyWebhook | undefined> {
	const existing = await listIfAllowed(webhooks);
	const [leftover, ...surplus] = existing.filter(
		({ id, url }) => id === known?.id || isSameAddress(url, settings.url),
	);
	for (const { id } of surplus) await webhooks.remove(id);
	const made = await changeOrCreate(webhooks, leftover?.id ?? known?.id, settings, existing);
	if (made.enabled) return made;
	const again = await webhooks.update(made.id, {});
	if (again?.enabled) return { ...made, secret: again.secret ?? made.secret };
	await webhooks.remove(made.id);
	return undefined;
}

async function changeOrCreate(
	webhooks: CompanyWebhooks,
	leftover: string | undefined,
	settings: WebhookSettings,
	existing: readonly CompanyWebhook[],
): Promise<CompanyWebhook> {
	try {
		const changed = leftover === undefined ? undefined : await webhooks.update(leftover, settings);
		return changed ?? (await webhooks.create(settings));
	} catch (error) {
		throw explainRefusal(error, settings.actions, existing);
	}
}

async function removeOwn(context: IHookFunctions, known: Registration | undefined): Promise<void> {
	// Without a memory of its own the webhook is known by its address, if that is surely not another trigger's.
	if (known === undefined && !activated.has(ownerOf(context))) return;
	const webhooks = await connectToWebhooks(context);
	const address = addressOf(context);
	const own = known
		? [known]
		: (await listIfAllowed(webhooks)).filter(({ url }) => isSameAddress(url, address));
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

import type { IDataObject } from 'n8n-workflow';

import { isPrivateHost } from './privateHost';

/** What a trigger remembers of its webhook at Motive. */
export interface Registration {
	id: string;
	url: string;
	actions: string[];
	/** With which Motive signs what it sends to the webhook. */
	secret: string;
	/** Whose webhook it is: see `ownerOf`. */
	owner: string;
}

/** Keys of n8n's static data, by the fields of a registration. */
const KEYS: Record<keyof Registration, string> = {
	id: 'webhookId',
	url: 'webhookUrl',
	actions: 'webhookActions',
	secret: 'webhookSecret',
	owner: 'webhookOwner',
};

/** A context of n8n's that knows which trigger it belongs to. */
interface OwnedContext {
	getInstanceId: () => string;
	getWorkflow: () => { id?: string | undefined };
	getNode: () => { id: string };
}

/**
 * Names a trigger among those of all n8n. Workflows are copied with what they remember, within an n8n and to others, and
 * a copy must know that what it remembers is not about itself.
 */
export function ownerOf(context: OwnedContext): string {
	return [context.getInstanceId(), context.getWorkflow().id ?? '', context.getNode().id].join(' ');
}

/** What n8n's static data of the trigger says of its webhook; undefined unless it is complete. */
export function registrationIn(data: IDataObject): Registration | undefined {
	const id = data[KEYS.id];
	const url = data[KEYS.url];
	const secret = data[KEYS.secret];
	const owner = data[KEYS.owner];
	const actions = data[KEYS.actions];
	if (typeof id !== 'string' || typeof url !== 'string' || typeof owner !== 'string')
		return undefined;
	if (typeof secret !== 'string' || secret === '') return undefined;
	return { id, url, actions: Array.isArray(actions) ? actions.map(String) : [], secret, owner };
}

/** The same, unless it is about the webhook of another trigger. */
export function ownRegistration(
	context: OwnedContext,
	data: IDataObject,
): Registration | undefined {
	const registration = registrationIn(data);
	return registration?.owner === ownerOf(context) ? registration : undefined;
}

/** Writes a registration into n8n's static data of the trigger. */
export function keepRegistration(data: IDataObject, registration: Registration): void {
	const { id, url, actions, secret, owner } = registration;
	data[KEYS.id] = id;
	data[KEYS.url] = url;
	data[KEYS.actions] = actions;
	data[KEYS.secret] = secret;
	data[KEYS.owner] = owner;
}

/** Takes a registration out of n8n's static data of the trigger. */
export function forgetRegistration(data: IDataObject): void {
	for (const key of Object.values(KEYS)) delete data[key];
}

/** Whether two addresses are the same; Motive may list one with a slash at the end. */
export function isSameAddress(one: string, other: string): boolean {
	return withoutSlash(one) === withoutSlash(other);
}

/** Whether a webhook is the one of this address, for these actions and no others. */
export function serves(
	webhook: Pick<Registration, 'url' | 'actions'>,
	{ url, actions }: Pick<Registration, 'url' | 'actions'>,
): boolean {
	const has = new Set(webhook.actions);
	return (
		isSameAddress(webhook.url, url) &&
		has.size === actions.length &&
		actions.every((action) => has.has(action))
	);
}

/** Whether an address leads to this machine or its own network only, so that Motive cannot reach it. */
export function isLocal(url: string): boolean {
	return !URL.canParse(url) || isPrivateHost(new URL(url).hostname);
}

function withoutSlash(address: string): string {
	return (URL.canParse(address) ? new URL(address).href : address).replace(/\/+$/, '');
}

import type { IDataObject } from 'n8n-workflow';

/** What a trigger remembers of its webhook at Motive. */
export interface Registration {
	id: string;
	url: string;
	actions: string[];
	/** With which Motive signs what it sends to the webhook. */
	secret: string;
}

/** The secret in n8n's static data of the trigger, if there is one. */
export function secretIn({ webhookSecret }: IDataObject): string | undefined {
	return typeof webhookSecret === 'string' && webhookSecret !== '' ? webhookSecret : undefined;
}

/** What n8n's static data of the trigger says of its webhook; undefined unless it is complete. */
export function registrationIn(data: IDataObject): Registration | undefined {
	const { webhookId: id, webhookUrl: url, webhookActions } = data;
	const secret = secretIn(data);
	if (typeof id !== 'string' || typeof url !== 'string' || secret === undefined) return undefined;
	const actions = Array.isArray(webhookActions) ? webhookActions.map(String) : [];
	return { id, url, actions, secret };
}

/** Writes a registration into n8n's static data of the trigger. */
export function keepRegistration(
	data: IDataObject,
	{ id, url, actions, secret }: Registration,
): void {
	Object.assign(data, {
		webhookId: id,
		webhookUrl: url,
		webhookActions: actions,
		webhookSecret: secret,
	});
}

/** Takes a registration out of n8n's static data of the trigger. */
export function forgetRegistration(data: IDataObject): void {
	for (const key of ['webhookId', 'webhookUrl', 'webhookActions', 'webhookSecret'])
		delete data[key];
}

/** Whether a webhook is the one of this address, for these actions and no others. */
export function serves(
	webhook: Pick<Registration, 'url' | 'actions'>,
	{ url, actions }: Pick<Registration, 'url' | 'actions'>,
): boolean {
	const has = new Set(webhook.actions);
	return (
		webhook.url === url && has.size === actions.length && actions.every((action) => has.has(action))
	);
}

/** Whether an address leads to this machine only, so that Motive cannot reach it. */
export function isLocal(url: string): boolean {
	const host = URL.canParse(url) ? new URL(url).hostname : '';
	return /^(|localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/.test(host);
}
